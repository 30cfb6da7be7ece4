using System;
using Nng.Sockets;
using Nng.Sp;
using Nng.Sp.Protocols;

namespace Nng;

/// <summary>
/// A socket without the protocol's state handling: the application sees and supplies message headers. For devices and
/// for implementing patterns. Peers cannot tell it from a cooked socket. C functions: <c>nng_*_open_raw</c>.
/// </summary>
/// <remarks>Threading: every member is safe from any thread.</remarks>
public sealed class RawSocket : NngSocket, IMessageSender, IMessageReceiver
{
    /// <summary>Replies queued per pipe (protocols sheet, 2.3).</summary>
    private const int RepDepth = 64;

    private const int RespondentDepth = 2;

    /// <summary>Opens a socket.</summary>
    /// <param name="protocol">What it speaks.</param>
    /// <param name="options">Initial option values; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a protocol.</exception>
    public RawSocket(RawProtocol protocol, SocketOptions? options = null)
        : base(socket => Create(socket, protocol), options)
    {
    }

    MessageChannel IMessageSender.Channel => Channel;

    MessageChannel IMessageReceiver.Channel => Channel;

    /// <summary>The raw protocol of a number.</summary>
    internal static SpProtocol Create(SpSocket socket, RawProtocol protocol) => protocol switch
    {
        RawProtocol.Pair0 => new PairProtocol(socket, raw: true),
        RawProtocol.Pair1 => new PairV1Protocol(socket, raw: true),
        RawProtocol.Pub => new PubProtocol(socket, raw: true),
        RawProtocol.Sub => new RawSubProtocol(socket),
        RawProtocol.Req => new RawReqProtocol(socket),
        RawProtocol.Rep => new RawReplierProtocol(socket, ProtocolIds.Rep, RepDepth),
        RawProtocol.Push => new PushProtocol(socket, raw: true),
        RawProtocol.Pull => new PullProtocol(socket, raw: true),
        RawProtocol.Surveyor => new RawSurveyorProtocol(socket),
        RawProtocol.Respondent => new RawReplierProtocol(socket, ProtocolIds.Respondent, RespondentDepth),
        RawProtocol.Bus => new BusProtocol(socket, raw: true),
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "Not a protocol."),
    };
}
