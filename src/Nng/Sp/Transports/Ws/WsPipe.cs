using Nng.Core;
using Nng.Streams;
using Nng.WebSockets;

namespace Nng.Sp.Transports;

/// <summary>An SP connection over WebSocket: one message is one WebSocket message (transports sheet, WS-4).</summary>
/// <remarks>Threading: as <see cref="WebSocketLink"/> says, which does everything.</remarks>
internal sealed class WsPipe : SpTransportPipe, IWebSocketOwner
{
    private readonly NngStream _stream;
    private readonly WebSocketLink _link;

    /// <param name="stream">The upgrade done; owned.</param>
    /// <param name="peerProtocol">What the subprotocol implies.</param>
    /// <param name="maxLength">Longest payload accepted; 0 = unlimited.</param>
    public WsPipe(NngStream stream, ushort peerProtocol, long maxLength)
    {
        _stream = stream;
        _link = WebSocketStream.LinkOf(stream);
        _link.Owner = this;
        _link.ReceiveMax = maxLength;
        PeerProtocol = peerProtocol;
    }

    public override ushort PeerProtocol { get; }

    public override NngAddress LocalAddress => _stream.LocalAddress;

    public override NngAddress RemoteAddress => _stream.RemoteAddress;

    public override WaitDriver? WaitDriver => _link.WaitDriver;

    public override int UnsentCount => _link.UnsentCount;

    public override bool Post(Message message) => _link.Post(message);

    public override void Kick() => _link.Kick();

    public override void StartReceive() => _link.StartReceive();

    public override void Flush() => _link.Flush();

    public override void Close() => _link.Close();

    public override NngError GetOption(string name, out OptionValue value)
    {
        if (name != OptionNames.ReceiveMaxSize)
            return _stream.GetOption(name, out value);
        value = OptionValue.Size(_link.ReceiveMax);
        return NngError.None;
    }

    bool IWebSocketOwner.OnMessage(Message message) => Pipe.Deliver(message);

    void IWebSocketOwner.OnSendReady() => Pipe.OnSendReady();

    /// <summary>"Closed" would be this side's doing, and end a dialer's redials (TW-46).</summary>
    void IWebSocketOwner.OnEnded(NngError reason)
    {
        if (reason == NngError.MessageTooLarge)
            SpLog.MessageTooLarge(Pipe, _link.RefusedLength, _link.ReceiveMax);
        Pipe.Close(reason == NngError.Closed ? NngError.ConnectionShutdown : reason);
    }

    void IWebSocketOwner.OnUnsent(int messages) => CountUnsent(messages);
}
