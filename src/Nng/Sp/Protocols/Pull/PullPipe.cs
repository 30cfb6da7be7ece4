using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>pull0's side of a pipe: the one message it may hold.</summary>
internal sealed class PullPipe(PullProtocol protocol, SpPipe pipe) : SpPipeState(pipe), IListNode<PullPipe>
{
    /// <summary>Guarded by the protocol's lock, like the rest.</summary>
    public bool Closed { get; set; }

    /// <summary>The message that waits to be received; the pipe is then in the holding list.</summary>
    public Message? Held { get; set; }

    IntrusiveList<PullPipe>? IListNode<PullPipe>.List { get; set; }

    PullPipe? IListNode<PullPipe>.Previous { get; set; }

    PullPipe? IListNode<PullPipe>.Next { get; set; }

    public override void Start() => Pipe.StartReceive();

    public override bool OnReceived(Message message) => protocol.OnReceived(this, message);

    public override void OnSendReady()
    {
    }

    public override void OnClosed() => protocol.OnClosed(this);
}
