using System;
using System.Linq;
using Nng.Core;
using Nng.Sp;
using Nng.Sp.Transports;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>Keeping a connection, against raw peers and a clock that the test moves (transports sheet, 16.2 and 21.6).</summary>
public sealed class UdpPipeTests : UdpScenario
{
    private readonly UdpEnd _end;
    private readonly SpListener _listener;

    public UdpPipeTests()
    {
        _end = Use(UdpEnd.Probing(Clock));
        _listener = _end.Listen();
    }

    [Fact]
    public void CS_155_D_4_Another_type_closes_the_pipe()
    {
        (RawUdpPeer peer, ProbePipe pipe) = Joined(_end, _listener);
        peer.Send("01 01 50 00 E8 FD 01 00");
        peer.Expect("01 03 F1 7F 01 00 00 00");
        Eventually.True(() => pipe.IsEnded, "the pipe is closed");
        Assert.Equal(NngError.Protocol, pipe.Pipe.CloseReason);
    }

    [Fact]
    public void D_4_A_refresh_of_zero_closes_the_pipe()
    {
        (RawUdpPeer peer, ProbePipe pipe) = Joined(_end, _listener);
        peer.Send("01 01 F1 7F E8 FD 00 00");
        peer.Expect("01 03 F1 7F 05 00 00 00");
        Eventually.True(() => pipe.IsEnded, "the pipe is closed");
    }

    [Fact]
    public void D_4_A_request_only_shortens_the_refresh()
    {
        RawUdpPeer peer = Stranger(_listener);
        foreach ((string request, string answer) in (ReadOnlySpan<(string, string)>)
            [("05", "05"), ("07", "05"), ("03", "03"), ("05", "03"), ("01", "01"), ("03", "01")])
        {
            peer.Send($"01 01 F1 7F E8 FD {request} 00");
            peer.Expect($"01 02 F1 7F E8 FD {answer} 00");
        }

        // And with it the patience: five seconds, not twenty-five.
        Clock.Advance(5001);
        peer.Expect("01 03 F1 7F 06 00 00 00");
    }

    [Fact]
    public void D_4_The_limit_of_the_peer_is_that_of_its_first_request()
    {
        RawUdpPeer peer = Connected(_listener, "01 01 F1 7F 04 00 01 00");
        peer.Send("01 01 F1 7F 08 00 01 00");
        peer.Expect(Answer);
        ProbePipe pipe = _end.Pipe();
        Assert.True(pipe.Send(Msg("'12345'")));
        Assert.True(pipe.Send(Msg("'1234'")));
        peer.Expect("01 00 F1 7F 04 00 00 00 31 32 33 34");
        Assert.Equal(1, _end.Count(_listener, "snd_toobig"));
    }

    [Fact]
    public void D_6_An_answer_counts_at_a_listener_too()
    {
        (RawUdpPeer peer, ProbePipe pipe) = Joined(_end, _listener, "01 01 F1 7F 04 00 01 00");
        // It raises the limit and the patience.
        peer.Send("01 02 F1 7F 08 00 05 00");
        Settle(_listener);
        Assert.True(pipe.Send(Msg("'12345'")));
        peer.Expect("01 00 F1 7F 05 00 00 00 31 32 33 34 35");
        Clock.Advance(24_000);
        Eventually.Stays(() => !pipe.IsEnded, "twenty-five seconds have not passed");
        Clock.Advance(2000);
        peer.Expect("01 03 F1 7F 06 00 00 00");
    }

    [Theory]
    [InlineData("01 02 50 00 E8 FD 01 00", 1)]
    [InlineData("01 02 F1 7F E8 FD 00 00", 5)]
    public void D_6_An_answer_that_is_wrong_closes_the_pipe(string answer, int reason)
    {
        (RawUdpPeer peer, ProbePipe pipe) = Joined(_end, _listener);
        peer.Send(answer);
        peer.Expect($"01 03 F1 7F {reason:X2} 00 00 00");
        Eventually.True(() => pipe.IsEnded, "the pipe is closed");
    }

    [Fact]
    public void D_6_An_answer_from_a_stranger_is_ignored()
    {
        RawUdpPeer stranger = Stranger(_listener);
        stranger.Send(Answer);
        AssertSilent(stranger, _listener);
    }

