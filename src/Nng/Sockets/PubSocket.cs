using Nng.Sockets;
using Nng.Sp.Protocols;

namespace Nng;

/// <summary>
/// Publishes messages to all subscribers; filtering is theirs and nobody waits. Peers are <see cref="SubSocket"/>s. C function: <c>nng_pub0_open</c>.
/// </summary>
/// <remarks>Threading: every member is safe from any thread.</remarks>
public sealed class PubSocket : NngSocket, IMessageSender
{
    /// <summary>Opens a socket.</summary>
    /// <param name="options">Initial option values; null for the defaults.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: an option value is out of range.</exception>
    public PubSocket(SocketOptions? options = null)
        : base(static socket => new PubProtocol(socket, raw: false), options)
    {
    }

    MessageChannel IMessageSender.Channel => Channel;
}
