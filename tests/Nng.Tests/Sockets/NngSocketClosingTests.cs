using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Nng.Tests.Sp;
using Xunit;

namespace Nng.Tests.Sockets;

/// <summary>Draining, closing, and closing from the oddest places.</summary>
public sealed class NngSocketClosingTests : Scenario
{
    private static readonly TimeSpan s_long = TimeSpan.FromMilliseconds(Eventually.DefaultTimeoutMs);

    [Theory]
    [InlineData("inproc")]
    [InlineData("tcp")]
    [InlineData("ipc")]
    public async Task What_was_accepted_arrives_before_the_close(string scheme)
    {
        const int Count = 2000;
        var push = new PushSocket();
        var pull = Use(new PullSocket());
        push.Dial(pull.Listen(ScratchUrl.For(scheme)).Url);
        Task<int> receiving = Task.Run(async () =>
        {
            int got = 0;
            for (; got < Count; got++)
                (await pull.ReceiveAsync()).Dispose();
            return got;
        });
        for (int i = 0; i < Count; i++)
            await push.SendAsync(new byte[100]);
        CloseResult end = await Eventually.Completes(push.CloseAsync(s_long));
        Assert.Equal(new CloseResult(0, true), end);
        Assert.Equal(Count, await Eventually.Completes(receiving));
    }

    [Theory]
    [InlineData("tcp", 100)]
    [InlineData("tcp", 20_000)]
    [InlineData("ipc", 1000)]
    [InlineData("ipc", 100_000)]
    public async Task What_a_peer_did_not_take_is_reported_to_the_message(string scheme, int length)
    {
        var push = new PushSocket(new SocketOptions { SendBuffer = 3 });
        using RawPeer peer = RawPeer.DialAs(push.Listen(ScratchUrl.For(scheme)).Url, (int)RawProtocol.Pull);
        await push.WaitForPeersAsync(1);
        int accepted = 0;
        do
        {
            // What is full now may have room when the loop has flushed.
            while (push.TrySend(new byte[length]))
                accepted++;
        }
        while (Eventually.Holds(() => push.SendReadiness.IsSet, timeoutMs: 50));
        CloseResult end = await Eventually.Completes(push.CloseAsync(TimeSpan.Zero));
        int whole = WholeFrames(peer);
        Assert.True(whole > 0);
        Assert.False(end.Drained);
        Assert.Equal(accepted, whole + end.UnsentMessages);
        Assert.Equal(end.UnsentMessages, push.DroppedMessages(DropReason.Unsent));
    }

