namespace Nng.Sp.Protocols;

/// <summary>pull0's side of a pipe: it may hold one message.</summary>
internal sealed class PullPipe(PullProtocol protocol, SpPipe pipe) : ProtocolPipe(pipe)
{
    public override void Start() => Pipe.StartReceive();

    public override bool OnReceived(Message message) => protocol.OnReceived(this, message);

    public override void OnSendReady()
    {
    }

    public override void OnClosed() => protocol.OnClosed(this);
}
