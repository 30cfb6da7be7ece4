using System;
using System.Linq;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Protocols.Replier;

/// <summary>Scenarios S148 to S166 on rep0, and with surveys on respondent0 (S198 to S201).</summary>
public abstract class ReplierScenarios : Scenario
{
    protected abstract int Asker { get; }

    protected abstract NngSocket Open(SocketOptions? options = null);

    protected abstract NngContext Context(NngSocket socket);

    private NngSocket Opened(int ttl = 8) => Use(Open(new SocketOptions { MaxTtl = ttl }));

    private static IMessageReceiver In(NngSocket socket) => (IMessageReceiver)socket;

    private static IMessageSender Out(NngSocket socket) => (IMessageSender)socket;

    [Theory]
    [InlineData("80000001")]
    [InlineData("80000000")]
    [InlineData("ffffffff")]
    [InlineData("00000007 00000008 ffffffff")]
    [InlineData("00000004 80000002")]
    public void S148_S149_S198_S218_The_reply_carries_the_backtrace(string backtrace)
    {
        NngSocket rep = Opened();
        RawPeer peer = Peer(rep, Asker);
        peer.SendFrame($"{backtrace} 'a'");
        using (Message request = In(rep).Receive(TimeSpan.FromSeconds(10)))
            Assert.Equal(("61", 0), (Hex(request.Body), request.HeaderLength));
        Out(rep).Send(Msg("12345678", "'b'"));
        peer.ExpectFrame($"{backtrace} 'b'");
        Assert.Equal(NngError.IncorrectState, Poll(rep, "'again'"));
    }

    [Theory]
    [InlineData(2, "00000001 80000001", "00000001 00000002 80000001")]
    [InlineData(1, "80000001", "00000001 80000001")]
    public void S150_Requests_beyond_the_hop_limit_are_dropped(int ttl, string good, string bad)
    {
        NngSocket rep = Opened(ttl);
        RawPeer peer = Peer(rep, Asker);
        peer.SendFrame($"{bad} 'n'");
        peer.SendFrame($"{good} 'y'");
        Assert.Equal("y", Recv(In(rep)));
        Assert.Equal(1, rep.DroppedMessages(DropReason.TtlExceeded));
    }

    [Theory]
    [InlineData("00000001")]
    [InlineData("")]
    [InlineData("010203")]
    public void S151_Requests_without_end_close_the_pipe(string malformed)
    {
        NngSocket rep = Opened();
        RawPeer peer = Peer(rep, Asker);
        peer.SendFrame(malformed);
        peer.ExpectClosed();
    }

    [Fact]
    public void S152_The_hop_test_comes_before_the_length_test()
    {
        NngSocket rep = Opened(2);
        RawPeer peer = Peer(rep, Asker);
        peer.SendFrame("00000001 00000002");
        peer.SendFrame("80000001 'ok'");
        Assert.Equal("ok", Recv(In(rep)));
        rep.SetOption("ttl-max", 3);
        peer.SendFrame("00000001 00000002");
        peer.ExpectClosed();
    }

    [Fact]
    public void S153_Fifteen_words_are_the_most()
    {
        NngSocket rep = Opened(15);
        RawPeer peer = Peer(rep, Asker);
        string low = string.Concat(Enumerable.Repeat("00000001 ", 14));
        peer.SendFrame($"00000001 {low} 80000001 'n'");
        peer.SendFrame($"{low} 80000001 'y'");
        Assert.Equal("y", Recv(In(rep)));
        Send(Out(rep), "'r'");
        peer.ExpectFrame($"{low} 80000001 'r'");
    }

    [Fact]
    public void S154_S199_A_reply_needs_a_request_and_there_is_one()
    {
        NngSocket rep = Opened();
        RawPeer peer = Peer(rep, Asker);
        Assert.Equal(NngError.IncorrectState, Poll(rep, "'x'"));
        peer.SendFrame("80000001 'q'");
        Recv(In(rep));
        Assert.Equal((NngError.None, NngError.IncorrectState), (Poll(rep, "'1'"), Poll(rep, "'2'")));
    }

