namespace Nng.Sp.Protocols;

/// <summary>push0's side of a pipe. What the peer sends is discarded and the pipe stays open (PUSH-6).</summary>
internal sealed class PushPipe(PushProtocol protocol, SpPipe pipe) : ProtocolPipe(pipe)
{
    public override void Start()
    {
        protocol.OnIdle(this);
        Pipe.StartReceive();
    }

    public override bool OnReceived(Message message)
    {
        message.Dispose();
        return true;
    }

    public override void OnSendReady() => protocol.OnIdle(this);

    public override void OnClosed() => protocol.OnClosed(this);
}
