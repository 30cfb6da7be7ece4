using System;
using Nng.Core;
using Nng.Sp;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>Dialling UDP, against raw listeners and a clock that the test moves (transports sheet, 16.2 and 21.6).</summary>
public sealed class UdpSpDialerTests : UdpScenario
{
    [Fact]
    public void CS_150_151_D_1_D_8_A_dialer_asks_until_it_is_answered_and_then_refreshes()
    {
        UdpEnd req = Use(UdpEnd.Req(Clock));
        RawUdpPeer peer = Target();
        (_, Aio attempt) = req.Dial(peer.Url);
        for (int i = 0; i < 4; i++)
        {
            peer.Expect("01 01 30 00 E8 FD 01 00");
            Assert.True(attempt.IsBusy);
            Assert.False(peer.HasMore);
            Clock.Advance(201);
        }

        peer.Expect("01 01 30 00 E8 FD 01 00");
        peer.Send("01 02 31 00 E8 FD 01 00");
        Assert.Equal(NngError.None, Outcome(attempt));
        for (int i = 0; i < 4; i++)
        {
            Clock.Advance(999);
            Eventually.Stays(() => !peer.HasMore, "it is not time yet");
            Clock.Advance(2);
            peer.Expect("01 01 30 00 E8 FD 01 00");
            peer.Send("01 02 31 00 E8 FD 01 00");
            Eventually.Equal(1, () => req.Socket.AttachedCount);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1000, 1)]
    [InlineData(1001, 2)]
    [InlineData(4500, 5)]
    [InlineData(60_000, 5)]
    public void D_2_The_first_refresh_is_the_retry_in_whole_seconds(int retryMs, int refresh)
    {
        UdpEnd end = Use(UdpEnd.Probing(Clock));
        RawUdpPeer peer = Target();
        end.Dial(peer.Url, d => Set(d, OptionNames.UdpConnectRetry, OptionValue.Duration(retryMs)));
        peer.Expect($"01 01 F1 7F E8 FD {refresh:X2} 00");
    }

    [Theory]
    [InlineData("01 02 F1 7F E8 FD 02 00", 2)]
    [InlineData("01 02 F1 7F E8 FD 07 00", 5)]
    public void D_5_The_answer_says_how_often_to_refresh_but_five_seconds_are_the_most(string answer, int refresh)
    {
        (_, _, Aio attempt, RawUdpPeer peer) = Dialling();
        peer.Send(answer);
        Assert.Equal(NngError.None, Outcome(attempt));
        Clock.Advance((refresh * 1000) + 1);
        peer.Expect($"01 01 F1 7F E8 FD {refresh:X2} 00");
    }

    [Fact]
    public void CS_164_D_1_D_8_Nobody_answers()
    {
        (_, SpDialer dialer, Aio attempt, RawUdpPeer peer) = Dialling();
        Clock.Advance(5000);
        peer.Expect(Request);
        Eventually.Stays(() => attempt.IsBusy, "five seconds have not passed");
        Clock.Advance(1);
        Assert.Equal(NngError.TimedOut, Outcome(attempt));
        peer.Expect("01 03 F1 7F 06 00 00 00");
        Assert.Equal(1, dialer.Counters.TimedOut);
        // The dialer is idle again.
        dialer.Start(attempt);
        Assert.Equal(Request.Replace(" ", ""), Convert.ToHexString(peer.Receive()));
    }

    [Fact]
    public void D_1_The_time_for_an_answer_is_an_option()
    {
        (_, _, Aio attempt, RawUdpPeer peer) = Dialling(d => Set(d, OptionNames.UdpConnectExpire, OptionValue.Duration(70)));
        Clock.Advance(71);
        Assert.Equal(NngError.TimedOut, Outcome(attempt));
    }