    [Fact]
    public void S155_S201_A_newer_request_replaces_the_right_to_reply()
    {
        NngSocket rep = Opened();
        RawPeer first = Peer(rep, Asker);
        RawPeer second = Peer(rep, Asker);
        first.SendFrame("80000001 '1'");
        Assert.Equal("1", Recv(In(rep)));
        second.SendFrame("80000002 '2'");
        Assert.Equal("2", Recv(In(rep)));
        Send(Out(rep), "'r'");
        second.ExpectFrame("80000002 'r'");
        first.ExpectNothing();
    }

    [Fact]
    public void S156_S157_One_receive_waits_and_the_reply_is_still_owed()
    {
        NngSocket rep = Opened();
        RawPeer peer = Peer(rep, Asker);
        peer.SendFrame("80000001 '1'");
        Recv(In(rep));
        Aio waiting = ReceiveAio(rep.Channel);
        Assert.Equal(NngError.IncorrectState, Outcome(ReceiveAio(rep.Channel)));
        Assert.Equal(NngError.TimedOut, Outcome(ReceiveAio(rep.Channel, timeoutMs: 0)));
        Assert.Equal(NngError.TryAgain, PollReceive(rep));
        Send(Out(rep), "'r'");
        peer.ExpectFrame("80000001 'r'");
        peer.SendFrame("80000002 '2'");
        Assert.Equal(NngError.None, Outcome(waiting));
        Assert.Equal("2", Text(waiting.Message!));
    }

