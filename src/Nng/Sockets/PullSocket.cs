using Nng.Sockets;
using Nng.Sp.Protocols;

namespace Nng;

/// <summary>
/// Receives messages from its peers in turn. Peers are <see cref="PushSocket"/>s. C function: <c>nng_pull0_open</c>.
/// </summary>
/// <remarks>Threading: every member is safe from any thread.</remarks>
public sealed class PullSocket : NngSocket, IMessageReceiver
{
    /// <summary>Opens a socket.</summary>
    /// <param name="options">Initial option values; null for the defaults.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: an option value is out of range.</exception>
    public PullSocket(SocketOptions? options = null)
        : base(static socket => new PullProtocol(socket, raw: false), options)
    {
    }

    MessageChannel IMessageReceiver.Channel => Channel;
}