    [Theory]
    [InlineData(0, NngError.ConnectionRefused)]
    [InlineData(1, NngError.Protocol)]
    [InlineData(2, NngError.ConnectionRefused)]
    [InlineData(3, NngError.ConnectionRefused)]
    [InlineData(4, NngError.ConnectionRefused)]
    [InlineData(5, NngError.Protocol)]
    [InlineData(6, NngError.ConnectionRefused)]
    [InlineData(7, NngError.Protocol)]
    [InlineData(8, NngError.ConnectionRefused)]
    [InlineData(99, NngError.ConnectionRefused)]
    public void D_7_TW_41_A_refusal_ends_the_dial_at_once(int reason, NngError error)
    {
        (_, SpDialer dialer, Aio attempt, RawUdpPeer peer) = Dialling();
        // Of any type: who refuses for its type has another one.
        peer.Send($"01 03 51 00 {reason:X2} 00 00 00");
        Assert.Equal(error, Outcome(attempt));
        Assert.False(peer.HasMore, "a goodbye is not answered");
        // D-11: the next attempt has a socket of its own.
        int port = peer.Remote!.Port;
        peer.Remote = null;
        dialer.Start(attempt);
        peer.Expect(Request);
        Assert.NotEqual(port, peer.Remote!.Port);
    }

    [Theory]
    [InlineData("01 02 51 00 E8 FD 01 00", "01 03 F1 7F 01 00 00 00")]
    [InlineData("01 02 F1 7F E8 FD 00 00", "01 03 F1 7F 05 00 00 00")]
    public void D_5_D_12_An_answer_of_another_type_or_without_a_refresh_ends_the_dial(string answer, string goodbye)
    {
        (UdpEnd end, SpDialer dialer, Aio attempt, RawUdpPeer peer) = Dialling();
        peer.Send(answer);
        peer.Expect(goodbye);
        Assert.Equal(NngError.Protocol, Outcome(attempt));
        Assert.Equal((1, 0), ((int)dialer.Counters.Protocol, end.Socket.PipeCount));
    }

    [Theory]
    [InlineData("01 02 51 00 E8 FD 01 00", "01 03 F1 7F 01 00 00 00")]
    [InlineData("01 02 F1 7F E8 FD 00 00", "01 03 F1 7F 05 00 00 00")]
    public void D_5_The_same_from_a_connected_peer_closes_the_pipe(string answer, string goodbye)
    {
        (UdpEnd end, SpDialer dialer, RawUdpPeer peer) = Dialled();
        peer.Send(answer);
        peer.Expect(goodbye);
        Eventually.Equal(0, () => end.Socket.PipeCount);
        Assert.Equal(1, dialer.Counters.Protocol);
    }

    [Fact]
    public void D_5_D_6_Strangers_do_not_answer_for_the_peer()
    {
        (UdpEnd end, _, Aio attempt, RawUdpPeer peer) = Dialling();
        RawUdpPeer stranger = Target();
        stranger.Remote = peer.Remote;
        stranger.Send(Answer);
        stranger.Send("01 03 F1 7F 01 00 00 00");
        stranger.Send(Data("hello"u8));
        stranger.Send("01 04 F1 7F 00 00 00 00");
        // D-6: nobody connects to a dialer. The answer also tells that the others have been seen.
        stranger.Send(Request);
        stranger.Expect("01 03 F1 7F 03 00 00 00");
        Assert.False(stranger.HasMore);
        Assert.True(attempt.IsBusy);
        peer.Send(Answer);
        Assert.Equal(NngError.None, Outcome(attempt));
        Assert.Equal(0, end.Pipe().Count);
    }

    [Theory]
    [InlineData("udp://127.0.0.1:0", "0.0.0.0", "127.0.0.1")]
    [InlineData("udp://[::1]:0", "[::]", "[::1]")]
    [InlineData("udp://[::1]:0", "[::1%1]", "[::1]")]
    public void The_peer_may_answer_from_an_address_that_is_written_in_another_way(string listens, string dialled, string answers)
    {
        UdpEnd listening = Use(UdpEnd.Probing(Clock));
        string port = NngUrl.Parse(listening.Listen(url: listens).EffectiveUrl).Port;
        UdpEnd end = Use(UdpEnd.Probing(Clock));
        Assert.Equal(NngError.None, Outcome(end.Dial($"udp://{dialled}:{port}").Attempt));
        Assert.Equal($"{answers}:{port}", end.Pipe().Pipe.Transport.RemoteAddress.EndPoint!.ToString());
    }

