using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>What a channel of every engine must do, whatever is beneath it.</summary>
public abstract class ChannelContract
{
    internal abstract IoEngine Engine { get; }

    [Fact]
    public void Nothing_there_is_to_be_waited_for_and_bytes_make_the_call()
    {
        using var pair = new ChannelPair(Engine);
        int before = pair.WaitReadable();
        Eventually.Stays(() => pair.Readable == before, "no call without bytes");
        pair.Peer.Send("hi"u8);
        Eventually.Equal(before + 1, () => pair.Readable);
        Assert.Equal(IoResult.Moved(2), pair.Receive());
    }

    [Fact]
    public void Bytes_are_received_in_parts_and_in_order()
    {
        using var pair = new ChannelPair(Engine);
        pair.Peer.Send(new byte[10]);
        Assert.Equal(4, pair.ReceiveWaiting(4).Count);
        Assert.Equal(4, pair.ReceiveWaiting(4).Count);
        Assert.Equal(2, pair.ReceiveWaiting(4).Count);
        Assert.Equal(NngError.TryAgain, pair.Receive(4).Error);
    }

    [Fact]
    public void Many_small_arrivals_each_make_their_call()
    {
        using var pair = new ChannelPair(Engine);
        for (int i = 0; i < 2000; i++)
        {
            pair.Peer.Send([(byte)i]);
            Assert.Equal(1, pair.ReceiveWaiting().Count);
        }
    }

    [Fact]
    public void A_writer_against_a_reader_moves_every_byte()
    {
        using var pair = new ChannelPair(Engine);
        const int total = 5_000_000;
        var sender = new Thread(() =>
        {
            var random = new Random(3);
            for (int sent = 0; sent < total;)
                sent += pair.Peer.Send(new byte[Math.Min(random.Next(1, 20_000), total - sent)]);
        });
        sender.Start();
        long received = 0;
        while (received < total)
            received += pair.ReceiveWaiting(8192).Count;
        sender.Join();
        Assert.Equal(total, received);
    }

    [Fact]
    public void Fin_behind_data_is_seen_without_another_byte()
    {
        using var pair = new ChannelPair(Engine);
        pair.WaitReadable();
        pair.Peer.Send("hi"u8);
        pair.Peer.Shutdown(SocketShutdown.Send);
        Assert.Equal(IoResult.Moved(2), pair.ReceiveWaiting());
        Assert.Equal(IoResult.Moved(0), pair.ReceiveWaiting());
        Assert.Equal(IoResult.Moved(0), pair.ReceiveWaiting());
    }

    [Fact]
    public void Fin_at_any_moment_around_a_short_receive_is_seen()
    {
        const int seed = 99;
        var random = new Random(seed);
        for (int i = 0; i < 150; i++)
        {
            using var pair = new ChannelPair(Engine);
            int spin = random.Next(0, 3000);
            pair.Peer.Send("hi"u8);
            var closing = new Thread(() =>
            {
                Thread.SpinWait(spin);
                pair.Peer.Shutdown(SocketShutdown.Send);
            });
            closing.Start();
            Assert.Equal(IoResult.Moved(2), pair.ReceiveWaiting());
            Assert.Equal(IoResult.Moved(0), pair.ReceiveWaiting());
            closing.Join();
        }
    }

    [Fact]
    public void Half_close_leaves_the_other_direction_open()
    {
        using var pair = new ChannelPair(Engine);
        pair.Peer.Shutdown(SocketShutdown.Send);
        Assert.Equal(IoResult.Moved(0), pair.ReceiveWaiting());
        Assert.Equal(IoResult.Moved(5), pair.Send(5));
        Assert.Equal(5, pair.Peer.Receive(new byte[10]));
    }

    [Fact]
    public void A_reset_is_an_error_and_not_an_end()
    {
        using var pair = new ChannelPair(Engine);
        pair.WaitReadable();
        pair.Peer.LingerState = new LingerOption(true, 0);
        pair.Peer.Close();
        Assert.Equal(NngError.ConnectionReset, pair.ReceiveWaiting().Error);
    }

    [Fact]
    public void A_full_system_is_to_be_waited_for_and_room_makes_the_call()
    {
        using var pair = new ChannelPair(Engine);
        pair.Fill();
        Assert.True(pair.Channel.WaitWritable());
        Assert.Equal(0, pair.Writable);
        Drain(pair.Peer);
        Eventually.Equal(1, () => pair.Writable);
        Assert.Equal(NngError.None, pair.Send(1 << 20).Error);
    }

