namespace Nng.Sp.Protocols;

/// <summary>A raw replier's side of a pipe: its own send queue.</summary>
internal sealed class RawReplierPipe(RawReplierProtocol protocol, SpPipe pipe) : ProtocolPipe(pipe)
{
    /// <summary>Replies for this peer; guarded by the protocol's lock.</summary>
    public PipeQueue Queue;

    public override void Start()
    {
        protocol.OnStarted(this);
        Pipe.StartReceive();
    }

    public override bool OnReceived(Message message) => protocol.OnReceived(this, message);

    public override void OnSendReady() => protocol.OnSendReady(this);

    public override void OnClosed() => protocol.OnClosed(this);
}