    [Fact]
    public void S158_A_reply_to_nobody_succeeds_once()
    {
        NngSocket rep = Opened();
        RawPeer peer = Peer(rep, Asker);
        peer.SendFrame("80000001 'q'");
        Recv(In(rep));
        peer.Dispose();
        Eventually.Equal(0, () => rep.Inner.AttachedCount);
        Assert.Equal((NngError.None, NngError.IncorrectState), (Poll(rep, "'1'"), Poll(rep, "'2'")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void S159_S160_Replies_wait_for_a_busy_pipe_and_a_failed_one_is_still_owed(bool peerLeaves)
    {
        NngSocket rep = Opened();
        RawPeer peer = Peer(rep, Asker);
        NngContext[] contexts = [Use(Context(rep)), Use(Context(rep)), Use(Context(rep))];
        for (int i = 0; i < contexts.Length; i++)
        {
            peer.SendFrame($"8000000{i} 'q'");
            Recv(contexts[i]);
        }

        contexts[0].Send(new Message(16 << 20));
        Aio waiting = SendAio(contexts[1].Channel, Msg("'2'"));
        Assert.True(waiting.IsBusy);
        Assert.Equal(NngError.TryAgain, Poll(contexts[2], "'3'"));
        if (peerLeaves)
        {
            peer.Dispose();
            Assert.Equal(NngError.None, Outcome(waiting));
            Assert.Equal((1L, null), (waiting.Count, waiting.Message));
            return;
        }

        Assert.Equal((16 << 20) + 4, peer.ReadFrame(60_000).Length);
        peer.ExpectFrame("80000001 '2'");
        Assert.Equal(NngError.None, Outcome(waiting));
        Send(contexts[2], "'3'");
        peer.ExpectFrame("80000002 '3'");
    }

    [Fact]
    public void S161_Two_replies_of_one_context_wait_in_order()
    {
        NngSocket rep = Opened();
        RawPeer peer = Peer(rep, Asker);
        NngContext blocker = Use(Context(rep));
        NngContext context = Use(Context(rep));
        peer.SendFrame("80000000 'b'");
        Recv(blocker);
        blocker.Send(new Message(16 << 20));
        var sends = new Aio[2];
        for (int i = 0; i < sends.Length; i++)
        {
            peer.SendFrame($"8000000{i + 1} 'q'");
            Recv(context);
            sends[i] = SendAio(context.Channel, Msg($"'{i}'"));
            Assert.True(sends[i].IsBusy);
        }

        peer.ReadFrame(60_000);
        peer.ExpectFrame("80000001 '0'");
        peer.ExpectFrame("80000002 '1'");
        Assert.All(sends, send => Assert.Equal(NngError.None, Outcome(send)));
    }

    [Fact]
    public void S162_Waiting_contexts_are_served_in_order()
    {
        NngSocket rep = Opened();
        RawPeer peer = Peer(rep, Asker);
        NngContext one = Use(Context(rep));
        NngContext two = Use(Context(rep));
        Aio first = ReceiveAio(one.Channel);
        Aio second = ReceiveAio(two.Channel);
        peer.SendFrame("80000001 '1'");
        peer.SendFrame("80000002 '2'");
        Assert.Equal((NngError.None, NngError.None), (Outcome(first), Outcome(second)));
        Assert.Equal(("1", "2"), (Text(first.Message!), Text(second.Message!)));
    }

    [Fact]
    public void S163_Peers_are_served_in_turn()
    {
        NngSocket rep = Opened();
        foreach (char name in "ab")
        {
            RawPeer peer = Peer(rep, Asker);
            for (int i = 1; i <= 3; i++)
                peer.SendFrame($"80000001 '{name}{i}'");
            int held = name - 'a' + 1;
            Eventually.Equal(held, () => rep.Inner.Protocol.UnreadCount);
        }

        string[] expected = ["a1", "b1", "a2", "b2", "a3", "b3"];
        for (int i = 0; i < expected.Length; i++)
        {
            // A peer's turn comes with its next message, which the pipe reads once the former was taken.
            int held = Math.Min(2, expected.Length - i);
            Eventually.Equal(held, () => rep.Inner.Protocol.UnreadCount);
            Assert.Equal(expected[i], Recv(In(rep)));
        }
    }

    [Fact]
    public void S164_S165_Readiness_follows_requests_and_the_right_to_reply()
    {
        NngSocket rep = Opened();
        Assert.False(rep.SendReadiness.IsSet);
        RawPeer peer = Peer(rep, Asker);
        peer.SendFrame("80000001 'q'");
        Eventually.True(() => rep.ReceiveReadiness.IsSet);
        Recv(In(rep));
        Assert.True(rep.SendReadiness.IsSet);
        Send(Out(rep), "'r'");
        Assert.False(rep.SendReadiness.IsSet);
        Assert.Equal(NngError.IncorrectState, Poll(rep, "'x'"));
        Assert.False(rep.SendReadiness.IsSet);
        peer.SendFrame("80000002 'q'");
        Eventually.True(() => rep.ReceiveReadiness.IsSet);
        rep.Pipes[0].Close();
        Assert.False(rep.ReceiveReadiness.IsSet);
    }

    [Fact]
    public void S166_Closing_a_context_ends_what_waits_on_it()
    {
        NngSocket rep = Opened();
        RawPeer peer = Peer(rep, Asker);
        NngContext blocker = Use(Context(rep));
        NngContext context = Context(rep);
        peer.SendFrame("80000000 'b'");
        Recv(blocker);
        peer.SendFrame("80000001 'q'");
        Recv(context);
        blocker.Send(new Message(16 << 20));
        Aio send = SendAio(context.Channel, Msg("'r'"));
        Aio receive = ReceiveAio(context.Channel);
        context.Dispose();
        Assert.Equal((NngError.Closed, NngError.Closed), (Outcome(send), Outcome(receive)));
        Assert.Equal(0, send.Message!.HeaderLength);
    }
}

/// <summary>rep0.</summary>
public sealed class ReplierProtocolTests : ReplierScenarios
{
    protected override int Asker => 0x30;

    protected override NngSocket Open(SocketOptions? options = null) => new RepSocket(options);

    protected override NngContext Context(NngSocket socket) => ((RepSocket)socket).OpenContext();
}

/// <summary>respondent0 (S200).</summary>
public sealed class RespondentTests : ReplierScenarios
{
    protected override int Asker => 0x62;

    protected override NngSocket Open(SocketOptions? options = null) => new RespondentSocket(options);

    protected override NngContext Context(NngSocket socket) => ((RespondentSocket)socket).OpenContext();

    [Theory]
    [InlineData(0x60)]
    [InlineData(0x61)]
    public void S219_Retired_protocols_are_rejected(int protocol)
    {
        using var respondent = new RespondentSocket();
        using RawPeer peer = RawPeer.DialAs(respondent.Listen(ScratchUrl.TcpPortZero()).Url, protocol);
        peer.ExpectClosed();
        Eventually.Equal(1L, () => respondent.Inner.Rejects);
    }
}