    [Fact]
    public void Gather_lists_go_out_in_order()
    {
        using var pair = new ChannelPair(Engine);
        byte[] bytes = GC.AllocateArray<byte>(10, pinned: true);
        "0123456789"u8.CopyTo(bytes);
        IoResult result = pair.Channel.TrySend(
            [new IoSegment(bytes, 3, 2), new IoSegment(bytes, 0, 1), new IoSegment(bytes, 9, 1)]);
        Assert.Equal(IoResult.Moved(4), result);
        byte[] got = new byte[4];
        pair.Peer.Receive(got);
        Assert.Equal("3409"u8, got);
    }

    [Fact]
    public void Longest_gather_list_is_taken()
    {
        using var pair = new ChannelPair(Engine);
        byte[] bytes = GC.AllocateArray<byte>(IoChannel.MaxSegments, pinned: true);
        var segments = new IoSegment[IoChannel.MaxSegments];
        for (int i = 0; i < segments.Length; i++)
            segments[i] = new IoSegment(bytes, i, 1);
        Assert.Equal(IoResult.Moved(IoChannel.MaxSegments), pair.Channel.TrySend(segments));
    }

    [Fact]
    public void A_flush_is_run_once_for_each_request_and_never_by_the_caller()
    {
        using var pair = new ChannelPair(Engine);
        for (int i = 1; i <= 100; i++)
        {
            pair.Channel.RequestFlush();
            int expected = i;
            Eventually.Equal(expected, () => pair.Flushed);
        }
    }

    [Fact]
    public void After_close_transfers_are_closed_and_the_peer_sees_the_end()
    {
        using var pair = new ChannelPair(Engine);
        pair.Channel.Close();
        pair.Channel.Close();
        Assert.Equal(NngError.Closed, pair.Receive().Error);
        Assert.Equal(NngError.Closed, pair.Send(1).Error);
        Assert.Equal(0, pair.Peer.Receive(new byte[1]));
    }

    [Fact]
    public void Close_calls_whoever_waits_once_more()
    {
        using var pair = new ChannelPair(Engine);
        pair.Fill();
        Assert.True(pair.Channel.WaitWritable());
        int before = pair.WaitReadable();
        pair.Channel.Close();
        Eventually.Equal((before + 1, 1), () => (pair.Readable, pair.Writable));
        Assert.Equal(NngError.Closed, pair.Receive().Error);
        Assert.Equal(NngError.Closed, pair.Send(1).Error);
        Assert.Equal(NngError.Closed, pair.Receive().Error);
    }

    [Fact]
    public void Close_against_transfers_on_other_threads_touches_nobody_elses_socket()
    {
        for (int i = 0; i < 100; i++)
        {
            using var pair = new ChannelPair(Engine);
            using var start = new Barrier(3);
            NngError sent = NngError.None;
            NngError received = NngError.None;
            var sender = new Thread(() =>
            {
                start.SignalAndWait();
                while (sent is NngError.None or NngError.TryAgain)
                    sent = pair.Send(100).Error;
            });
            var receiver = new Thread(() =>
            {
                start.SignalAndWait();
                while (received is NngError.None or NngError.TryAgain)
                {
                    IoResult result = pair.ReceiveWaiting();
                    received = result is { Error: NngError.None, Count: 0 } ? NngError.ConnectionShutdown : result.Error;
                }
            });
            sender.Start();
            receiver.Start();
            start.SignalAndWait();
            pair.Channel.Close();
            sender.Join();
            receiver.Join();
            Assert.Contains(sent, (NngError[])[NngError.Closed, NngError.ConnectionReset]);
            Assert.Contains(received, (NngError[])[NngError.Closed, NngError.ConnectionShutdown, NngError.ConnectionReset]);
        }
    }

    [Fact]
    public void A_connect_is_reported_as_writable_and_its_result_can_be_asked()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        Assert.Equal(NngError.None, Connect(listener.LocalEndPoint!));
        listener.Dispose();
        Assert.Equal(NngError.ConnectionRefused, Connect(new IPEndPoint(IPAddress.Loopback, ScratchUrl.FreePort())));
    }

    private NngError Connect(EndPoint remote)
    {
        IoChannel channel = Engine.CreateChannel(
            new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp), connected: false);
        var waiter = new Waiter();
        channel.Handler = waiter;
        NngError error = channel.Connect(remote);
        if (error == NngError.TryAgain)
        {
            Assert.True(waiter.Writable.Wait(10_000));
            error = channel.FinishConnect();
        }

        channel.Close();
        return error;
    }

    private static void Drain(Socket peer)
    {
        byte[] buffer = new byte[1 << 16];
        while (peer.Poll(100_000, SelectMode.SelectRead) && peer.Receive(buffer) > 0)
        {
        }
    }

    private sealed class Waiter : IIoHandler
    {
        public ManualResetEventSlim Writable { get; } = new();

        public void OnReadable()
        {
        }

        public void OnWritable() => Writable.Set();

        public void OnFlush()
        {
        }
    }
}
