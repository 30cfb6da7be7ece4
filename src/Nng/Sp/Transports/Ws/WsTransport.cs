using System.Collections.Generic;
using Nng.Streams;
using Nng.WebSockets;

namespace Nng.Sp.Transports;

/// <summary>
/// SP over WebSocket, with TLS beneath for <c>wss</c>. The subprotocol names the listener's protocol and is all the
/// handshake there is (transports sheet, WS-2 and WS-3).
/// </summary>
internal sealed class WsTransport : SpTransport
{
    /// <summary>Behind the name of the protocol (WS-2).</summary>
    private const string ProtocolSuffix = ".sp.nanomsg.org";

    private static readonly Kind s_kind = new();

    public override IReadOnlyList<string> Schemes { get; } = ["ws", "ws4", "ws6", "wss", "wss4", "wss6"];

    public override NngError CreateDialer(SpDialer owner, out SpTransportDialer? dialer)
    {
        dialer = null;
        NngError error = WebSocketDialer.Create(owner.Url, isMessageMode: true, out WebSocketDialer? stream);
        if (stream is null)
            return error;
        stream.Options.Protocol = owner.Socket.Info.PeerName + ProtocolSuffix;
        dialer = new StreamSpDialer(owner, stream, s_kind);
        return NngError.None;
    }

    public override NngError CreateListener(SpListener owner, out SpTransportListener? listener)
    {
        listener = null;
        NngError error = WebSocketListener.Create(owner.Url, isMessageMode: true, out WebSocketListener? stream);
        if (stream is null)
            return error;
        stream.Options.Protocol = owner.Socket.Info.SelfName + ProtocolSuffix;
        listener = new StreamSpListener(owner, stream, s_kind);
        return NngError.None;
    }

    private sealed class Kind : PipeKind
    {
        public override bool Negotiates => false;

        public override SpTransportPipe Create(NngStream stream, ushort peerProtocol, long maxLength) =>
            new WsPipe(stream, peerProtocol, maxLength);
    }
}
