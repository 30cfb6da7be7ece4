using System;
using Nng.Core;
using Nng.Sp;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>What the tests of UDP's rules share: one clock, ends that go by it, raw peers on the loopback.</summary>
public abstract class UdpScenario : Scenario
{
    /// <summary>Requests and answers of the probe protocol, with the defaults of both sides.</summary>
    protected const string Request = "01 01 F1 7F E8 FD 01 00";

    protected const string Answer = "01 02 F1 7F E8 FD 01 00";

    private protected FakeClock Clock { get; } = new();

    /// <summary>A raw peer that a listener has accepted.</summary>
    private protected RawUdpPeer Connected(SpListener listener, string request = Request)
    {
        RawUdpPeer peer = Stranger(listener);
        peer.Send(request);
        peer.Expect(Answer);
        return peer;
    }

    /// <summary>The same, and the pipe to it.</summary>
    private protected (RawUdpPeer Peer, ProbePipe Pipe) Joined(UdpEnd end, SpListener listener, string request = Request) =>
        (Connected(listener, request), end.Pipe());

    /// <summary>A listener of the probe protocol, a raw peer that it has accepted, and the pipe to it.</summary>
    private protected (UdpEnd End, SpListener Listener, RawUdpPeer Peer, ProbePipe Pipe) Joined(
        Action<SpListener>? configure = null,
        bool asksAtOnce = true,
        DatagramNetwork? network = null,
        string request = Request)
    {
        UdpEnd end = Use(UdpEnd.Probing(Clock, asksAtOnce, network));
        SpListener listener = end.Listen(configure);
        (RawUdpPeer peer, ProbePipe pipe) = Joined(end, listener, request);
        return (end, listener, peer, pipe);
    }

    /// <summary>A raw peer that has said nothing yet.</summary>
    private protected RawUdpPeer Stranger(SpListener listener) => Use(new RawUdpPeer(listener.EffectiveUrl));

    /// <summary>A raw peer for a dialer.</summary>
    private protected RawUdpPeer Target() => Use(new RawUdpPeer());

    /// <summary>
    /// Everything that was sent to the listener before has been seen, because another peer's request, which came later
    /// into the same queue, is answered.
    /// </summary>
    private protected void Settle(SpListener listener)
    {
        using var peer = new RawUdpPeer(listener.EffectiveUrl);
        peer.Send(Request);
        peer.Expect("01 .. F1 7F .. .. .. ..");
        peer.Send("01 03 F1 7F 00 00 00 00");
    }

    /// <summary>The peer has got nothing, and will not.</summary>
    private protected void AssertSilent(RawUdpPeer peer, SpListener listener)
    {
        Settle(listener);
        Assert.False(peer.HasMore, "a datagram came back");
    }

    private protected static void Set(SpEndpoint endpoint, string name, OptionValue value) =>
        Assert.Equal(NngError.None, endpoint.SetOption(name, value));

    /// <summary>A message of the probe protocol as a datagram.</summary>
    protected static byte[] Data(ReadOnlySpan<byte> payload)
    {
        byte[] datagram = new byte[8 + payload.Length];
        WireText.Bytes("01 00 F1 7F").CopyTo(datagram, 0);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(datagram.AsSpan(4), (ushort)payload.Length);
        payload.CopyTo(datagram.AsSpan(8));
        return datagram;
    }
}
