using System;
using System.Collections.Generic;
using System.Linq;
using Nng.Core;
using Nng.Sp;
using Nng.TestKit;
using Nng.Tests.Core;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>The log events of UDP (transports sheet, D-8 and D-9).</summary>
[Collection(LoggerCollection.Name)]
public sealed class UdpLogTests : UdpScenario
{
    private readonly RecordingLogger _logger = new();

    public UdpLogTests() => NngLog.Logger = _logger;

    public override void Dispose()
    {
        NngLog.Logger = null;
        base.Dispose();
    }

    [Fact]
    public void D_8_A_peer_that_is_given_up_is_named()
    {
        (UdpEnd end, _, RawUdpPeer peer, _) = Joined();
        Clock.Advance(5001);
        peer.Expect("01 03 F1 7F 06 00 00 00");
        Assert.Contains($"127.0.0.1:{peer.Local.Port}", Text(end, "NNG-UDP-INACTIVE"), StringComparison.Ordinal);
    }

    [Fact]
    public void D_9_Datagrams_that_did_not_leave_are_counted()
    {
        var network = new HoldingNetwork();
        (UdpEnd end, SpListener listener, _, ProbePipe pipe) = Joined(network: network);
        network.HoldsUp = true;
        pipe.Send(Msg("'one'"));
        pipe.Send(Msg("'two'"));
        listener.Close();
        Assert.Empty(Entries(end, "NNG-UDP-LINGER"));
        Clock.Advance(501);
        Eventually.Equal(1, () => Entries(end, "NNG-UDP-LINGER").Length);
        // Two messages and the goodbye.
        Assert.Contains(" 3 datagrams", Text(end, "NNG-UDP-LINGER"), StringComparison.Ordinal);
        Eventually.Equal(2, () => end.Socket.Traffic.Drops(DropReason.Unsent));
    }

    [Fact]
    public void An_error_of_our_own_is_told_and_survived()
    {
        var network = new HoldingNetwork();
        UdpEnd end = Use(UdpEnd.Probing(Clock, network: network));
        RawUdpPeer peer = Connected(end.Listen());
        network.FailReceive(new OutOfMemoryException());
        for (int i = 0; i < 2; i++)
        {
            peer.Send(Request);
            peer.Expect(Answer);
        }

        Assert.IsType<OutOfMemoryException>(Assert.Single(Entries(end, "NNG-UDP-FAIL")).Exception);
    }

    [Fact]
    public void D_12_A_stranger_that_is_refused_is_named()
    {
        UdpEnd end = Use(UdpEnd.Probing(Clock));
        SpListener listener = end.Listen();
        RawUdpPeer stranger = Stranger(listener);
        stranger.Send("01 01 50 00 E8 FD 01 00");
        stranger.Expect("01 03 F1 7F 01 00 00 00");
        Assert.Contains($"127.0.0.1:{stranger.Local.Port}", Text(end, "NNG-ACCEPT-FAIL"), StringComparison.Ordinal);
    }

    private string Text(UdpEnd end, string id) => Assert.Single(Entries(end, id)).Text;

    private RecordingLogger.Entry[] Entries(UdpEnd end, string id) => [.. _logger.Entries.Where(
        e => e.Id.Name == id && Equals(e.Values.GetValueOrDefault("Socket"), end.Socket.Id))];
}
