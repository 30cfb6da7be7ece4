using System;
using System.Collections.Generic;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Protocols.PairV1;

/// <summary>Scenarios S053 to S061: pair1, polyamorous.</summary>
public sealed class PairV1PolyProtocolTests : Scenario
{
    [Fact]
    public void S053_Without_a_pipe_the_oldest_peer_gets_the_message()
    {
        var poly = Use(new Pair1PolySocket());
        var x = new Pair1Socket();
        var y = Use(new Pair1Socket());
        Marry(poly, x);
        Marry(poly, y);
        Send(poly, "'1'");
        Assert.Equal("1", Recv(x));
        x.Dispose();
        Eventually.Equal(1, () => poly.Inner.AttachedCount);
        Send(poly, "'2'");
        Assert.Equal("2", Recv(y));
    }

    [Fact]
    public void S054_A_stamped_message_goes_to_its_peer()
    {
        var poly = Use(new Pair1PolySocket());
        RawPeer x = Peer(poly, 0x11);
        RawPeer y = Peer(poly, 0x11);
        y.SendFrame("00000003 'y'");
        Message fromY = poly.Receive(TimeSpan.FromSeconds(10));
        x.SendFrame("00000002 'x'");
        Message fromX = poly.Receive(TimeSpan.FromSeconds(10));
        poly.Send(fromY);
        y.ExpectFrame("00000001 'y'");
        poly.Send(fromX);
        x.ExpectFrame("00000001 'x'");
    }

    [Fact]
    public void S055_Unknown_destinations_are_dropped()
    {
        var poly = Use(new Pair1PolySocket());
        RawPeer peer = Peer(poly, 0x11);
        RawPeer other = Peer(poly, 0x11);
        peer.SendFrame("00000001 'm'");
        Message message = poly.Receive(TimeSpan.FromSeconds(10));
        peer.Dispose();
        Eventually.Equal(1, () => poly.Inner.AttachedCount);
        poly.Send(message);
        poly.Send(new Message(1) { PipeId = 12345 });
        Assert.Equal(2, poly.DroppedMessages(DropReason.NoSuchPipe));
        other.ExpectNothing();
    }

    [Fact]
    public void S056_Sends_wait_only_before_the_first_peer()
    {
        var poly = Use(new Pair1PolySocket());
        Assert.Equal(NngError.TryAgain, Poll(poly, "'a'"));
        Peer(poly, 0x11).Dispose();
        Eventually.Equal(0, () => poly.Inner.AttachedCount);
        Assert.Equal(NngError.None, Poll(poly, "'b'"));
        Assert.Equal(1, poly.DroppedMessages(DropReason.NoSuchPipe));
    }

    [Fact]
    public void S057_A_slow_peer_keeps_four_of_ten()
    {
        var poly = Use(new Pair1PolySocket());
        var mono = Use(new Pair1Socket());
        Marry(poly, mono);
        for (int i = 0; i < 10; i++)
            Assert.Equal(NngError.None, Poll(poly, $"{i:x2}"));
        for (char i = '\0'; i < 4; i++)
            Assert.Equal(i.ToString(), Got(mono));
        Assert.Null(Got(mono));
        Assert.Equal(6, poly.DroppedMessages(DropReason.SendQueueFull));
    }

    [Fact]
    public void S058_A_slow_peer_costs_the_other_nothing()
    {
        var poly = Use(new Pair1PolySocket());
        var slow = Use(new Pair1Socket());
        var quick = Use(new Pair1Socket());
        Marry(poly, slow);
        int slowId = poly.Pipes[0].Id;
        Marry(poly, quick);
        int quickId = poly.Pipes[0].Id == slowId ? poly.Pipes[1].Id : poly.Pipes[0].Id;
        for (int i = 0; i < 10; i++)
        {
            poly.Send(new Message(1) { PipeId = slowId });
            Message message = Msg($"{i:x2}");
            message.PipeId = quickId;
            poly.Send(message);
            Assert.Equal(((char)i).ToString(), Recv(quick));
        }
    }

    [Fact]
    public void S059_The_mode_can_be_read_on_poly_only()
    {
        var poly = Use(new Pair1PolySocket());
        Assert.True(poly.GetOption<bool>("pair1:polyamorous"));
        Assert.Equal(NngError.ReadOnly, SetError(poly, "pair1:polyamorous", true));
        Assert.Equal(NngError.NotSupported, GetError(Use(new Pair1Socket()), "pair1:polyamorous"));
    }

    [Fact]
    public void S060_Each_peer_keeps_its_order()
    {
        var poly = Use(new Pair1PolySocket());
        RawPeer[] peers = [Peer(poly, 0x11), Peer(poly, 0x11)];
        for (int i = 0; i < 20; i++)
        {
            peers[0].SendFrame($"00000001 0a {i:x2}");
            peers[1].SendFrame($"00000001 0b {i:x2}");
        }

        var next = new Dictionary<byte, byte> { [0x0a] = 0, [0x0b] = 0 };
        for (int i = 0; i < 40; i++)
        {
            using Message message = poly.Receive(TimeSpan.FromSeconds(10));
            Assert.Equal(next[message.Body[0]]++, message.Body[1]);
        }
    }

    [Fact]
    public void S061_Poly_meets_poly()
    {
        var a = Use(new Pair1PolySocket());
        var b = Use(new Pair1PolySocket());
        Marry(a, b);
        Send(a, "'m'");
        Message message = b.Receive(TimeSpan.FromSeconds(10));
        b.Send(message);
        Assert.Equal("m", Recv(a));
        foreach (NngSocket socket in (NngSocket[])[a, b])
            Assert.True(NngStatistics.Snapshot().FindSocket(socket.Id)!.Find("poly")!.BoolValue);
    }
}
