using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Nng.Tests.Sp;
using Xunit;

namespace Nng.Tests.Sockets;

/// <summary>Pipes, their events, and the counters.</summary>
public sealed class NngSocketPipesTests : Scenario
{
    [Fact]
    public async Task The_snapshot_and_the_events_speak_of_the_same_pipes()
    {
        var pull = Use(new PullSocket());
        var seen = new ConcurrentQueue<(PipeEvent What, Pipe Pipe)>();
        foreach (PipeEvent what in Enum.GetValues<PipeEvent>())
            pull.OnPipe(what, pipe => seen.Enqueue((what, pipe)));
        var push = new PushSocket();
        push.Dial(pull.Listen(ScratchUrl.TcpPortZero()).Url);
        await Eventually.Completes(pull.WaitForPeersAsync(1));
        Pipe only = Assert.Single(pull.Pipes);
        push.Dispose();
        Eventually.Equal(3, () => seen.Count);
        Assert.Equal([(PipeEvent.AddPre, only), (PipeEvent.AddPost, only), (PipeEvent.RemovePost, only)], seen);
        Eventually.True(() => pull.Pipes.Count == 0, "the snapshot is empty");
    }

    [Fact]
    public void A_pipe_tells_the_reason_of_its_end()
    {
        var pull = Use(new PullSocket(new SocketOptions { ReceiveMaxSize = 10 }));
        using var ends = new BlockingCollection<(NngError Reason, int Id)>();
        pull.OnPipe(PipeEvent.RemovePost, pipe => ends.Add((pipe.CloseReason, pipe.Id)));
        NngError Ends(Action<RawPeer> cause)
        {
            // The event of the one before has been told, but it may not have left the list.
            Eventually.Equal(0, () => pull.Pipes.Count);
            RawPeer peer = Peer(pull, (int)RawProtocol.Push);
            Assert.Equal(NngError.None, pull.Pipes[0].CloseReason);
            cause(peer);
            Assert.True(ends.TryTake(out (NngError Reason, int Id) end, Eventually.DefaultTimeoutMs));
            peer.Dispose();
            return end.Reason;
        }

        Assert.Equal(NngError.ConnectionShutdown, Ends(peer => peer.ShutdownSend()));
        Assert.Equal(NngError.ConnectionReset, Ends(peer => peer.Reset()));
        Assert.Equal(NngError.MessageTooLarge, Ends(peer => peer.SendFrame("'12345678901'")));
        Assert.Equal(NngError.Closed, Ends(_ => pull.Pipes[0].Close()));
        RawPeer stranger = Use(RawPeer.DialAs(UrlOf(pull), (int)RawProtocol.Pull));
        Assert.True(ends.TryTake(out (NngError Reason, int Id) refused, Eventually.DefaultTimeoutMs));
        Assert.Equal(NngError.Protocol, refused.Reason);
        Closed(stranger);
        RawPeer last = Peer(pull, (int)RawProtocol.Push);
        pull.Dispose();
        Assert.True(ends.TryTake(out (NngError Reason, int Id) closed, Eventually.DefaultTimeoutMs));
        Assert.Equal(NngError.Closed, closed.Reason);
        Closed(last);
    }

    [Fact]
    public async Task A_peer_is_refused_in_the_first_event_and_may_come_again()
    {
        var pull = Use(new PullSocket());
        bool refuse = true;
        int refused = 0;
        pull.OnPipe(PipeEvent.AddPre, pipe =>
        {
            if (!Volatile.Read(ref refuse))
                return;
            Interlocked.Increment(ref refused);
            pipe.Close();
        });
        var push = Use(new PushSocket(new SocketOptions { ReconnectTimeMin = TimeSpan.FromMilliseconds(1) }));
        push.DialInBackground(pull.Listen(ScratchUrl.TcpPortZero()).Url);
        Eventually.True(() => Volatile.Read(ref refused) >= 2, "it is refused again and again");
        Volatile.Write(ref refuse, false);
        // A message that a doomed connection had taken would be lost.
        await Eventually.Completes(pull.WaitForPeersAsync(1));
        Send(push, "'1'");
        Assert.Equal("1", Recv(pull));
    }

    [Fact]
    public void Handlers_that_throw_disturb_neither_pipes_nor_messages()
    {
        var pull = Use(new PullSocket());
        var push = Use(new PushSocket());
        int thrown = 0;
        foreach (NngSocket socket in new NngSocket[] { pull, push })
        {
            foreach (PipeEvent what in Enum.GetValues<PipeEvent>())
            {
                socket.OnPipe(what, _ =>
                {
                    Interlocked.Increment(ref thrown);
                    throw new InvalidOperationException("a careless handler");
                });
            }
        }

        Marry(push, pull);
        Send(push, "'1'");
        Assert.Equal("1", Recv(pull));
        push.Dispose();
        pull.Dispose();
        Assert.Equal(6, thrown);
    }

