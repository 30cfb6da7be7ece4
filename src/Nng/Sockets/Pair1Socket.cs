using Nng.Sockets;
using Nng.Sp.Protocols;

namespace Nng;

/// <summary>
/// Talks to one peer in both directions, like <see cref="Pair0Socket"/>, with a hop count that devices respect. The
/// peer is a <see cref="Pair1Socket"/> or <see cref="Pair1PolySocket"/>. C function: <c>nng_pair1_open</c>.
/// </summary>
/// <remarks>Threading: every member is safe from any thread.</remarks>
public sealed class Pair1Socket : NngSocket, IMessageSender, IMessageReceiver
{
    /// <summary>Opens a socket.</summary>
    /// <param name="options">Initial option values; null for the defaults.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: an option value is out of range.</exception>
    public Pair1Socket(SocketOptions? options = null)
        : base(static socket => new PairV1Protocol(socket, raw: false), options)
    {
    }

    MessageChannel IMessageSender.Channel => Channel;

    MessageChannel IMessageReceiver.Channel => Channel;
}
