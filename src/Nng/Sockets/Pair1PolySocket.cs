using Nng.Sockets;
using Nng.Sp.Protocols;

namespace Nng;

/// <summary>
/// Talks to any number of peers: a message goes to the pipe in <see cref="Message.PipeId"/>, or to the oldest. What
/// cannot be delivered is dropped. Deprecated in the C library; for compatibility. C function: <c>nng_pair1_open_poly</c>.
/// </summary>
/// <remarks>Threading: every member is safe from any thread.</remarks>
public sealed class Pair1PolySocket : NngSocket, IMessageSender, IMessageReceiver
{
    /// <summary>Opens a socket.</summary>
    /// <param name="options">Initial option values; null for the defaults.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: an option value is out of range.</exception>
    public Pair1PolySocket(SocketOptions? options = null)
        : base(static socket => new PairV1PolyProtocol(socket), options)
    {
    }

    MessageChannel IMessageSender.Channel => Channel;

    MessageChannel IMessageReceiver.Channel => Channel;
}
