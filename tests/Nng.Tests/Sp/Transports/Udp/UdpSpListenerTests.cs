using System;
using System.Collections.Generic;
using System.Threading;
using Nng.Core;
using Nng.Sp;
using Nng.Sp.Transports;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>Listening on UDP, against raw peers (transports sheet, 16.2 and 21.6).</summary>
public sealed class UdpSpListenerTests : UdpScenario
{
    [Fact]
    public void CS_152_153_D_3_A_request_is_answered_and_messages_go_both_ways()
    {
        UdpEnd rep = Use(UdpEnd.Rep(Clock));
        RawUdpPeer peer = Stranger(rep.Listen());
        peer.Send("01 01 30 00 E8 FD 01 00");
        peer.Expect("01 02 31 00 E8 FD 01 00");
        peer.Send("01 00 30 00 08 00 00 00 80 00 00 01 70 69 6E 67");
        using (Message ping = rep.Channel.Receive(Eventually.DefaultTimeoutMs))
            Assert.Equal(WireText.Bytes("'ping'"), ping.Body.ToArray());
        Assert.Equal(NngError.None, rep.Channel.TrySend(Msg("'pong'")));
        // TW-44: parameter 1 is 0.
        peer.Expect("01 00 31 00 08 00 00 00 80 00 00 01 70 6F 6E 67");
    }

    [Theory]
    [InlineData("01 01 F1 7F E8 FD 01 00", 1)]
    [InlineData("01 01 F1 7F E8 FD 03 00", 3)]
    [InlineData("01 01 F1 7F E8 FD 05 00", 5)]
    [InlineData("01 01 F1 7F E8 FD 06 00", 5)]
    [InlineData("01 01 F1 7F E8 FD FF FF", 5)]
    public void D_2_The_answer_has_the_smaller_refresh(string request, int refresh)
    {
        RawUdpPeer peer = Stranger(Use(UdpEnd.Probing(Clock)).Listen());
        peer.Send(request);
        peer.Expect($"01 02 F1 7F E8 FD {refresh:X2} 00");
    }

    [Fact]
    public void D_13_The_answer_has_the_limit_of_this_side()
    {
        SpListener listener = Use(UdpEnd.Probing(Clock)).Listen(l => Set(l, OptionNames.ReceiveMaxSize, OptionValue.Size(0x1234)));
        RawUdpPeer peer = Stranger(listener);
        peer.Send(Request);
        peer.Expect("01 02 F1 7F 34 12 01 00");
    }

    [Fact]
    public void CS_154_D_3_A_refresh_of_zero_is_refused()
    {
        UdpEnd rep = Use(UdpEnd.Rep(Clock));
        SpListener listener = rep.Listen();
        RawUdpPeer peer = Stranger(listener);
        peer.Send("01 01 30 00 E8 FD 00 00");
        peer.Expect("01 03 31 00 05 00 00 00");
        Assert.Equal(0, rep.Socket.PipeCount);
        Assert.Equal(1, listener.Counters.Protocol);
    }

    [Fact]
    public void D_12_A_type_that_is_not_the_peers_is_refused_without_a_pipe()
    {
        UdpEnd rep = Use(UdpEnd.Rep(Clock));
        RawUdpPeer peer = Stranger(rep.Listen());
        peer.Send("01 01 50 00 E8 FD 01 00");
        peer.Expect("01 03 31 00 01 00 00 00");
        Assert.Equal((0, 0L), (rep.Socket.PipeCount, rep.Socket.Rejects));
    }

    [Fact]
    public void CS_162_D_3_Peers_beyond_the_limit_are_refused_until_one_has_left()
    {
        UdpEnd end = Use(UdpEnd.Probing(Clock));
        SpListener listener = end.Listen(l => Set(l, OptionNames.UdpMaxPeers, OptionValue.Size(1)));
        RawUdpPeer first = Connected(listener);
        RawUdpPeer second = Stranger(listener);
        second.Send(Request);
        second.Expect("01 03 F1 7F 08 00 00 00");
        Assert.Equal(1, end.Socket.PipeCount);
        first.Send("01 03 F1 7F 00 00 00 00");
        second.Send(Request);
        second.Expect(Answer);
    }

    [Fact]
    public void D_3_Peers_that_come_and_go_faster_than_the_callbacks_of_their_pipes_do_not_pile_up()
    {
        UdpEnd end = Use(UdpEnd.Probing(Clock));
        using var gate = new ManualResetEventSlim();
        end.Socket.SetEventCallback(PipeEvent.AddPre, (_, _) => gate.Wait());
        SpListener listener = end.Listen(l => Set(l, OptionNames.UdpMaxPeers, OptionValue.Size(4)));
        RawUdpPeer peer = Stranger(listener);
        for (int i = 0; i < 4; i++)
        {
            peer.Send(Request);
            peer.Expect(Answer);
            peer.Send("01 03 F1 7F 00 00 00 00");
        }

        peer.Send(Request);
        peer.Expect("01 03 F1 7F 08 00 00 00");
        Assert.Equal(4, listener.PipeCount);
        gate.Set();
        Eventually.Equal(0, () => listener.PipeCount);
        peer.Send(Request);
        peer.Expect(Answer);
    }

    [Fact]
    public void D_3_No_limit_of_peers_is_zero()
    {
        SpListener listener = Use(UdpEnd.Probing(Clock)).Listen(l => Set(l, OptionNames.UdpMaxPeers, OptionValue.Size(0)));
        for (int i = 0; i < 20; i++)
            Connected(listener);
        Eventually.Equal(20, () => listener.PipeCount);
    }

