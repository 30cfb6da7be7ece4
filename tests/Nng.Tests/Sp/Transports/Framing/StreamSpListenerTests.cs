using System;
using System.Collections.Generic;
using Nng.Core;
using Nng.Sp;
using Nng.Sp.Transports;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>Accepting and negotiating with many at once, against raw peers.</summary>
public sealed class StreamSpListenerTests : IDisposable
{
    private readonly ProbeSocket _socket = new();
    private readonly SpListener _owner;
    private readonly StreamSpListener _listener;
    private readonly List<RawPeer> _peers = [];

    public StreamSpListenerTests()
    {
        _owner = _socket.Listener("tcp://127.0.0.1:0");
        Assert.Equal(NngError.None, TcpListener.Create(_owner.Url, out TcpListener? stream));
        _listener = new StreamSpListener(_owner, stream!, PipeKind.Plain);
    }

    public void Dispose()
    {
        _listener.Close();
        foreach (RawPeer peer in _peers)
            peer.Dispose();
        _socket.Dispose();
    }

    [Fact]
    public void An_accept_ends_with_the_next_peer_whose_handshake_is_done()
    {
        Bind();
        Aio accept = ProbeSocket.Begun(_listener.Accept);
        RawPeer peer = Dial();
        peer.ExpectHex("00 53 50 00 7F F1 00 00");
        peer.SendHex("00 53 50 00 00 51 00");
        Eventually.Stays(() => accept.IsBusy, "seven bytes are not a handshake");
        peer.SendHex("00");
        SpTransportPipe pipe = ProbeSocket.PipeOf(accept);
        Assert.Equal(0x51, pipe.PeerProtocol);
        pipe.Close();
    }

    [Fact]
    public void Effective_url_has_the_real_port()
    {
        Assert.Equal("tcp://127.0.0.1:0", _listener.EffectiveUrl);
        Bind();
        Assert.DoesNotContain(":0", _listener.EffectiveUrl);
        Assert.Equal(NngError.None, _listener.GetOption("url", out OptionValue url));
        Assert.Equal(_listener.EffectiveUrl, url.TextValue);
        Assert.Equal(NngError.None, _listener.GetOption("tcp-bound-port", out OptionValue port));
        Assert.EndsWith($":{port.Int}", _listener.EffectiveUrl);
    }

    [Fact]
    public void F_7_Silent_peers_delay_nobody()
    {
        Bind();
        for (int i = 0; i < 50; i++)
            Dial();
        Aio accept = ProbeSocket.Begun(_listener.Accept);
        Dial().Handshake(0x51);
        ProbeSocket.PipeOf(accept).Close();
    }

    [Fact]
    public void Done_negotiations_wait_in_order_for_their_accept()
    {
        Bind();
        var expected = new List<ushort>();
        for (ushort number = 1; number <= 5; number++)
        {
            RawPeer peer = Dial();
            peer.Handshake(number);
            peer.Send([1]);
            expected.Add(number);
            Eventually.Equal((int)number, () => _listener.ReadyCount);
        }

        foreach (ushort number in expected)
        {
            SpTransportPipe pipe = ProbeSocket.PipeOf(ProbeSocket.Begun(_listener.Accept));
            Assert.Equal(number, pipe.PeerProtocol);
            pipe.Close();
        }
    }

    [Fact]
    public void TW_3_Failed_handshakes_are_counted_and_the_accept_waits_on()
    {
        Bind();
        Aio accept = ProbeSocket.Begun(_listener.Accept);
        for (int i = 0; i < 5; i++)
        {
            using RawPeer bad = RawPeer.Dial(_listener.EffectiveUrl);
            bad.Send("GET / HT"u8);
            bad.DrainUntilClosed();
        }

        Eventually.Equal(5L, () => _owner.Counters.Protocol);
        Assert.True(accept.IsBusy);
        Dial().Handshake(0x51);
        ProbeSocket.PipeOf(accept).Close();
    }

    [Fact]
    public void Closing_ends_accept_negotiations_and_untaken_connections()
    {
        Bind();
        RawPeer negotiating = Dial();
        RawPeer untaken = Dial();
        untaken.Handshake(0x51);
        Eventually.Equal(1, () => _listener.ReadyCount);
        negotiating.Read(8);
        _listener.Close();
        negotiating.ExpectClosed();
        untaken.ExpectClosed();
        Assert.Equal(NngError.Closed, ProbeSocket.ResultOf(ProbeSocket.Begun(_listener.Accept)));
    }

    [Fact]
    public void Closing_ends_a_waiting_accept()
    {
        Bind();
        Aio accept = ProbeSocket.Begun(_listener.Accept);
        _listener.Close();
        Assert.Equal(NngError.Closed, ProbeSocket.ResultOf(accept));
    }

    [Fact]
    public void A_cancelled_accept_leaves_its_connection_to_the_next()
    {
        Bind();
        Aio cancelled = ProbeSocket.Begun(_listener.Accept);
        cancelled.Cancel();
        Assert.Equal(NngError.Canceled, ProbeSocket.ResultOf(cancelled));
        Dial().Handshake(0x51);
        ProbeSocket.PipeOf(ProbeSocket.Begun(_listener.Accept)).Close();
    }

    [Fact]
    public void K_13_The_address_is_free_as_soon_as_close_returns()
    {
        Bind();
        string url = _listener.EffectiveUrl;
        Dial().Handshake(0x51);
        _listener.Close();
        TcpListener.Create(NngUrl.Parse(url), out TcpListener? again);
        Assert.Equal(NngError.None, again!.Listen());
        again.Close();
    }

    private void Bind() => Assert.Equal(NngError.None, _listener.Bind());

    private RawPeer Dial()
    {
        RawPeer peer = RawPeer.Dial(_listener.EffectiveUrl);
        _peers.Add(peer);
        return peer;
    }
}
