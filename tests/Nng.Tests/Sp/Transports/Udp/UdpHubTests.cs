using Nng.Core;
using Nng.Sp;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>What a listener makes of datagrams that are none of its own, and of those who send them (D-16, TW-40).</summary>
public sealed class UdpHubTests : UdpScenario
{
    private readonly UdpEnd _end;
    private readonly SpListener _listener;

    public UdpHubTests()
    {
        _end = Use(UdpEnd.Probing(Clock));
        _listener = _end.Listen();
    }

    [Theory]
    [InlineData("01 00 30 00")]
    [InlineData("")]
    [InlineData("02 01 F1 7F E8 FD 01 00")]
    [InlineData("00 01 F1 7F E8 FD 01 00")]
    public void CS_158_D_16_What_is_short_or_of_another_version_is_ignored(string datagram)
    {
        RawUdpPeer stranger = Stranger(_listener);
        stranger.Send(datagram);
        AssertSilent(stranger, _listener);
        RawUdpPeer peer = Connected(_listener);
        peer.Send(datagram);
        AssertSilent(peer, _listener);
        Assert.Equal(0, _listener.Counters.Protocol);
    }

    [Theory]
    [InlineData("04")]
    [InlineData("05")]
    [InlineData("FF")]
    public void CS_159_D_16_An_opcode_that_is_none_closes_the_pipe_of_a_peer(string opcode)
    {
        (RawUdpPeer peer, ProbePipe pipe) = Joined(_end, _listener);
        peer.Send($"01 {opcode} F1 7F 00 00 00 00");
        peer.Expect("01 03 F1 7F 07 00 00 00");
        Eventually.True(() => pipe.IsEnded, "the pipe is closed");
        Assert.Equal(NngError.Protocol, pipe.Pipe.CloseReason);
    }

    [Fact]
    public void D_16_TW_40_Strangers_get_no_answer_to_an_opcode_that_is_none()
    {
        RawUdpPeer stranger = Stranger(_listener);
        for (int opcode = 4; opcode < 256; opcode++)
            stranger.Send($"01 {opcode:X2} F1 7F 00 00 01 00");
        AssertSilent(stranger, _listener);
    }

    [Fact]
    public void What_follows_a_request_is_ignored()
    {
        RawUdpPeer peer = Connected(_listener, Request + " 'and more'");
        peer.Send("01 03 F1 7F 00 00 00 00 'goodbye'");
        Eventually.Equal(0, () => _end.Socket.PipeCount);
    }
}
