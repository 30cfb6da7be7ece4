namespace Nng.Sp.Protocols;

/// <summary>Polyamorous pair1's side of a pipe: its own send queue.</summary>
internal sealed class PairV1PolyPipe(PairV1PolyProtocol protocol, SpPipe pipe) : ProtocolPipe(pipe)
{
    /// <summary>Messages for this peer; guarded by the protocol's lock.</summary>
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
