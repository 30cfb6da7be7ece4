using Nng.Sockets;
using Nng.Sp.Protocols;

namespace Nng;

/// <summary>
/// Receives messages from its peers in turn. Peers are <see cref="PushSocket"/>s. C function: <c>nng_pull0_open</c>.
/// </summary>
public sealed class PullSocket : NngSocket, IMessageReceiver
{
    /// <summary>Opens a socket.</summary>
    public PullSocket()
        : base(static socket => new PullProtocol(socket, raw: false))
    {
    }

    MessageChannel IMessageReceiver.Channel => Channel;
}
