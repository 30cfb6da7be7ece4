using System.Collections.Generic;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Protocols.Pub;

/// <summary>Scenarios S073 to S078: pub0.</summary>
public sealed class PubProtocolTests : Scenario
{
    [Fact]
    public void S073_A_message_is_its_body()
    {
        var pub = Use(new PubSocket());
        RawPeer peer = Peer(pub, 0x21);
        pub.Send(Msg("00000001", "'k:v'"));
        peer.ExpectFrame("'k:v'");
    }

    [Fact]
    public void S074_A_subscriber_that_sends_is_disconnected()
    {
        var pub = Use(new PubSocket());
        RawPeer peer = Peer(pub, 0x21);
        peer.SendFrame("'x'");
        peer.ExpectClosed();
    }

    [Fact]
    public void S075_A_publisher_does_not_receive()
    {
        var pub = Use(new PubSocket());
        Assert.Equal(NngError.NotSupported, PollReceive(pub));
        Assert.Equal(NngError.NotSupported, Outcome(ReceiveAio(pub.Channel)));
    }

    [Fact]
    public void S076_A_stopped_subscriber_loses_the_oldest()
    {
        var pub = Use(new PubSocket(new SocketOptions { SendBuffer = 3 }));
        RawPeer peer = Peer(pub, 0x21);
        for (int i = 0; i < 64; i++)
        {
            var body = new Message(1 << 20);
            body.GetWritableBody()[0] = (byte)i;
            Assert.Equal(NngError.None, pub.Channel.TrySend(body));
        }

        var seen = new List<int>();
        do
        {
            seen.Add(peer.ReadFrame()[0]);
        }
        while (seen[^1] != 63);

        Assert.Equal([61, 62, 63], seen[^3..]);
        for (int i = 0; i < seen.Count - 3; i++)
            Assert.Equal(i, seen[i]);
        Assert.True(seen.Count < 64);
    }

    [Fact]
    public void S077_A_stopped_subscriber_costs_others_nothing()
    {
        var pub = Use(new PubSocket());
        Peer(pub, 0x21);
        RawPeer reading = Peer(pub, 0x21);
        for (int i = 0; i < 40; i++)
        {
            var body = new Message(1 << 20);
            body.GetWritableBody()[0] = (byte)i;
            pub.Send(body);
            Assert.Equal(i, reading.ReadFrame()[0]);
        }
    }

    [Fact]
    public void S078_A_late_subscriber_gets_what_comes_later()
    {
        var pub = Use(new PubSocket());
        Send(pub, "'1'");
        var sub = Use(new SubSocket());
        sub.Subscribe(string.Empty);
        Marry(pub, sub);
        Send(pub, "'2'");
        Assert.Equal(("2", null), (Recv(sub), Got(sub)));
    }
}
