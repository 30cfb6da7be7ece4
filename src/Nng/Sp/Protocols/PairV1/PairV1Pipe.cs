namespace Nng.Sp.Protocols;

/// <summary>pair1's side of a pipe, monogamous.</summary>
internal sealed class PairV1Pipe(PairV1Protocol protocol, SpPipe pipe) : ProtocolPipe(pipe)
{
    public override void Start()
    {
        protocol.OnIdle(this);
        Pipe.StartReceive();
    }

    public override bool OnReceived(Message message) => protocol.OnReceived(this, message);

    public override void OnSendReady() => protocol.OnIdle(this);

    public override void OnClosed() => protocol.OnClosed(this);
}
