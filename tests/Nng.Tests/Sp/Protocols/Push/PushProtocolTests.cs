using System.Collections.Generic;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Protocols.Push;

/// <summary>Scenarios S102 to S108 and S111 to S115: push0.</summary>
public sealed class PushProtocolTests : Scenario
{
    private PushSocket Opened(int buffer = 0) => Use(new PushSocket(new SocketOptions { SendBuffer = buffer }));

    [Fact]
    public void S102_A_message_is_its_body()
    {
        PushSocket push = Opened();
        RawPeer peer = Peer(push, 0x51);
        push.Send(Msg("00000001", "'job'"));
        peer.ExpectFrame("'job'");
    }

    [Fact]
    public void S103_Idle_peers_take_turns()
    {
        PushSocket push = Opened();
        PullSocket[] pulls = [Use(new PullSocket()), Use(new PullSocket()), Use(new PullSocket())];
        var receives = new Queue<Aio>[3];
        for (int i = 0; i < pulls.Length; i++)
        {
            Marry(push, pulls[i]);
            receives[i] = new Queue<Aio>([ReceiveAio(pulls[i].Channel), ReceiveAio(pulls[i].Channel)]);
        }

        for (int n = 1; n <= 6; n++)
        {
            Assert.Equal(NngError.None, Poll(push, $"{n:x2}"));
            Aio served = receives[(n - 1) % 3].Dequeue();
            Assert.Equal(NngError.None, Outcome(served));
            Assert.Equal(((char)n).ToString(), Text(served.Message!));
        }
    }

    [Fact]
    public void S104_A_peer_that_does_not_read_delays_nobody()
    {
        PushSocket push = Opened();
        var a = Use(new PullSocket());
        var b = Use(new PullSocket());
        Marry(push, a);
        Marry(push, b);
        var gotB = new List<int>();
        for (int n = 1; n <= 12; n++)
        {
            Assert.Equal(NngError.None, Poll(push, $"{n:x2}"));
            if (Got(b) is { } body)
                gotB.Add(body[0]);
        }

        Assert.Equal([2, 4, 5, 6, 7, 8, 9, 10, 11, 12], gotB);
        Assert.Equal(("\u0001", "\u0003"), (Got(a), Got(a)));
    }

    [Fact]
    public void S105_A_send_waits_for_the_first_peer()
    {
        PushSocket push = Opened();
        Assert.Equal(NngError.TryAgain, Poll(push, "'x'"));
        Aio waiting = SendAio(push.Channel, Msg("'w'"));
        var pull = Use(new PullSocket());
        Marry(push, pull);
        Assert.Equal(NngError.None, Outcome(waiting));
        Assert.Equal("w", Recv(pull));
    }

    [Fact]
    public void S106_The_buffer_belongs_to_the_socket()
    {
        PushSocket push = Opened(2);
        Assert.Equal(
            (NngError.None, NngError.None, NngError.TryAgain),
            (Poll(push, "'1'"), Poll(push, "'2'"), Poll(push, "'3'")));
        var pull = Use(new PullSocket());
        Marry(push, pull);
        Assert.Equal(("1", "2"), (Recv(pull), Recv(pull)));
    }

    [Fact]
    public void S107_Losing_a_pipe_loses_what_was_on_its_way_only()
    {
        PushSocket push = Opened(5);
        var a = Use(new PullSocket());
        Marry(push, a);
        for (int n = 1; n <= 5; n++)
            Assert.Equal(NngError.None, Poll(push, $"'{n}'"));
        push.Pipes[0].Close();
        var b = Use(new PullSocket());
        Marry(push, b);
        Assert.Equal(("3", "4", "5"), (Recv(b), Recv(b), Recv(b)));
        // What the first peer held when its pusher left is its own still.
        Assert.Equal(("1", null), (Got(a), Got(a)));
        Eventually.Equal(0, () => a.Inner.AttachedCount);
    }

    [Fact]
    public void S108_What_a_peer_sends_is_discarded()
    {
        PushSocket push = Opened();
        RawPeer peer = Peer(push, 0x51);
        for (int i = 0; i < 3; i++)
            peer.SendFrame("'noise'");
        Send(push, "'job'");
        peer.ExpectFrame("'job'");
    }

    [Fact]
    public void S111_Send_readiness_is_a_level()
    {
        PushSocket push = Opened();
        Assert.False(push.SendReadiness.IsSet);
        var pull = Use(new PullSocket());
        Marry(push, pull);
        Assert.True(push.SendReadiness.IsSet);
        Assert.Equal((NngError.None, NngError.None), (Poll(push, "'1'"), Poll(push, "'2'")));
        Assert.False(push.SendReadiness.IsSet);
        Assert.Equal("1", Got(pull));
        Assert.True(push.SendReadiness.IsSet);
    }

    [Fact]
    public void S112_Directions_that_do_not_exist_are_not_supported()
    {
        Assert.Equal(NngError.NotSupported, PollReceive(Opened()));
        Assert.Equal(NngError.NotSupported, Poll(Use(new PullSocket()), "'x'"));
        foreach (int timeoutMs in (int[])[0, 50, Aio.Infinite])
        {
            Assert.Equal(NngError.NotSupported, Outcome(ReceiveAio(Opened().Channel, timeoutMs)));
            Aio send = SendAio(Use(new PullSocket()).Channel, Msg("'x'"), timeoutMs);
            Assert.Equal(NngError.NotSupported, Outcome(send));
            Assert.Equal("x", Text(send.Message!));
        }
    }

    [Fact]
    public void S113_Shrinking_the_buffer_drops_the_newest()
    {
        PushSocket push = Opened(3);
        foreach (string body in (string[])["'a'", "'b'", "'c'"])
            Assert.Equal(NngError.None, Poll(push, body));
        push.SetOption("send-buffer", 1);
        var pull = Use(new PullSocket());
        Marry(push, pull);
        Assert.Equal(("a", null), (Recv(pull), Got(pull)));
    }

    [Fact]
    public void S114_Closing_gives_waiting_messages_back()
    {
        PushSocket push = Opened();
        Aio[] sends = [SendAio(push.Channel, Msg("'1'")), SendAio(push.Channel, Msg("'2'"))];
        push.Dispose();
        foreach (Aio send in sends)
        {
            Assert.Equal(NngError.Closed, Outcome(send));
            Assert.NotNull(send.Message);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void S115_Raw_and_cooked_meet(bool rawPush)
    {
        NngSocket push = Use(rawPush ? new RawSocket(RawProtocol.Push) : (NngSocket)new PushSocket());
        NngSocket pull = Use(rawPush ? (NngSocket)new PullSocket() : new RawSocket(RawProtocol.Pull));
        Marry(push, pull);
        Send((IMessageSender)push, "'x'");
        using Message message = ((IMessageReceiver)pull).Receive(System.TimeSpan.FromSeconds(10));
        Assert.Equal(("78", 0), (Hex(message.Body), message.HeaderLength));
    }
}
