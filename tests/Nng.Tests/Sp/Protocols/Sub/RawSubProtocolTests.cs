using System;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Protocols.Sub;

/// <summary>Scenarios S098 to S100: sub0, raw.</summary>
public sealed class RawSubProtocolTests : Scenario
{
    [Fact]
    public void S098_The_queue_holds_one_and_drops_the_newest()
    {
        var sub = Use(new RawSocket(RawProtocol.Sub));
        RawPeer peer = Peer(sub, 0x20);
        for (int i = 1; i <= 5; i++)
            peer.SendFrame([(byte)('0' + i)]);
        Eventually.Equal(4L, () => sub.DroppedMessages(DropReason.ReceiveQueueFull));
        Assert.Equal(("1", null), (Got(sub), Got(sub)));
    }

    [Fact]
    public void S099_Without_a_queue_only_waiting_receives_are_served()
    {
        var sub = Use(new RawSocket(RawProtocol.Sub, new SocketOptions { ReceiveBuffer = 0 }));
        RawPeer peer = Peer(sub, 0x20);
        peer.SendFrame("'1'");
        Eventually.Equal(1L, () => sub.DroppedMessages(DropReason.ReceiveQueueFull));
        Aio receive = ReceiveAio(sub.Channel);
        peer.SendFrame("'2'");
        Assert.Equal(NngError.None, Outcome(receive));
        Assert.Equal("2", Text(receive.Message!));
    }

    [Fact]
    public void S100_Everything_is_delivered()
    {
        var sub = Use(new RawSocket(RawProtocol.Sub));
        RawPeer peer = Peer(sub, 0x20);
        peer.SendFrame("'anything'");
        Assert.Equal("anything", Recv(sub));
        peer.SendFrame(string.Empty);
        Assert.Equal(string.Empty, Recv(sub));
    }
}