    [Fact]
    public async Task Buffered_messages_without_a_peer_are_reported()
    {
        var push = new PushSocket(new SocketOptions { SendBuffer = 4 });
        push.Send("1"u8);
        push.Send("2"u8);
        Assert.Equal(2, push.UnsentMessages);
        Assert.Equal(new CloseResult(2, false), await Eventually.Completes(push.CloseAsync(TimeSpan.FromMilliseconds(1))));
        Assert.Equal(new CloseResult(0, true), await Eventually.Completes(push.CloseAsync(s_long)));
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = push.CloseAsync(TimeSpan.FromSeconds(-3)); });
    }

    [Fact]
    public async Task A_socket_that_drains_takes_nothing_more_and_still_receives()
    {
        var pair = new Pair0Socket(new SocketOptions { SendBuffer = 1 });
        var peer = Use(new Pair0Socket());
        pair.Send("1"u8);
        Task<CloseResult> closing = pair.CloseAsync(Timeout.InfiniteTimeSpan);
        Assert.False(closing.IsCompleted);
        Message refused = Msg("'2'");
        Assert.Equal(NngError.Closed, Assert.Throws<NngException>(() => pair.TrySend(refused)).Error);
        Assert.Equal(NngError.Closed, Outcome(SendAio(pair.Channel, refused)));
        Assert.Null(Got(pair));
        Task<Message> receiving = pair.ReceiveAsync().AsTask();
        Assert.False(receiving.IsCompleted);
        peer.Listen(ScratchUrl.Inproc());
        pair.Dial(peer.Listen(ScratchUrl.Inproc()).Url);
        Assert.Equal(new CloseResult(0, true), await Eventually.Completes(closing));
        Assert.Equal("1", Recv(peer));
        await Assert.ThrowsAsync<NngException>(() => receiving);
        Assert.Equal("2", Text(refused));
    }

    [Fact]
    public async Task Sends_that_wait_were_not_accepted_and_end_with_their_message()
    {
        var push = new PushSocket();
        Message message = Msg("'1'");
        Task sending = push.SendAsync(message).AsTask();
        Assert.Equal(new CloseResult(0, true), await Eventually.Completes(push.CloseAsync(s_long)));
        Assert.Equal(NngError.Closed, (await Assert.ThrowsAsync<NngException>(() => sending)).Error);
        Assert.Equal("1", Text(message));
    }

    [Fact]
    public async Task A_request_that_lost_its_peer_is_unsent_only_if_nobody_gets_it()
    {
        var req = new ReqSocket();
        RawPeer first = Peer(req, (int)RawProtocol.Rep);
        Send(req, "'q'");
        first.ReadFrame();
        first.Dispose();
        Eventually.Equal(1, () => req.UnsentMessages);
        Eventually.Equal(0, () => req.Inner.AttachedCount);
        RawPeer second = Peer(req, (int)RawProtocol.Rep);
        second.ReadFrame();
        await Eventually.Completes(req.FlushAsync());
        second.Dispose();
        Eventually.Equal(1, () => req.UnsentMessages);
        Assert.Equal(new CloseResult(1, false), await Eventually.Completes(req.CloseAsync(TimeSpan.Zero)));
    }

    [Fact]
    public async Task A_request_that_waits_for_its_reply_was_sent()
    {
        var req = new ReqSocket();
        RawPeer[] peers = [Peer(req, (int)RawProtocol.Rep), Peer(req, (int)RawProtocol.Rep)];
        Send(req, "'q'");
        peers[0].ReadFrame();
        Assert.Equal(new CloseResult(0, true), await Eventually.Completes(req.CloseAsync(s_long)));
    }

    [Fact]
    public async Task A_request_on_its_way_to_a_peer_that_reads_nothing_is_unsent_once()
    {
        var req = new ReqSocket();
        Peer(req, (int)RawProtocol.Rep);
        Peer(req, (int)RawProtocol.Rep);
        await req.SendAsync(new byte[64 << 20]);
        Assert.Equal(new CloseResult(1, false), await Eventually.Completes(req.CloseAsync(TimeSpan.Zero)));
    }

    [Fact]
    public async Task Copies_for_several_peers_count_each()
    {
        var pub = new PubSocket();
        RawPeer[] peers = [Peer(pub, (int)RawProtocol.Sub), Peer(pub, (int)RawProtocol.Sub)];
        // Two messages of 16 MiB are more than the system takes from us for a peer that does not read.
        for (int i = 0; i < 3; i++)
            await pub.SendAsync(new byte[16 << 20]);
        CloseResult end = await Eventually.Completes(pub.CloseAsync(TimeSpan.Zero));
        Assert.Equal(6, end.UnsentMessages + WholeFrames(peers[0]) + WholeFrames(peers[1]));
        Assert.True(end.UnsentMessages >= 4);
    }

    [Fact]
    public async Task A_flush_ends_when_the_last_message_is_out()
    {
        var push = Use(new PushSocket(new SocketOptions { SendBuffer = 2 }));
        var pull = Use(new PullSocket());
        await Eventually.Completes(push.FlushAsync());
        push.Send("1"u8);
        push.Send("2"u8);
        Task flushing = push.FlushAsync();
        Assert.False(flushing.IsCompleted);
        using var cancel = new CancellationTokenSource();
        Task given = push.FlushAsync(cancel.Token);
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Completes(given));
        Marry(push, pull);
        Assert.Equal("1", Recv(pull));
        Assert.Equal("2", Recv(pull));
        await Eventually.Completes(flushing);
        Assert.Equal(0, push.UnsentMessages);
    }

    [Fact]
    public async Task A_flush_that_the_close_overtakes_does_not_claim_success()
    {
        var push = new PushSocket(new SocketOptions { SendBuffer = 1 });
        push.Send("1"u8);
        Task flushing = push.FlushAsync();
        push.Dispose();
        NngException failure = await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(flushing));
        Assert.Equal(NngError.Closed, failure.Error);
        Assert.Equal(NngError.Closed, (await Assert.ThrowsAsync<NngException>(() => push.FlushAsync())).Error);
        Assert.Equal(1, push.DroppedMessages(DropReason.Unsent));
    }

    [Theory]
    [InlineData(PipeEvent.AddPre)]
    [InlineData(PipeEvent.AddPost)]
    [InlineData(PipeEvent.RemovePost)]
    public async Task Every_close_returns_from_within_every_event(PipeEvent what)
    {
        foreach (Action<NngSocket> close in Closes())
        {
            var pair = new Pair0Socket();
            var peer = Use(new Pair0Socket());
            var done = new TaskCompletionSource();
            pair.OnPipe(what, _ =>
            {
                close(pair);
                done.TrySetResult();
            });
            peer.DialInBackground(pair.Listen(ScratchUrl.Inproc()).Url);
            if (what == PipeEvent.RemovePost)
            {
                await peer.WaitForPeersAsync(1);
                peer.Dispose();
            }

            await Eventually.Completes(done.Task);
            await Eventually.Completes(pair.DisposeAsync().AsTask());
        }
    }

    [Fact]
    public async Task Every_close_returns_from_within_the_callback_of_an_aio()
    {
        foreach (Action<NngSocket> close in Closes())
        {
            var pull = new PullSocket();
            var push = Use(new PushSocket());
            Marry(pull, push);
            var done = new TaskCompletionSource();
            using var aio = new Aio(_ =>
            {
                close(pull);
                done.SetResult();
            });
            pull.Receive(aio);
            push.Send("1"u8);
            await Eventually.Completes(done.Task);
        }
    }

    [Fact]
    public async Task Closing_from_the_continuation_of_a_receive_and_from_a_readiness_returns()
    {
        var pull = new PullSocket();
        var push = Use(new PushSocket());
        Marry(pull, push);
        Task receiving = Task.Run(async () =>
        {
            (await pull.ReceiveAsync()).Dispose();
            pull.Dispose();
        });
        push.Send("1"u8);
        await Eventually.Completes(receiving);

        var other = new PullSocket();
        var second = Use(new PushSocket());
        var told = new TaskCompletionSource();
        Marry(other, second);
        other.ReceiveReadiness.Changed += _ =>
        {
            other.Dispose();
            told.TrySetResult();
        };
        second.Send("1"u8);
        await Eventually.Completes(told.Task);
    }

    [Fact]
    public async Task Closing_from_a_readiness_that_the_first_peer_sets_returns()
    {
        var push = new PushSocket();
        var pull = Use(new PullSocket());
        var told = new TaskCompletionSource();
        // The handler runs while the pipe is being attached, which cannot end before the handler.
        push.SendReadiness.Changed += _ =>
        {
            push.Dispose();
            told.TrySetResult();
        };
        push.DialInBackground(pull.Listen(ScratchUrl.Inproc()).Url);
        await Eventually.Completes(told.Task);
        await Eventually.Completes(push.DisposeAsync().AsTask());
        Assert.Empty(push.Pipes);
    }

    [Fact]
    public async Task Closers_on_many_threads_all_return()
    {
        for (int round = 0; round < 20; round++)
        {
            var push = new PushSocket(new SocketOptions { SendBuffer = 8 });
            var pull = Use(new PullSocket());
            Marry(push, pull);
            var ends = new List<Task>();
            for (int i = 0; i < 8; i++)
            {
                int kind = i % 4;
                ends.Add(Task.Run(() => Closes()[kind](push)));
                ends.Add(Task.Run(() => push.Channel.TrySend(Msg("'x'"))));
            }

            foreach (Task end in ends)
                await Eventually.Completes(end);
            Assert.Empty(push.Pipes);
        }
    }

    /// <summary>The ways to close a socket, all as blocking calls.</summary>
    private static Action<NngSocket>[] Closes() =>
    [
        socket => socket.Dispose(),
        socket => socket.DisposeAsync().AsTask().GetAwaiter().GetResult(),
        socket => socket.CloseAsync(TimeSpan.Zero).GetAwaiter().GetResult(),
        socket => socket.CloseAsync(s_long).GetAwaiter().GetResult(),
    ];

    /// <summary>Reads to the end of the connection and counts what came whole.</summary>
    private static int WholeFrames(RawPeer peer)
    {
        var bytes = new byte[1 << 20];
        int head = peer.Framing == RawFraming.Ipc ? 9 : 8;
        var received = new System.IO.MemoryStream();
        peer.Socket.ReceiveTimeout = Eventually.DefaultTimeoutMs;
        for (int n; (n = peer.Socket.Receive(bytes)) > 0;)
            received.Write(bytes, 0, n);
        ReadOnlySpan<byte> rest = received.GetBuffer().AsSpan(0, (int)received.Length);
        int whole = 0;
        while (rest.Length >= head)
        {
            long frame = head + BinaryPrimitives.ReadInt64BigEndian(rest[(head - 8)..]);
            if (rest.Length < frame)
                break;
            rest = rest[(int)frame..];
            whole++;
        }

        return whole;
    }
}
