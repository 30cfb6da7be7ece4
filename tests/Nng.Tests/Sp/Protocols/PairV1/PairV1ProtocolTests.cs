using System;
using System.Collections.Generic;
using Nng.Sp.Protocols;
using Nng.TestKit;
using Nng.Tests.Sp.Protocols.Pair;
using Xunit;

namespace Nng.Tests.Sp.Protocols.PairV1;

/// <summary>Scenarios S038 to S052 on pair1; the pair scenarios again are S052.</summary>
public sealed class PairV1ProtocolTests : PairScenarios
{
    protected override int Protocol => 0x11;

    protected override string Head => "00000001";

    protected override NngSocket Open() => new Pair1Socket();

    [Fact]
    public void S038_A_cooked_send_starts_with_one_hop()
    {
        var pair = Use(new Pair1Socket());
        RawPeer peer = Peer(pair, 0x11);
        Send(pair, "'x'");
        peer.ExpectFrame("00000001 'x'");
    }

    [Fact]
    public void S039_The_received_count_is_the_header_and_is_not_sent_back()
    {
        var pair = Use(new Pair1Socket());
        RawPeer peer = Peer(pair, 0x11);
        peer.SendFrame("00000005 'y'");
        Message message = pair.Receive(TimeSpan.FromSeconds(10));
        Assert.Equal(("79", "00000005"), (Hex(message.Body), Hex(message.Header)));
        pair.Send(message);
        peer.ExpectFrame("00000001 'y'");
    }

    [Theory]
    [InlineData("'abc'")]
    [InlineData("00000100 'z'")]
    public void S040_S041_Malformed_counts_close_the_pipe_and_receives_stay(string malformed)
    {
        var pair = Use(new Pair1Socket());
        RawPeer peer = Peer(pair, 0x11);
        Aio receive = ReceiveAio(pair.Channel);
        peer.SendFrame(malformed);
        peer.ExpectClosed();
        Eventually.Equal(1L, () => pair.DroppedMessages(DropReason.Malformed));
        Assert.True(receive.IsBusy);
        Eventually.Equal(0, () => pair.Inner.AttachedCount);
        Peer(pair, 0x11).SendFrame("00000001 'ok'");
        Assert.Equal(NngError.None, Outcome(receive));
        Assert.Equal("ok", Text(receive.Message!));
    }

    [Fact]
    public void S042_Too_many_hops_drop_the_message_only()
    {
        var pair = Use(new Pair1Socket(new SocketOptions { MaxTtl = 15 }));
        RawPeer peer = Peer(pair, 0x11);
        peer.SendFrame("000000ff 'd'");
        peer.SendFrame("00000001 'e'");
        Assert.Equal("e", Recv(pair));
        Assert.Equal(1, pair.DroppedMessages(DropReason.TtlExceeded));
        Assert.Equal(1, NngStatistics.Snapshot().FindSocket(pair.Id)!.Find("ttl_drop")!.Value);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(15)]
    public void S043_The_limit_itself_is_accepted(int limit)
    {
        var pair = Use(new Pair1Socket(new SocketOptions { MaxTtl = limit }));
        RawPeer peer = Peer(pair, 0x11);
        peer.SendFrame($"{limit + 1:x8} 'n'");
        peer.SendFrame($"{limit:x8} 'y'");
        Assert.Equal("y", Recv(pair));
    }

    [Fact]
    public void S044_A_count_of_zero_is_accepted()
    {
        var pair = Use(new Pair1Socket());
        Peer(pair, 0x11).SendFrame("00000000 '0'");
        using Message message = pair.Receive(TimeSpan.FromSeconds(10));
        Assert.Equal(("00000000", "30"), (Hex(message.Header), Hex(message.Body)));
    }

