using Nng.Sockets;
using Nng.Sp.Protocols;

namespace Nng;

/// <summary>
/// Distributes messages over its peers, each to exactly one, waiting while none can take it. Peers are
/// <see cref="PullSocket"/>s. C function: <c>nng_push0_open</c>.
/// </summary>
public sealed class PushSocket : NngSocket, IMessageSender
{
    /// <summary>Opens a socket.</summary>
    public PushSocket()
        : base(static socket => new PushProtocol(socket, raw: false))
    {
    }

    MessageChannel IMessageSender.Channel => Channel;
}
