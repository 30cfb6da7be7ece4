using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>A replier's side of a pipe: the replies that wait for it.</summary>
internal sealed class ReplierPipe(ReplierProtocol protocol, SpPipe pipe) : ProtocolPipe(pipe)
{
    /// <summary>Sends of replies that wait until the pipe can take a message, in order.</summary>
    public AioQueue Waiting { get; } = new();

    /// <summary>The pipe has taken a message and not yet reported ready.</summary>
    public bool Busy { get; set; }

    public override void Start() => Pipe.StartReceive();

    public override bool OnReceived(Message message) => protocol.OnReceived(this, message);

    public override void OnSendReady() => protocol.OnSendReady(this);

    public override void OnClosed() => protocol.OnClosed(this);
}
