namespace Nng.Sp.Protocols;

/// <summary>req0's side of a pipe.</summary>
internal sealed class ReqPipe(ReqProtocol protocol, SpPipe pipe) : ProtocolPipe(pipe)
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
