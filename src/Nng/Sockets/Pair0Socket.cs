using Nng.Sockets;
using Nng.Sp.Protocols;

namespace Nng;

/// <summary>
/// Talks to one peer in both directions, waiting while it cannot take more. The peer is a <see cref="Pair0Socket"/>. C function: <c>nng_pair0_open</c>.
/// </summary>
/// <remarks>Threading: every member is safe from any thread.</remarks>
public sealed class Pair0Socket : NngSocket, IMessageSender, IMessageReceiver
{
    /// <summary>Opens a socket.</summary>
    /// <param name="options">Initial option values; null for the defaults.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: an option value is out of range.</exception>
    public Pair0Socket(SocketOptions? options = null)
        : base(static socket => new PairProtocol(socket, raw: false), options)
    {
    }

    MessageChannel IMessageSender.Channel => Channel;

    MessageChannel IMessageReceiver.Channel => Channel;
}
