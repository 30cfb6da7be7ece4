using Nng.Sockets;
using Nng.Sp.Protocols;

namespace Nng;

/// <summary>
/// Receives requests and sends one reply to each. Peers are <see cref="ReqSocket"/>s. C function: <c>nng_rep0_open</c>.
/// </summary>
/// <remarks>Threading: every member is safe from any thread.</remarks>
public sealed class RepSocket : NngSocket, IMessageSender, IMessageReceiver
{
    /// <summary>Opens a socket.</summary>
    /// <param name="options">Initial option values; null for the defaults.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: an option value is out of range.</exception>
    public RepSocket(SocketOptions? options = null)
        : base(static socket => new ReplierProtocol(socket, ProtocolIds.Rep), options)
    {
    }

    MessageChannel IMessageSender.Channel => Channel;

    MessageChannel IMessageReceiver.Channel => Channel;

    /// <summary>Opens an independent replier on the socket's connections. C function: <c>nng_ctx_open</c>.</summary>
    /// <exception cref="NngException"><see cref="NngError.Closed"/>.</exception>
    public NngContext OpenContext() => new(OpenInnerContext());
}
