using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text;
using System.Threading;
using Nng.Sp.Protocols;
using Nng.TestKit;
using Nng.Tests.Sp.Mocks;
using Xunit;

namespace Nng.Tests.Sp.Protocols.Req;

/// <summary>Scenarios S116 to S147: req0.</summary>
public sealed class ReqProtocolTests : Scenario
{
    private static (uint Id, string Body) ReadRequest(RawPeer peer)
    {
        byte[] frame = peer.ReadFrame();
        return (System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(frame), Encoding.ASCII.GetString(frame, 4, frame.Length - 4));
    }

    private static void Answer(RawPeer peer, uint id, string body) => peer.SendFrame($"{id:x8} '{body}'");

    private (ReqSocket Req, RawPeer Peer) Opened(TimeSpan? resend = null, TimeSpan? tick = null)
    {
        var req = Use(new ReqSocket(new ReqSocketOptions { ResendTime = resend, ResendTick = tick, ReconnectTimeMin = TimeSpan.FromMilliseconds(10) }));
        return (req, Peer(req, 0x31));
    }

    private static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);

    [Fact]
    public void S116_Ids_have_the_high_bit_and_ascend()
    {
        (ReqSocket req, RawPeer peer) = Opened();
        Send(req, "'a'");
        (uint first, string a) = ReadRequest(peer);
        Send(req, "'b'");
        (uint second, string b) = ReadRequest(peer);
        Assert.Equal(("a", "b"), (a, b));
        Assert.True(first >= 0x80000000);
        Assert.Equal((first + 1) | 0x80000000, second);
    }

    [Fact]
    public void S117_The_reply_comes_without_header_and_with_its_pipe()
    {
        (ReqSocket req, RawPeer peer) = Opened();
        Send(req, "'q'");
        Answer(peer, ReadRequest(peer).Id, "r");
        using Message reply = req.Receive(TimeSpan.FromSeconds(10));
        Assert.Equal(("72", 0, req.Pipes[0].Id), (Hex(reply.Body), reply.HeaderLength, reply.PipeId));
    }

    [Fact]
    public void S118_S119_Replies_to_nothing_are_ignored()
    {
        (ReqSocket req, RawPeer peer) = Opened();
        Send(req, "'q'");
        uint id = ReadRequest(peer).Id;
        Answer(peer, id ^ 1, "no");
        peer.SendFrame($"00000001 {id:x8} 'no'");
        Answer(peer, id, "yes");
        Assert.Equal("yes", Recv(req));
        Assert.Equal(2, req.DroppedMessages(DropReason.Unsolicited));
        Assert.Equal(1, req.Inner.AttachedCount);
    }

    [Fact]
    public void S120_A_malformed_reply_closes_the_pipe_and_the_request_comes_again()
    {
        using RawPeerListener listener = RawPeerListener.Tcp();
        var req = Use(new ReqSocket(new ReqSocketOptions { ResendTick = TimeSpan.FromMinutes(1), ReconnectTimeMin = Ms(10) }));
        req.DialInBackground(listener.Url);
        RawPeer first = Use(listener.AcceptAs(0x31));
        Send(req, "'q'");
        (uint id, _) = ReadRequest(first);
        first.SendHex("0000000000000003 010203");
        first.DrainUntilClosed();
        RawPeer second = Use(listener.AcceptAs(0x31));
        Assert.Equal((id, "q"), ReadRequest(second));
    }

    [Fact]
    public void S121_One_request_has_one_reply()
    {
        (ReqSocket req, RawPeer peer) = Opened();
        Send(req, "'q'");
        uint id = ReadRequest(peer).Id;
        Answer(peer, id, "r");
        Answer(peer, id, "r");
        Assert.Equal("r", Recv(req));
        Eventually.Equal(1L, () => req.DroppedMessages(DropReason.Unsolicited));
        Assert.Equal(NngError.IncorrectState, PollReceive(req));
    }

    [Fact]
    public void S122_Receiving_needs_a_request_and_happens_once()
    {
        (ReqSocket req, RawPeer peer) = Opened();
        Assert.Equal(NngError.IncorrectState, PollReceive(req));
        Send(req, "'q'");
        Aio first = ReceiveAio(req.Channel);
        Assert.Equal(NngError.IncorrectState, Outcome(ReceiveAio(req.Channel)));
        Answer(peer, ReadRequest(peer).Id, "r");
        Assert.Equal(NngError.None, Outcome(first));
    }

    [Fact]
    public void S123_A_poll_leaves_the_request_alone()
    {
        (ReqSocket req, RawPeer peer) = Opened();
        Send(req, "'q'");
        Assert.Equal(NngError.TryAgain, PollReceive(req));
        Answer(peer, ReadRequest(peer).Id, "r");
        Assert.Equal("r", Recv(req));
    }

    [Fact]
    public void S124_A_receive_that_times_out_abandons_the_request()
    {
        (ReqSocket req, RawPeer peer) = Opened();
        Send(req, "'q'");
        uint id = ReadRequest(peer).Id;
        Assert.Equal(NngError.TimedOut, Outcome(ReceiveAio(req.Channel, timeoutMs: 50)));
        Answer(peer, id, "late");
        Eventually.Equal(1L, () => req.DroppedMessages(DropReason.Unsolicited));
        Assert.Equal(NngError.IncorrectState, PollReceive(req));
    }

    [Fact]
    public void S125_S126_A_new_request_cancels_the_old()
    {
        (ReqSocket req, RawPeer peer) = Opened();
        Send(req, "'1'");
        uint first = ReadRequest(peer).Id;
        Aio receive = ReceiveAio(req.Channel);
        Send(req, "'2'");
        uint second = ReadRequest(peer).Id;
        Assert.Equal(NngError.Canceled, Outcome(receive));
        Answer(peer, first, "old");
        Answer(peer, second, "new");
        Assert.Equal("new", Recv(req));
        Assert.Equal(1, req.DroppedMessages(DropReason.Unsolicited));
        Send(req, "'unread'");
        Answer(peer, ReadRequest(peer).Id, "unread");
        Eventually.True(() => req.ReceiveReadiness.IsSet);
        Send(req, "'3'");
        Assert.Equal(NngError.TryAgain, PollReceive(req));
        Assert.False(req.ReceiveReadiness.IsSet);
    }

    [Fact]
    public void S127_Without_a_peer_a_send_waits()
    {
        var req = Use(new ReqSocket());
        Assert.Equal(NngError.TryAgain, Poll(req, "'q'"));
        using Message polled = Msg("'q'");
        Assert.Equal(NngError.TryAgain, req.Channel.TrySend(polled));
        Assert.Equal(0, polled.HeaderLength);
        Aio send = SendAio(req.Channel, Msg("'q'"), timeoutMs: 50);
        Assert.Equal(NngError.TimedOut, Outcome(send));
        Assert.Equal(0, send.Message!.HeaderLength);
        Assert.Equal(NngError.IncorrectState, PollReceive(req));
    }

    [Fact]
    public void S128_Attaching_sends_at_once()
    {
        var req = Use(new ReqSocket(new ReqSocketOptions { ResendTick = TimeSpan.FromMinutes(1) }));
        Aio send = SendAio(req.Channel, Msg("'q'"));
        RawPeer peer = Peer(req, 0x31);
        Assert.Equal("q", ReadRequest(peer).Body);
        Assert.Equal(NngError.None, Outcome(send));
    }

    [Fact]
    public void S129_A_receive_that_fails_takes_the_waiting_send_with_it()
    {
        var req = Use(new ReqSocket());
        Aio send = SendAio(req.Channel, Msg("'q'"));
        Assert.Equal(NngError.TimedOut, Outcome(ReceiveAio(req.Channel, timeoutMs: 50)));
        Assert.Equal(NngError.Canceled, Outcome(send));
        Assert.Equal("q", Text(send.Message!));
    }

    [Fact]
    public void S130_A_send_that_fails_takes_the_waiting_receive_with_it()
    {
        var req = Use(new ReqSocket());
        Aio send = SendAio(req.Channel, Msg("'q'"), timeoutMs: 50);
        Aio receive = ReceiveAio(req.Channel);
        Assert.Equal(NngError.TimedOut, Outcome(send));
        Assert.Equal(NngError.Canceled, Outcome(receive));
    }

    [Fact]
    public void S131_An_unanswered_request_comes_again_every_resend_time()
    {
        (ReqSocket req, RawPeer peer) = Opened(Ms(200), Ms(20));
        var clock = Stopwatch.StartNew();
        Send(req, "'q'");
        (uint id, _) = ReadRequest(peer);
        for (int copy = 1; copy <= 3; copy++)
        {
            Assert.Equal((id, "q"), ReadRequest(peer));
            Assert.True(clock.ElapsedMilliseconds >= 200 * copy - 5, $"copy {copy} came after {clock.ElapsedMilliseconds} ms");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void S132_Without_resending_there_is_one_copy(int resendMs)
    {
        (ReqSocket req, RawPeer peer) = Opened(Ms(resendMs), Ms(10));
        Send(req, "'q'");
        ReadRequest(peer);
        peer.ExpectNothing(200);
    }

    [Fact]
    public void S133_S140_A_lost_request_goes_to_another_replier()
    {
        (ReqSocket req, RawPeer first) = Opened(TimeSpan.FromMinutes(1));
        RawPeer second = Peer(req, 0x31);
        Send(req, "'q'");
        (uint id, _) = ReadRequest(first);
        first.Dispose();
        Assert.Equal((id, "q"), ReadRequest(second));
        Answer(second, id, "r");
        Assert.Equal("r", Recv(req));
    }

    [Fact]
    public void S134_A_lost_request_comes_again_when_its_replier_comes_back()
    {
        (ReqSocket req, RawPeer peer) = Opened(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        Send(req, "'q'");
        (uint id, _) = ReadRequest(peer);
        peer.Dispose();
        Eventually.Equal(0, () => req.Inner.AttachedCount);
        RawPeer back = Peer(req, 0x31);
        Assert.Equal((id, "q"), ReadRequest(back));
        Answer(back, id, "r");
        Assert.Equal("r", Recv(req));
    }

    [Fact]
    public void S135_S136_Without_resending_a_lost_request_is_reported()
    {
        (ReqSocket req, RawPeer peer) = Opened(TimeSpan.Zero);
        Send(req, "'1'");
        Aio receive = ReceiveAio(req.Channel);
        peer.Dispose();
        Assert.Equal(NngError.ConnectionReset, Outcome(receive));
        Assert.Equal(NngError.IncorrectState, PollReceive(req));
        Eventually.Equal(0, () => req.Inner.AttachedCount);
        RawPeer next = Peer(req, 0x31);
        Send(req, "'2'");
        ReadRequest(next);
        next.Dispose();
        Eventually.Equal(0, () => req.Inner.AttachedCount);
        Assert.Equal(NngError.ConnectionReset, PollReceive(req));
        Assert.Equal(NngError.IncorrectState, PollReceive(req));
        RawPeer last = Peer(req, 0x31);
        Send(req, "'3'");
        Answer(last, ReadRequest(last).Id, "r");
        Assert.Equal("r", Recv(req));
    }

    [Fact]
    public void S138_An_answered_request_does_not_miss_its_pipe()
    {
        (ReqSocket req, RawPeer peer) = Opened(TimeSpan.Zero);
        Send(req, "'q'");
        Answer(peer, ReadRequest(peer).Id, "r");
        Assert.Equal("r", Recv(req));
        peer.Dispose();
        Eventually.Equal(0, () => req.Inner.AttachedCount);
        Assert.Equal(NngError.IncorrectState, PollReceive(req));
    }

    [Fact]
    public void S137_A_reply_outlives_its_pipe()
    {
        (ReqSocket req, RawPeer peer) = Opened(TimeSpan.Zero);
        Send(req, "'q'");
        Answer(peer, ReadRequest(peer).Id, "r");
        Eventually.True(() => req.ReceiveReadiness.IsSet);
        peer.Dispose();
        Eventually.Equal(0, () => req.Inner.AttachedCount);
        Assert.Equal("r", Recv(req));
        Assert.Equal(NngError.IncorrectState, PollReceive(req));
    }

    [Fact]
    public void S139_A_resent_request_may_go_elsewhere_and_the_first_reply_wins()
    {
        (ReqSocket req, RawPeer first) = Opened(Ms(100), Ms(10));
        RawPeer second = Peer(req, 0x31);
        Send(req, "'q'");
        (uint id, _) = ReadRequest(first);
        Assert.Equal(id, ReadRequest(second).Id);
        Answer(second, id, "r2");
        Assert.Equal("r2", Recv(req));
        Answer(first, id, "r1");
        Eventually.Equal(1L, () => req.DroppedMessages(DropReason.Unsolicited));
    }

    [Fact]
    public void S140_Repliers_take_turns()
    {
        (ReqSocket req, RawPeer first) = Opened();
        RawPeer second = Peer(req, 0x31);
        foreach (RawPeer peer in (RawPeer[])[first, second, first, second])
        {
            Send(req, "'q'");
            Answer(peer, ReadRequest(peer).Id, "r");
            Assert.Equal("r", Recv(req));
        }
    }

    [Fact]
    public void S141_Contexts_get_their_own_replies()
    {
        (ReqSocket req, RawPeer peer) = Opened();
        NngContext[] contexts = [.. Enumerable.Range(0, 5).Select(_ => Use(req.OpenContext()))];
        var ids = new Stack<(uint Id, string Body)>();
        for (int i = 0; i < contexts.Length; i++)
        {
            Send(contexts[i], $"'{i}'");
            ids.Push(ReadRequest(peer));
        }

        foreach ((uint id, string body) in ids)
            Answer(peer, id, "re" + body);
        for (int i = 0; i < contexts.Length; i++)
            Assert.Equal($"re{i}", Recv(contexts[i]));
    }

    [Fact]
    public void S142_S145_S146_Requests_wait_for_an_idle_pipe_in_order()
    {
        var req = Use(new ReqSocket(new ReqSocketOptions { SendBuffer = 16 }));
        var rep = Use(new RepSocket());
        Assert.False(req.SendReadiness.IsSet);
        Marry(req, rep);
        Assert.True(req.SendReadiness.IsSet);
        NngContext[] contexts = [.. Enumerable.Range(0, 5).Select(_ => Use(req.OpenContext()))];
        Assert.Equal((NngError.None, NngError.None), (Poll(contexts[0], "'0'"), Poll(contexts[1], "'1'")));
        Assert.False(req.SendReadiness.IsSet);
        Assert.All(contexts[2..], context => Assert.Equal(NngError.TryAgain, Poll(context, "'n'")));
        Aio[] sends = [.. contexts[2..].Select((c, i) => SendAio(c.Channel, Msg($"'{i + 2}'")))];
        Assert.All(sends, send => Assert.True(send.IsBusy));
        for (int i = 0; i < contexts.Length; i++)
        {
            Assert.Equal($"{i}", Recv(rep));
            Send(rep, $"'r{i}'");
        }

        Assert.All(sends, send => Assert.Equal(NngError.None, Outcome(send)));
        for (int i = 0; i < contexts.Length; i++)
            Assert.Equal($"r{i}", Recv(contexts[i]));
    }

    [Fact]
    public void S143_The_resend_time_is_the_contexts_the_tick_the_sockets()
    {
        (ReqSocket req, RawPeer peer) = Opened(tick: Ms(10));
        NngContext context = Use(req.OpenContext());
        context.SetOption("req:resend-time", Ms(50));
        Assert.Equal(NngError.NotSupported, Assert.Throws<NngException>(() => context.SetOption("req:resend-tick", Ms(5))).Error);
        Send(req, "'s'");
        ReadRequest(peer);
        Send(context, "'c'");
        for (int i = 0; i < 3; i++)
            Assert.Equal("c", ReadRequest(peer).Body);
    }

    [Fact]
    public void S144_A_closed_context_forgets_its_request()
    {
        (ReqSocket req, RawPeer peer) = Opened();
        NngContext context = req.OpenContext();
        Send(context, "'q'");
        uint id = ReadRequest(peer).Id;
        Aio receive = ReceiveAio(context.Channel);
        context.Dispose();
        Assert.Equal(NngError.Closed, Outcome(receive));
        Answer(peer, id, "r");
        Eventually.Equal(1L, () => req.DroppedMessages(DropReason.Unsolicited));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void S147_A_tick_below_one_is_refused(int ms)
    {
        var req = Use(new ReqSocket());
        Assert.Equal(NngError.InvalidArgument, SetError(req, "req:resend-tick", Ms(ms)));
        Assert.Equal(1000, req.GetOption<TimeSpan>("req:resend-tick").TotalMilliseconds);
    }

    [Fact]
    public void A_resend_time_set_while_the_request_waits_counts()
    {
        var req = Use(new ReqSocket(new ReqSocketOptions { ResendTime = TimeSpan.Zero, ResendTick = Ms(10) }));
        Aio send = SendAio(req.Channel, Msg("'q'"));
        req.SetOption("req:resend-time", Ms(30));
        RawPeer peer = Peer(req, 0x31);
        (uint id, _) = ReadRequest(peer);
        Assert.Equal(id, ReadRequest(peer).Id);
        Assert.Equal(id, ReadRequest(peer).Id);
        Assert.Equal(NngError.None, Outcome(send));
    }

    /// <summary>W-20: pipes go before contexts, which is no reset.</summary>
    [Fact]
    public void Closing_ends_a_receive_as_closed_though_its_pipe_goes_first()
    {
        (ReqSocket req, RawPeer peer) = Opened(TimeSpan.Zero);
        NngContext context = req.OpenContext();
        Send(req, "'1'");
        Send(context, "'2'");
        ReadRequest(peer);
        ReadRequest(peer);
        Aio[] receives = [ReceiveAio(req.Channel), ReceiveAio(context.Channel)];
        req.Dispose();
        Assert.All(receives, receive => Assert.Equal(NngError.Closed, Outcome(receive)));
    }

    /// <summary>14.2: a request that was sent is dropped by a close; another peer must not do it a second time.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_close_sends_no_request_again(bool closesSocket)
    {
        var req = Use(new ReqSocket());
        Listener listener = req.Listen(ScratchUrl.TcpPortZero());
        var peers = new List<RawPeer>();
        for (int i = 1; i <= 3; i++)
        {
            peers.Add(Use(RawPeer.DialAs(listener.Url, 0x31)));
            Eventually.Equal(i, () => req.Inner.AttachedCount);
        }

        Send(req, "'q'");
        Assert.Equal("q", ReadRequest(peers[0]).Body);
        if (closesSocket)
            req.Dispose();
        else
            listener.Dispose();
        Assert.All(peers, peer => peer.ExpectClosed());
        if (closesSocket)
            return;
        // It waits for the next one.
        Assert.Equal("q", ReadRequest(Peer(req, 0x31)).Body);
    }

    [Fact]
    public void A_send_beside_the_close_of_its_only_endpoint_ends()
    {
        using var rig = new MockRig(socket => new ReqProtocol(socket));
        MockPipe first = rig.Accept();
        MockPipe second = rig.Accept();
        var send = new Aio { Message = Msg("'q'") };
        first.Closing = () => rig.Socket.Protocol.Send(send);
        rig.Listener.Close();
        Assert.Equal(NngError.None, Outcome(send));
        Assert.Single(second.Posted);
        Assert.Equal(1, rig.Socket.Protocol.UnsentCount);
    }

    [Fact]
    public void A_request_sent_again_by_the_ticker_takes_the_readiness_with_it()
    {
        var req = Use(new ReqSocket(new ReqSocketOptions { ResendTime = Ms(1), ResendTick = Ms(5) }));
        using var rep = new RawSocket(RawProtocol.Rep);
        string url = ScratchUrl.Inproc();
        rep.Listen(url);
        bool ready = false;
        req.SendReadiness.Changed += now => Volatile.Write(ref ready, now);
        req.Dial(url);
        Eventually.True(() => Volatile.Read(ref ready), "the peer makes it ready");
        Send(req, "'q'");
        // The peer reads nothing: copies fill the way to it.
        Eventually.True(() => !Volatile.Read(ref ready), "copies fill the pipe");
        Assert.False(req.SendReadiness.IsSet);
    }

    [Fact]
    public void S217_The_reply_to_a_resent_copy_counts_once()
    {
        (ReqSocket req, RawPeer peer) = Opened(Ms(50), Ms(10));
        Send(req, "'q'");
        (uint id, _) = ReadRequest(peer);
        Assert.Equal(id, ReadRequest(peer).Id);
        Answer(peer, id, "r");
        Assert.Equal("r", Recv(req));
        Assert.Equal(NngError.IncorrectState, PollReceive(req));
    }
}
