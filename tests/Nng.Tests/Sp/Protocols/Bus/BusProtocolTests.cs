using System;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Protocols.Bus;

/// <summary>Scenarios S062 to S072: bus0, cooked and raw.</summary>
public sealed class BusProtocolTests : Scenario
{
    private const int MiB = 1 << 20;

    [Fact]
    public void S062_A_message_reaches_direct_peers_only()
    {
        var hub = Use(new BusSocket());
        var one = Use(new BusSocket());
        var two = Use(new BusSocket());
        Marry(hub, one);
        Marry(hub, two);
        Send(hub, "'h'");
        Assert.Equal(("h", "h", null), (Recv(one), Recv(two), Got(hub)));
        Send(one, "'1'");
        Assert.Equal(("1", null, null), (Recv(hub), Got(one), Got(two)));
    }

    [Fact]
    public void S063_A_send_without_peers_is_accepted()
    {
        var bus = Use(new BusSocket());
        Assert.Equal(NngError.None, Poll(bus, "'x'"));
        foreach (int timeoutMs in (int[])[0, 50, Aio.Infinite])
            Assert.Equal(NngError.None, Outcome(SendAio(bus.Channel, Msg("'x'"), timeoutMs)));
    }

    [Fact]
    public void S064_A_cooked_send_drops_the_header()
    {
        var bus = Use(new BusSocket());
        RawPeer peer = Peer(bus, 0x70);
        bus.Send(Msg("00000001", "'b'"));
        peer.ExpectFrame("'b'");
    }

    [Fact]
    public void S065_S066_A_raw_send_leaves_out_the_pipe_its_header_names()
    {
        var raw = Use(new RawSocket(RawProtocol.Bus));
        var one = Use(new BusSocket());
        var two = Use(new BusSocket());
        Marry(raw, one);
        int first = raw.Pipes[0].Id;
        Marry(raw, two);
        Send(one, "'m'");
        Message message = raw.Receive(TimeSpan.FromSeconds(10));
        Assert.Equal($"{first:x8}", Hex(message.Header));
        raw.Send(message);
        Assert.Equal(("m", null), (Recv(two), Got(one)));
        Send(raw, "'n'");
        Assert.Equal(("n", "n"), (Recv(one), Recv(two)));
        raw.Send(Msg("00000000", "'u'"));
        Assert.Equal(("u", "u"), (Recv(one), Recv(two)));
    }

    [Fact]
    public void S067_A_full_receive_buffer_drops_the_newest()
    {
        var bus = Use(new BusSocket(new SocketOptions { ReceiveBuffer = 4 }));
        RawPeer peer = Peer(bus, 0x70);
        for (int i = 0; i < 10; i++)
            peer.SendFrame([(byte)('0' + i)]);
        Eventually.Equal(6L, () => bus.DroppedMessages(DropReason.ReceiveQueueFull));
        Assert.Equal(("0", "1", "2", "3", null), (Got(bus), Got(bus), Got(bus), Got(bus), Got(bus)));
    }

    [Fact]
    public void S068_S069_S071_A_stopped_peer_loses_the_newest_and_costs_others_nothing()
    {
        var bus = Use(new BusSocket(new SocketOptions { SendBuffer = 2 }));
        RawPeer stopped = Peer(bus, 0x70);
        RawPeer reading = Peer(bus, 0x70);
        for (int i = 0; i < 64; i++)
        {
            var body = new Message(MiB);
            body.GetWritableBody()[0] = (byte)i;
            Assert.Equal(NngError.None, bus.Channel.TrySend(body));
            Assert.True(bus.SendReadiness.IsSet);
            Assert.Equal(i, reading.ReadFrame()[0]);
        }

        int next = 0;
        int received = 64 - (int)bus.DroppedMessages(DropReason.SendQueueFull);
        Assert.InRange(received, 3, 63);
        while (next < received)
            Assert.Equal(next++, stopped.ReadFrame()[0]);
        stopped.ExpectNothing();
    }

    [Fact]
    public void S070_A_reflector_rebroadcasts_to_all_but_the_sender()
    {
        var raw = Use(new RawSocket(RawProtocol.Bus));
        BusSocket[] leaves = [Use(new BusSocket()), Use(new BusSocket()), Use(new BusSocket())];
        foreach (BusSocket leaf in leaves)
            Marry(raw, leaf);
        Device.Start(new Aio(), raw, null);
        Send(leaves[0], "'a'");
        Assert.Equal(("a", "a", null), (Recv(leaves[1]), Recv(leaves[2]), Got(leaves[0])));
        Send(leaves[2], "'c'");
        Assert.Equal(("c", "c", null), (Recv(leaves[0]), Recv(leaves[1]), Got(leaves[2])));
    }

    [Fact]
    public void S071_Receive_readiness_is_a_level()
    {
        var bus = Use(new BusSocket());
        var peer = Use(new BusSocket());
        Marry(bus, peer);
        Assert.False(bus.ReceiveReadiness.IsSet);
        Send(peer, "'x'");
        Assert.True(bus.ReceiveReadiness.IsSet);
        Assert.Equal("x", Got(bus));
        Assert.False(bus.ReceiveReadiness.IsSet);
    }

    [Fact]
    public void S072_An_aborted_receive_takes_no_message()
    {
        var bus = Use(new BusSocket());
        var peer = Use(new BusSocket());
        Marry(bus, peer);
        Aio receive = ReceiveAio(bus.Channel);
        receive.Cancel();
        Assert.Equal(NngError.Canceled, Outcome(receive));
        Send(peer, "'x'");
        Assert.Equal("x", Got(bus));
    }
}