    [Fact]
    public void S045_A_raw_send_needs_a_count_it_can_increment()
    {
        var raw = Use(new RawSocket(RawProtocol.Pair1));
        foreach (string header in (string[])["", "000000", "0000000100000002", "000000ff", "00000100"])
        {
            Aio aio = SendAio(raw.Channel, Msg(header, "'b'"));
            Assert.Equal(NngError.Protocol, Outcome(aio));
            Assert.Equal("b", Text(aio.Message!));
        }

        Assert.Equal(5, ((PairV1Protocol)raw.Inner.Protocol).Counters.TxMalformed);
        Assert.Equal(NngError.Protocol, Assert.Throws<NngException>(() => raw.Send("no count"u8)).Error);
        Assert.Equal(6, ((PairV1Protocol)raw.Inner.Protocol).Counters.TxMalformed);
    }

    [Fact]
    public void S046_S047_A_raw_socket_adds_one_hop()
    {
        var raw = Use(new RawSocket(RawProtocol.Pair1));
        RawPeer peer = Peer(raw, 0x11);
        raw.Send(Msg("000000fe", "'a'"));
        peer.ExpectFrame("000000ff 'a'");
        raw.Send(Msg("00000000", "'b'"));
        peer.ExpectFrame("00000001 'b'");
        peer.SendFrame("00000003 'f'");
        Message message = raw.Receive(TimeSpan.FromSeconds(10));
        Assert.Equal("00000003", Hex(message.Header));
        raw.Send(message);
        peer.ExpectFrame("00000004 'f'");
    }

    [Fact]
    public void S048_A_raw_send_that_times_out_keeps_its_header()
    {
        var raw = Use(new RawSocket(RawProtocol.Pair1));
        Aio aio = SendAio(raw.Channel, Msg("00000002", "'b'"), timeoutMs: 50);
        Assert.Equal(NngError.TimedOut, Outcome(aio));
        Assert.Equal("00000002", Hex(aio.Message!.Header));
    }

    [Theory]
    [InlineData(7, 8, true)]
    [InlineData(8, 8, false)]
    [InlineData(8, 9, true)]
    public void S049_Every_device_is_a_hop(int devices, int limit, bool delivered)
    {
        var left = Use(new Pair1Socket());
        NngSocket end = left;
        for (int i = 0; i < devices; i++)
        {
            var front = Use(new RawSocket(RawProtocol.Pair1));
            var back = Use(new RawSocket(RawProtocol.Pair1));
            Marry(end, front);
            Device.Start(new Aio(), front, back);
            end = back;
        }

        var right = Use(new Pair1Socket(new SocketOptions { MaxTtl = limit }));
        Marry(end, right);
        Send(left, "'m'");
        if (delivered)
        {
            using Message message = right.Receive(TimeSpan.FromSeconds(10));
            Assert.Equal($"{devices + 1:x8}", Hex(message.Header));
        }
        else
        {
            Eventually.Equal(1L, () => right.DroppedMessages(DropReason.TtlExceeded));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void S050_Pair0_and_pair1_do_not_meet(bool zeroListens)
    {
        var zero = Use(new Pair0Socket(new SocketOptions { ReconnectTimeMin = TimeSpan.FromMilliseconds(10) }));
        var one = Use(new Pair1Socket(new SocketOptions { ReconnectTimeMin = TimeSpan.FromMilliseconds(10) }));
        NngSocket listener = zeroListens ? zero : one;
        NngSocket dialer = zeroListens ? one : zero;
        dialer.DialInBackground(listener.Listen(ScratchUrl.TcpPortZero()).Url);
        Eventually.True(() => zero.Inner.Rejects > 0 && one.Inner.Rejects > 0);
        Assert.True(((PairV1Protocol)one.Inner.Protocol).Counters.Mismatch > 0);
    }

    [Fact]
    public void S051_A_second_peer_counts_as_already_connected()
    {
        var pair = Use(new Pair1Socket());
        Peer(pair, 0x11);
        using RawPeer second = RawPeer.DialAs(UrlOf(pair), 0x11);
        second.ExpectClosed();
        Eventually.Equal(1L, () => pair.Inner.Rejects);
        Assert.Equal(1, ((PairV1Protocol)pair.Inner.Protocol).Counters.Already);
    }
}
