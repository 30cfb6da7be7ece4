using System.Net;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>A dialled connection and the socket that is its alone.</summary>
/// <remarks>Threading: see <see cref="IUdpRole"/>.</remarks>
internal sealed class UdpLink : IUdpRole
{
    private readonly UdpAttempt _attempt;
    private readonly UdpHub _hub;
    private readonly IPEndPoint _remote;

    /// <summary>How the system writes the peer's address in what it received.</summary>
    private SocketAddress? _peer;

    public UdpLink(UdpAttempt attempt, UdpSpDialer dialer, DatagramWire wire, IPEndPoint remote)
    {
        _attempt = attempt;
        _remote = remote;
        _hub = new UdpHub(dialer.Owner, dialer.Settings, dialer.Counters, dialer.Expirer, wire, this);
        Pipe = UdpPipe.Dialed(_hub, remote, dialer.Settings.RetryMs);
    }

    public UdpPipe Pipe { get; }

    /// <summary>Asks the peer, and receives.</summary>
    public void Start(int expireMs)
    {
        _hub.Start();
        Pipe.Open(expireMs);
    }

    public UdpPipe? Find(SocketAddress from)
    {
        if (from.Equals(_peer))
            return Pipe;
        // Systems differ in how they fill unused parts; so the first time the meaning is compared.
        if (!_hub.Wire.EndPointOf(from).Equals(_remote))
            return null;
        _peer = UdpHub.Keep(from);
        return Pipe;
    }

    /// <summary>Nobody connects to a dialer (D-6).</summary>
    public void OnRequest(UdpPipe? pipe, in UdpHeader header, SocketAddress from) =>
        _hub.Disconnect(UdpReason.Refused, UdpHub.Keep(from));

    public void OnAccepted(UdpPipe pipe) => _attempt.OnAccepted(this);

    public void OnEnded(UdpPipe pipe, NngError error)
    {
        _hub.Close();
        _attempt.OnFailed(this, error);
    }
}
