using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>push0's side of a pipe: its place among the ready pipes. What the peer sends is discarded (PUSH-6).</summary>
internal sealed class PushPipe(PushProtocol protocol, SpPipe pipe) : SpPipeState(pipe), IListNode<PushPipe>
{
    /// <summary>Guarded by the protocol's lock.</summary>
    public bool Closed { get; set; }

    IntrusiveList<PushPipe>? IListNode<PushPipe>.List { get; set; }

    PushPipe? IListNode<PushPipe>.Previous { get; set; }

    PushPipe? IListNode<PushPipe>.Next { get; set; }

    public override void Start()
    {
        protocol.OnReady(this);
        Pipe.StartReceive();
    }

    public override bool OnReceived(Message message)
    {
        message.Dispose();
        return true;
    }

    public override void OnSendReady() => protocol.OnReady(this);

    public override void OnClosed() => protocol.OnClosed(this);
}