    [Fact]
    public void D_10_A_peer_that_starts_again_at_its_address_is_the_old_one()
    {
        (_, SpListener listener, RawUdpPeer peer, ProbePipe pipe) = Joined();
        peer.Send(Request);
        peer.Expect(Answer);
        peer.Send(Data("still the same"u8));
        Eventually.Equal(1, () => pipe.Count);
        Assert.Equal(1, listener.Counters.Connections);
    }

    [Fact]
    public void Connections_that_nobody_takes_wait_in_order_and_may_leave()
    {
        using var socket = new ProbeSocket();
        SpListener owner = socket.Listener("udp://127.0.0.1:0");
        new UdpTransport(Nng.Streams.DatagramNetwork.Default, Clock.Expirer).CreateListener(owner, out SpTransportListener? made);
        var listener = (UdpSpListener)made!;
        Assert.Equal(NngError.None, listener.Bind());
        Assert.Equal(NngError.Busy, listener.Bind());
        var peers = new List<RawUdpPeer>();
        for (int i = 0; i < 4; i++)
        {
            RawUdpPeer peer = Use(new RawUdpPeer(listener.EffectiveUrl));
            peer.Send(Request);
            peer.Expect(Answer);
            peers.Add(peer);
        }

        peers[1].Send("01 03 F1 7F 00 00 00 00");
        Eventually.Equal(3, () => listener.PeerCount);
        foreach (int expected in (int[])[0, 2])
        {
            SpTransportPipe pipe = ProbeSocket.PipeOf(ProbeSocket.Begun(listener.Accept));
            Assert.Equal(peers[expected].Local, pipe.RemoteAddress.EndPoint);
            pipe.Close();
            peers[expected].Expect("01 03 F1 7F 00 00 00 00");
        }

        listener.Close();
        peers[3].Expect("01 03 F1 7F 00 00 00 00");
        Assert.Equal(NngError.Closed, ProbeSocket.ResultOf(ProbeSocket.Begun(listener.Accept)));
    }

    [Fact]
    public void An_accept_may_be_taken_back_and_closing_ends_it()
    {
        using var socket = new ProbeSocket();
        SpListener owner = socket.Listener("udp://127.0.0.1:0");
        new UdpTransport().CreateListener(owner, out SpTransportListener? listener);
        Assert.Equal(NngError.None, listener!.Bind());
        Aio accept = ProbeSocket.Begun(listener.Accept);
        accept.Abort(NngError.Canceled);
        Assert.Equal(NngError.Canceled, ProbeSocket.ResultOf(accept));
        accept = ProbeSocket.Begun(listener.Accept);
        listener.Close();
        Assert.Equal(NngError.Closed, ProbeSocket.ResultOf(accept));
        listener.Close();
    }

    [Fact]
    public void D_9_K_13_Closing_tells_every_peer_and_frees_the_address_at_once()
    {
        UdpEnd end = Use(UdpEnd.Probing(Clock));
        SpListener listener = end.Listen();
        RawUdpPeer[] peers = [Connected(listener), Connected(listener), Connected(listener)];
        string url = listener.EffectiveUrl;
        listener.Close();
        foreach (RawUdpPeer peer in peers)
        {
            peer.Expect("01 03 F1 7F 00 00 00 00");
            Assert.False(peer.HasMore, "one goodbye is enough");
        }

        end.Listen(url: url);
    }

    [Fact]
    public void Port_and_address_are_told_after_the_start()
    {
        UdpEnd end = Use(UdpEnd.Probing(Clock));
        end.Socket.CreateListener(NngUrl.Parse("udp://127.0.0.1:0"), out SpListener? listener);
        Assert.Equal(NngError.IncorrectState, listener!.GetOption(OptionNames.BoundPort, out _));
        Assert.Equal(NngError.None, listener.GetOption(OptionNames.LocalAddress, out OptionValue before));
        Assert.Equal(NngAddress.Unspecified, before.Reference);
        Assert.Equal(NngError.None, listener.Start());
        Assert.Equal(NngError.None, listener.GetOption(OptionNames.BoundPort, out OptionValue port));
        Assert.Equal(NngError.None, listener.GetOption(OptionNames.LocalAddress, out OptionValue local));
        Assert.Equal(NngError.None, listener.GetOption(OptionNames.Url, out OptionValue url));
        Assert.Equal($"udp://127.0.0.1:{port.Int}", url.TextValue);
        Assert.Equal($"127.0.0.1:{port.Int}", local.Reference!.ToString());
        Assert.Equal(NngError.IncorrectState, listener.Start());
        Assert.Equal(NngError.ReadOnly, listener.SetOption(OptionNames.BoundPort, OptionValue.Int32(1)));
    }

    [Fact]
    public void A_wildcard_takes_peers_of_both_families()
    {
        using var pull = new PullSocket();
        string url = pull.Listen("udp://:0").Url;
        int port = int.Parse(url[(url.LastIndexOf(':') + 1)..]);
        using var four = new PushSocket();
        using var six = new PushSocket();
        four.Dial($"udp://127.0.0.1:{port}");
        six.Dial($"udp://[::1]:{port}");
        four.Send("4"u8);
        Assert.Equal("4", Recv(pull));
        six.Send("6"u8);
        Assert.Equal("6", Recv(pull));
    }
}