    [Fact]
    public async Task Waiting_for_peers_counts_those_that_are_attached()
    {
        var pull = new PullSocket();
        string url = pull.Listen(ScratchUrl.Inproc()).Url;
        Task two = pull.WaitForPeersAsync(2);
        Use(new PushSocket()).Dial(url);
        await Eventually.Completes(pull.WaitForPeersAsync(1));
        Assert.False(two.IsCompleted);
        Use(new PushSocket()).Dial(url);
        await Eventually.Completes(two);
        using var cancel = new CancellationTokenSource();
        Task three = pull.WaitForPeersAsync(3, cancel.Token);
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Completes(three));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => pull.WaitForPeersAsync(0));
        Task never = pull.WaitForPeersAsync(3);
        pull.Dispose();
        Assert.Equal(NngError.Closed, (await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(never))).Error);
    }

    [Fact]
    public void Traffic_is_counted_in_messages_and_bytes()
    {
        var push = Use(new PushSocket());
        var pull = Use(new PullSocket());
        Marry(push, pull);
        Send(push, "'12'");
        Send(push, "'345'");
        Recv(pull);
        Recv(pull);
        Assert.Equal((2, 5), (push.SentMessages, push.SentBytes));
        Assert.Equal((2, 5), (pull.ReceivedMessages, pull.ReceivedBytes));
        Assert.Equal((0, 0), (push.ReceivedMessages, pull.SentMessages));
    }

    [Fact]
    public void Every_drop_has_its_reason()
    {
        var pub = Use(new PubSocket());
        Send(pub, "'nobody'");
        Assert.Equal(1, pub.DroppedMessages(DropReason.NoSuchPipe));

        var sub = Use(new SubSocket(new SubSocketOptions { ReceiveBuffer = 1 }));
        sub.Subscribe("a");
        Marry(pub, sub);
        foreach (string text in (string[])["'a1'", "'a2'", "'b'"])
            Send(pub, text);
        Assert.Equal(1, sub.DroppedMessages(DropReason.ReceiveQueueFull));
        sub.Unsubscribe("a");
        Assert.Equal(1, sub.DroppedMessages(DropReason.Discarded));
        Assert.Equal(0, Total(pub) - 1);

        var rep = Use(new RepSocket(new SocketOptions { MaxTtl = 1 }));
        RawPeer peer = Peer(rep, (int)RawProtocol.Req);
        peer.SendFrame("00000001 80000001 'too far'");
        Eventually.Equal(1L, () => rep.DroppedMessages(DropReason.TtlExceeded));
        peer.SendFrame("000000");
        Eventually.Equal(1L, () => rep.DroppedMessages(DropReason.Malformed));

        var req = Use(new ReqSocket());
        peer = Peer(req, (int)RawProtocol.Rep);
        peer.SendFrame("80000001 'unasked'");
        Eventually.Equal(1L, () => req.DroppedMessages(DropReason.Unsolicited));

        var bus = Use(new BusSocket(new SocketOptions { SendBuffer = 1 }));
        Peer(bus, (int)RawProtocol.Bus);
        while (bus.DroppedMessages(DropReason.SendQueueFull) == 0)
            bus.Send(new byte[1 << 20]);
        bus.Dispose();
        Assert.True(bus.DroppedMessages(DropReason.Unsent) >= 1);
        Assert.Equal(0, bus.DroppedMessages((DropReason)77));
    }

    [Fact]
    public void Every_message_that_enters_a_bus_is_sent_or_counted()
    {
        const int Count = 200;
        var bus = new BusSocket(new SocketOptions { SendBuffer = 3 });
        var listening = Use(new BusSocket(new SocketOptions { ReceiveBuffer = 2 }));
        Marry(bus, listening);
        var got = new List<string>();
        for (int i = 0; i < Count; i++)
        {
            Send(bus, $"'{i}'");
            if (i % 7 == 0 && Got(listening) is { } text)
                got.Add(text);
        }

        bus.Dispose();
        while (Got(listening) is { } text)
            got.Add(text);
        Assert.Equal(Count, got.Count + Total(bus) + Total(listening));
    }

    private static long Total(NngSocket socket)
    {
        long total = 0;
        foreach (DropReason reason in Enum.GetValues<DropReason>())
            total += socket.DroppedMessages(reason);
        return total;
    }
}