    [Fact]
    public void CS_161_D_8_A_silent_peer_is_given_up_and_the_others_stay()
    {
        RawUdpPeer silent = Connected(_listener);
        ProbePipe pipe = _end.Pipe();
        RawUdpPeer lively = Connected(_listener);
        Clock.Advance(3000);
        lively.Send(Request);
        lively.Expect(Answer);
        Clock.Advance(2000);
        Eventually.Stays(() => !pipe.IsEnded, "five seconds have not passed");
        Clock.Advance(1);
        silent.Expect("01 03 F1 7F 06 00 00 00");
        Eventually.True(() => pipe.IsEnded, "the pipe is closed");
        Assert.Equal(NngError.TimedOut, pipe.Pipe.CloseReason);
        Eventually.Equal(1, () => _end.Socket.AttachedCount);
        lively.Send(Request);
        lively.Expect(Answer);
        Eventually.Equal(1, () => _listener.Counters.TimedOut);
    }

    [Fact]
    public void D_8_The_listener_never_begins_and_messages_keep_the_connection()
    {
        (RawUdpPeer peer, ProbePipe pipe) = Joined(_end, _listener);
        for (int i = 1; i <= 5; i++)
        {
            Clock.Advance(4000);
            peer.Send(Data("alive"u8));
            Eventually.Equal(i, () => pipe.Count);
        }

        Assert.False(peer.HasMore);
        Assert.False(pipe.IsEnded);
    }

    [Fact]
    public void D_7_A_goodbye_closes_the_pipe_and_is_not_answered()
    {
        (RawUdpPeer peer, ProbePipe pipe) = Joined(_end, _listener);
        peer.Send("01 03 F1 7F 00 00 00 00");
        Eventually.True(() => pipe.IsEnded, "the pipe is closed");
        Assert.Equal(NngError.ConnectionShutdown, pipe.Pipe.CloseReason);
        AssertSilent(peer, _listener);
        peer.Send("01 03 F1 7F 00 00 00 00");
        AssertSilent(peer, _listener);
    }

    [Fact]
    public void D_7_TW_40_A_goodbye_of_another_type_is_ignored()
    {
        RawUdpPeer peer = Connected(_listener);
        peer.Send("01 03 50 00 00 00 00 00");
        peer.Send(Request);
        peer.Expect(Answer);
        Assert.False(_end.Pipe().IsEnded);
    }

    [Fact]
    public void D_4_A_request_that_finds_its_pipe_closed_is_not_answered()
    {
        RawUdpPeer peer = Connected(_listener);
        SpPipe pipe = _end.Pipe().Pipe;
        pipe.Close(NngError.Closed);
        peer.Expect("01 03 F1 7F 00 00 00 00");
        ((UdpPipe)pipe.Transport).OnRefresh(new UdpHeader(UdpOpcode.Request, ProbeProtocol.Number, 65_000, 1));
        AssertSilent(peer, _listener);
    }

    [Fact]
    public void D_9_A_closed_pipe_says_goodbye_once()
    {
        (RawUdpPeer peer, ProbePipe pipe) = Joined(_end, _listener);
        pipe.Pipe.Close(NngError.Closed);
        peer.Expect("01 03 F1 7F 00 00 00 00");
        pipe.Pipe.Transport.Close();
        AssertSilent(peer, _listener);
        // What is posted now is dropped.
        Assert.False(pipe.Pipe.Transport.Post(Msg("'late'")));
        pipe.Pipe.Kick();
        AssertSilent(peer, _listener);
        Assert.Equal(1, _end.Socket.Traffic.Drops(DropReason.Unsent));
    }

    [Fact]
    public void D_21_A_pipe_knows_its_limit_and_both_addresses()
    {
        RawUdpPeer peer = Connected(_listener);
        SpPipe pipe = _end.Pipe().Pipe;
        Assert.Equal(peer.Local, pipe.Transport.RemoteAddress.EndPoint);
        Assert.Equal(NngError.None, pipe.GetOption(OptionNames.RemoteAddress, out OptionValue remote));
        Assert.Equal(peer.Local, ((NngAddress)remote.Reference!).EndPoint);
        Assert.Equal(NngError.None, pipe.GetOption(OptionNames.LocalAddress, out OptionValue local));
        Assert.Equal(_listener.EffectiveUrl, $"udp://{local.Reference}");
        Assert.Equal(NngError.None, pipe.GetOption(OptionNames.ReceiveMaxSize, out OptionValue limit));
        Assert.Equal(65_000, limit.Number);
        Assert.Equal(NngError.NotSupported, pipe.Transport.GetOption(OptionNames.TcpNoDelay, out _));
    }
}
