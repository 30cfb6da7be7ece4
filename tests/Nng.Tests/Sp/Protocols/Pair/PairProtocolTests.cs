using System;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Protocols.Pair;

/// <summary>Scenarios S020 to S037 on pair0.</summary>
public sealed class PairProtocolTests : PairScenarios
{
    protected override int Protocol => 0x10;

    protected override string Head => string.Empty;

    protected override NngSocket Open() => new Pair0Socket();

    [Fact]
    public void S020_Bodies_travel_as_they_are()
    {
        var pair = Use(new Pair0Socket());
        RawPeer peer = Peer(pair, 0x10);
        Send(pair, "'abc'");
        peer.ExpectFrame("'abc'");
        peer.SendFrame("00000009 'q'");
        using Message message = pair.Receive(TimeSpan.FromSeconds(10));
        Assert.Equal("0000000971", Hex(message.Body));
        Assert.Equal(0, message.HeaderLength);
    }

    [Fact]
    public void S036_Raw_and_cooked_meet()
    {
        var raw = Use(new RawSocket(RawProtocol.Pair0));
        var cooked = Use(new Pair0Socket());
        Marry(raw, cooked);
        Send(raw, "'r'");
        using (Message plain = cooked.Receive(TimeSpan.FromSeconds(10)))
            Assert.Equal(("72", 0), (Hex(plain.Body), plain.HeaderLength));
        Send(cooked, "'c'");
        using Message message = raw.Receive(TimeSpan.FromSeconds(10));
        Assert.Equal(("63", 0), (Hex(message.Body), message.HeaderLength));
    }

    [Fact]
    public void S037_A_left_over_header_is_not_sent()
    {
        var pair = Use(new Pair0Socket());
        RawPeer peer = Peer(pair, 0x10);
        pair.Send(Msg("80000001", "'body'"));
        peer.ExpectFrame("'body'");
    }
}
