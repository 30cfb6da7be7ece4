using System;
using System.Threading;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Protocols.Pair;

/// <summary>Scenarios S021 to S035, which pair1 repeats as S052.</summary>
public abstract class PairScenarios : Scenario
{
    protected abstract int Protocol { get; }

    /// <summary>What precedes a body on the wire, in wire notation.</summary>
    protected abstract string Head { get; }

    protected abstract NngSocket Open();

    private NngSocket Opened(int sendBuffer = 0, int receiveBuffer = 0)
    {
        NngSocket socket = Use(Open());
        socket.SetOption("send-buffer", sendBuffer);
        socket.SetOption("recv-buffer", receiveBuffer);
        return socket;
    }

    private void Wire(RawPeer peer, string body) => peer.SendFrame($"{Head} '{body}'");

    private void Expect(RawPeer peer, string body) => peer.ExpectFrame($"{Head} '{body}'");

    private static int Accepted(NngSocket socket, int tries)
    {
        int accepted = 0;
        while (accepted < tries && Poll(socket, $"{accepted + 1:x2}") == NngError.None)
            accepted++;
        return accepted;
    }

    [Fact]
    public void S021_Two_messages_fit_between_peers_without_buffers()
    {
        NngSocket a = Opened();
        NngSocket b = Opened();
        Marry(a, b);
        Assert.Equal(2, Accepted(a, 10));
        Assert.Equal("\u0001", Got(b));
        Assert.Equal(NngError.None, Poll(a, "03"));
        Assert.Equal(NngError.TryAgain, Poll(a, "04"));
    }

    [Fact]
    public void S022_Buffers_add_to_what_fits()
    {
        NngSocket a = Opened(sendBuffer: 2);
        NngSocket b = Opened(receiveBuffer: 3);
        Marry(a, b);
        Assert.Equal(7, Accepted(a, 20));
        for (char n = '\u0001'; n <= '\u0007'; n++)
            Assert.Equal(n.ToString(), Got(b));
    }

    [Fact]
    public void S023_The_buffer_keeps_messages_for_the_first_peer()
    {
        NngSocket a = Opened(sendBuffer: 1);
        Assert.Equal(NngError.None, Poll(a, "'a'"));
        Assert.Equal(NngError.TryAgain, Poll(a, "'b'"));
        NngSocket b = Opened();
        Marry(a, b);
        Assert.Equal("a", Got(b));
        Assert.Null(Got(b));
    }

    [Fact]
    public void S024_A_send_that_times_out_gives_its_message_back()
    {
        NngSocket a = Opened();
        Aio aio = SendAio(a.Channel, Msg("'m'"), timeoutMs: 100);
        Assert.Equal(NngError.TimedOut, Outcome(aio));
        Assert.Equal("m", Text(aio.Message!));
    }

    [Fact]
    public void S025_A_second_peer_waits_until_the_first_has_left()
    {
        NngSocket pair = Opened();
        RawPeer first = Peer(pair, Protocol);
        using (RawPeer second = RawPeer.DialAs(UrlOf(pair), Protocol))
            second.ExpectClosed();
        Eventually.Equal(1L, () => pair.Inner.Rejects);
        Send((IMessageSender)pair, "'x'");
        Expect(first, "x");
        first.Dispose();
        Eventually.Equal(0, () => pair.Inner.AttachedCount);
        RawPeer third = Peer(pair, Protocol);
        Send((IMessageSender)pair, "'y'");
        Expect(third, "y");
    }

    [Fact]
    public void S026_What_was_received_survives_the_peer()
    {
        NngSocket pair = Opened(receiveBuffer: 4);
        RawPeer peer = Peer(pair, Protocol);
        Wire(peer, "1");
        Wire(peer, "2");
        Wire(peer, "3");
        peer.Dispose();
        Eventually.Equal(0, () => pair.Inner.AttachedCount);
        Assert.Equal(("1", "2", "3", null), (Got(pair), Got(pair), Got(pair), Got(pair)));
    }

    [Fact]
    public void S027_A_held_message_outlives_a_remote_disconnect()
    {
        NngSocket pair = Opened();
        int gone = 0;
        pair.OnPipe(PipeEvent.RemovePost, _ => Interlocked.Increment(ref gone));
        RawPeer peer = Peer(pair, Protocol);
        Wire(peer, "1");
        Eventually.True(() => pair.ReceiveReadiness.IsSet);
        peer.Dispose();
        Eventually.Stays(() => Volatile.Read(ref gone) == 0);
        Assert.Equal("1", Got(pair));
        Eventually.Equal(1, () => Volatile.Read(ref gone));
    }

