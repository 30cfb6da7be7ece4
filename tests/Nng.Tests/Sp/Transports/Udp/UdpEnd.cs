using System;
using Nng.Sockets;
using Nng.Sp;
using Nng.Sp.Protocols;
using Nng.Sp.Transports;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>A socket whose UDP goes by a clock that the test moves.</summary>
internal sealed class UdpEnd : IDisposable
{
    private UdpEnd(FakeClock clock, Func<SpSocket, SpProtocol> protocol, DatagramNetwork? network)
    {
        Clock = clock;
        var transport = new UdpTransport(network ?? DatagramNetwork.Default, clock.Expirer);
        Socket = new SpSocket(protocol, SpPolicy.Managed, _ => transport);
        Channel = new MessageChannel(Socket);
    }

    public FakeClock Clock { get; }

    public SpSocket Socket { get; }

    public MessageChannel Channel { get; }

    /// <summary>The pipes in the hands of the test; null for sockets of real protocols.</summary>
    public ProbeProtocol? Probe { get; private init; }

    public static UdpEnd Req(FakeClock clock, DatagramNetwork? network = null) =>
        new(clock, static s => new ReqProtocol(s), network);

    public static UdpEnd Rep(FakeClock clock) => new(clock, static s => new ReplierProtocol(s, ProtocolIds.Rep), null);

    public static UdpEnd Pub(FakeClock clock) => new(clock, static s => new PubProtocol(s, raw: false), null);

    public static UdpEnd Pair(FakeClock clock) => new(clock, static s => new PairProtocol(s, raw: false), null);

    /// <summary>A socket of the probe protocol: bytes <c>F1 7F</c> on the wire, both ways.</summary>
    public static UdpEnd Probing(FakeClock clock, bool asksAtOnce = true, DatagramNetwork? network = null)
    {
        ProbeProtocol? probe = null;
        var end = new UdpEnd(clock, s => probe = new ProbeProtocol(s) { AsksAtOnce = asksAtOnce }, network);
        return new UdpEnd(end, probe!);
    }

    private UdpEnd(UdpEnd other, ProbeProtocol probe)
    {
        (Clock, Socket, Channel, Probe) = (other.Clock, other.Socket, other.Channel, probe);
    }

    /// <summary>A listener at the loopback that was started.</summary>
    public SpListener Listen(Action<SpListener>? configure = null, string url = "udp://127.0.0.1:0")
    {
        Assert.Equal(NngError.None, Socket.CreateListener(NngUrl.Parse(url), out SpListener? listener));
        configure?.Invoke(listener!);
        Assert.Equal(NngError.None, listener!.Start());
        return listener;
    }

    /// <summary>A dialer, and its first attempt under way.</summary>
    public (SpDialer Dialer, Aio Attempt) Dial(string url, Action<SpDialer>? configure = null)
    {
        Assert.Equal(NngError.None, Socket.CreateDialer(NngUrl.Parse(url), out SpDialer? dialer));
        configure?.Invoke(dialer!);
        var attempt = new Aio();
        dialer!.Start(attempt);
        return (dialer, attempt);
    }

    /// <summary>The only pipe, once the protocol has it.</summary>
    public ProbePipe Pipe()
    {
        Eventually.True(() => Socket.AttachedCount == 1, "the pipe is attached");
        lock (Probe!.Pipes)
            return Probe.Pipes[^1];
    }

    public long Count(SpEndpoint endpoint, string counter)
    {
        StatNode root = NngStatistics.Snapshot();
        StatNode scope = (endpoint is SpDialer ? root.FindDialer(endpoint.Id) : root.FindListener(endpoint.Id))!;
        return scope.Find(counter)!.Value;
    }

    public void Dispose() => Socket.Close();
}
