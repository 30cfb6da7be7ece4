using Nng.Sockets;
using Nng.Sp.Protocols;

namespace Nng;

/// <summary>
/// Distributes messages over its peers, each to exactly one, waiting while none can take it. Peers are
/// <see cref="PullSocket"/>s. C function: <c>nng_push0_open</c>.
/// </summary>
/// <remarks>Threading: every member is safe from any thread.</remarks>
public sealed class PushSocket : NngSocket, IMessageSender
{
    /// <summary>Opens a socket.</summary>
    /// <param name="options">Initial option values; null for the defaults.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: an option value is out of range.</exception>
    public PushSocket(SocketOptions? options = null)
        : base(static socket => new PushProtocol(socket, raw: false), options)
    {
    }

    MessageChannel IMessageSender.Channel => Channel;
}