    [Fact]
    public void S028_A_local_close_discards_the_held_message()
    {
        NngSocket pair = Opened();
        RawPeer peer = Peer(pair, Protocol);
        Wire(peer, "1");
        Eventually.True(() => pair.ReceiveReadiness.IsSet);
        pair.Pipes[0].Close();
        Assert.Null(Got(pair));
        Assert.False(pair.ReceiveReadiness.IsSet);
    }

    [Fact]
    public void S029_Shrinking_the_receive_buffer_drops_the_newest()
    {
        NngSocket pair = Opened(receiveBuffer: 4);
        RawPeer peer = Peer(pair, Protocol);
        Wire(peer, "a");
        Wire(peer, "b");
        Wire(peer, "c");
        Eventually.Equal(3, () => pair.Inner.Protocol.UnreadCount);
        pair.SetOption("recv-buffer", 1);
        Assert.Equal(("a", null), (Got(pair), Got(pair)));
    }

    [Fact]
    public void S030_Shrinking_the_send_buffer_drops_the_newest()
    {
        NngSocket pair = Opened(sendBuffer: 3);
        foreach (string body in (string[])["'a'", "'b'", "'c'"])
            Assert.Equal(NngError.None, Poll(pair, body));
        pair.SetOption("send-buffer", 1);
        RawPeer peer = Peer(pair, Protocol);
        Expect(peer, "a");
        peer.ExpectNothing();
    }

    [Fact]
    public void S031_Growing_the_send_buffer_admits_waiting_senders_in_order()
    {
        NngSocket pair = Opened(sendBuffer: 1);
        Assert.Equal(NngError.None, Poll(pair, "'a'"));
        Aio waiting = SendAio(pair.Channel, Msg("'b'"));
        Assert.True(waiting.IsBusy);
        pair.SetOption("send-buffer", 3);
        Assert.Equal(NngError.None, Outcome(waiting));
        Assert.Equal(NngError.None, Poll(pair, "'c'"));
        RawPeer peer = Peer(pair, Protocol);
        Expect(peer, "a");
        Expect(peer, "b");
        Expect(peer, "c");
    }

    [Fact]
    public void S032_Send_readiness_follows_peer_and_buffer()
    {
        NngSocket a = Opened();
        NngSocket b = Opened();
        Assert.False(a.SendReadiness.IsSet);
        Marry(a, b);
        Assert.True(a.SendReadiness.IsSet);
        Assert.Equal(2, Accepted(a, 2));
        Assert.False(a.SendReadiness.IsSet);
        a.SetOption("send-buffer", 1);
        Assert.True(a.SendReadiness.IsSet);
        a.SetOption("send-buffer", 0);
        Assert.False(a.SendReadiness.IsSet);
    }

    [Fact]
    public void S033_Room_in_the_buffer_keeps_a_lonely_socket_ready()
    {
        NngSocket pair = Opened(sendBuffer: 1);
        Peer(pair, Protocol).Dispose();
        Eventually.Equal(0, () => pair.Inner.AttachedCount);
        Assert.True(pair.SendReadiness.IsSet);
        Assert.Equal(NngError.None, Poll(pair, "'x'"));
    }

    [Fact]
    public void S034_Waiting_receives_are_served_in_order()
    {
        NngSocket pair = Opened();
        RawPeer peer = Peer(pair, Protocol);
        Aio[] receives = [ReceiveAio(pair.Channel), ReceiveAio(pair.Channel), ReceiveAio(pair.Channel)];
        foreach (string body in (string[])["1", "2", "3"])
            Wire(peer, body);
        for (int i = 0; i < receives.Length; i++)
        {
            Assert.Equal(NngError.None, Outcome(receives[i]));
            Assert.Equal($"{i + 1}", Text(receives[i].Message!));
        }
    }

    [Fact]
    public void S035_An_aborted_send_leaves_the_others_in_order()
    {
        NngSocket pair = Opened();
        Aio[] sends = [SendAio(pair.Channel, Msg("'1'")), SendAio(pair.Channel, Msg("'2'")), SendAio(pair.Channel, Msg("'3'"))];
        sends[1].Cancel();
        Assert.Equal(NngError.Canceled, Outcome(sends[1]));
        RawPeer peer = Peer(pair, Protocol);
        Expect(peer, "1");
        Expect(peer, "3");
    }
}