    [Fact]
    public void D_7_TW_40_A_goodbye_of_another_type_is_none()
    {
        (UdpEnd end, _, RawUdpPeer peer) = Dialled();
        ProbePipe pipe = end.Pipe();
        peer.Send("01 03 F2 7F 00 00 00 00");
        peer.Send(Data("alive"u8));
        Eventually.Equal(1, () => pipe.Count);
        peer.Send("01 03 F1 7F 00 00 00 00");
        Eventually.True(() => pipe.IsEnded, "the pipe is closed");
        Assert.False(peer.HasMore, "a goodbye is not answered");
    }

    [Fact]
    public void D_11_TW_41_A_lost_connection_is_dialled_again_from_another_port()
    {
        UdpEnd end = Use(UdpEnd.Probing(Clock));
        end.Socket.SetOption(OptionNames.ReconnectTimeMin, OptionValue.Duration(1));
        RawUdpPeer peer = Target();
        (SpDialer dialer, Aio attempt) = end.Dial(peer.Url);
        for (int life = 0; life < 5; life++)
        {
            peer.Expect(Request);
            int port = peer.Remote!.Port;
            peer.Send(Answer);
            Eventually.Equal(life + 1, () => (int)dialer.Counters.Connections);
            ProbePipe pipe = end.Pipe();
            Assert.Equal(NngError.None, dialer.GetOption(OptionNames.BoundPort, out OptionValue bound));
            Assert.Equal(port, bound.Int);
            peer.Send("01 03 F1 7F 00 00 00 00");
            Eventually.True(() => pipe.IsEnded, "the pipe is closed");
            peer.Remote = null;
        }

        Assert.Equal(NngError.None, Outcome(attempt));
    }

    [Fact]
    public void D_8_A_silent_listener_is_given_up()
    {
        (UdpEnd end, SpDialer dialer, RawUdpPeer peer) = Dialled();
        ProbePipe pipe = end.Pipe();
        for (int i = 0; i < 4; i++)
        {
            Clock.Advance(1001);
            peer.Expect(Request);
        }

        Assert.False(pipe.IsEnded);
        Clock.Advance(1000);
        peer.Expect("01 03 F1 7F 06 00 00 00");
        Eventually.True(() => pipe.IsEnded, "the pipe is closed");
        Eventually.Equal(1, () => dialer.Counters.TimedOut);
    }

    [Fact]
    public void An_aborted_dial_tells_the_peer_that_may_have_answered()
    {
        (_, SpDialer dialer, Aio attempt, RawUdpPeer peer) = Dialling();
        attempt.Abort(NngError.Canceled);
        Assert.Equal(NngError.Canceled, Outcome(attempt));
        peer.Expect("01 03 F1 7F 00 00 00 00");
        peer.Remote = null;
        dialer.Start(attempt);
        peer.Expect(Request);
        dialer.Close();
        Assert.Equal(NngError.Closed, Outcome(attempt));
        peer.Expect("01 03 F1 7F 00 00 00 00");
    }

    [Fact]
    public void D_9_A_closed_pipe_says_goodbye_once()
    {
        (UdpEnd end, SpDialer dialer, RawUdpPeer peer) = Dialled();
        Assert.Equal("127.0.0.1", end.Pipe().Pipe.Transport.LocalAddress.EndPoint!.Address.ToString());
        dialer.Close();
        peer.Expect("01 03 F1 7F 00 00 00 00");
        end.Dispose();
        Assert.False(peer.HasMore);
    }

    /// <summary>A dialer whose request has come.</summary>
    private (UdpEnd End, SpDialer Dialer, Aio Attempt, RawUdpPeer Peer) Dialling(Action<SpDialer>? configure = null)
    {
        UdpEnd end = Use(UdpEnd.Probing(Clock));
        RawUdpPeer peer = Target();
        (SpDialer dialer, Aio attempt) = end.Dial(peer.Url, configure);
        peer.Expect(Request);
        return (end, dialer, attempt, peer);
    }

    /// <summary>A dialer with a pipe.</summary>
    private (UdpEnd End, SpDialer Dialer, RawUdpPeer Peer) Dialled()
    {
        (UdpEnd end, SpDialer dialer, Aio attempt, RawUdpPeer peer) = Dialling();
        peer.Send(Answer);
        Assert.Equal(NngError.None, Outcome(attempt));
        end.Pipe();
        return (end, dialer, peer);
    }
}
