using Nng.Sockets;
using Nng.Sp.Protocols;

namespace Nng;

/// <summary>
/// Sends each message to all its direct peers and receives theirs; nothing is forwarded and nobody waits. C function: <c>nng_bus0_open</c>.
/// </summary>
/// <remarks>Threading: every member is safe from any thread.</remarks>
public sealed class BusSocket : NngSocket, IMessageSender, IMessageReceiver
{
    /// <summary>Opens a socket.</summary>
    /// <param name="options">Initial option values; null for the defaults.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: an option value is out of range.</exception>
    public BusSocket(SocketOptions? options = null)
        : base(static socket => new BusProtocol(socket, raw: false), options)
    {
    }

    MessageChannel IMessageSender.Channel => Channel;

    MessageChannel IMessageReceiver.Channel => Channel;
}
