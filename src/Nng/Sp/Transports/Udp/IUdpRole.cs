using System.Net;

namespace Nng.Sp.Transports;

/// <summary>What a listener and a dialer do differently with their socket.</summary>
/// <remarks>Threading: called without locks; what a datagram causes, one at a time.</remarks>
internal interface IUdpRole
{
    /// <summary>The connection with that address; null for none.</summary>
    UdpPipe? Find(SocketAddress from);

    /// <summary>A peer wants to connect, or to stay connected.</summary>
    /// <param name="pipe">The connection it has; null for none.</param>
    /// <param name="header">What it said.</param>
    /// <param name="from">Its address; valid during the call.</param>
    void OnRequest(UdpPipe? pipe, in UdpHeader header, SocketAddress from);

    /// <summary>A dialled connection has its answer, for the first time.</summary>
    void OnAccepted(UdpPipe pipe);

    /// <summary>A connection has ended.</summary>
    /// <param name="pipe">The connection.</param>
    /// <param name="error">What its machinery is told.</param>
    void OnEnded(UdpPipe pipe, NngError error);
}
