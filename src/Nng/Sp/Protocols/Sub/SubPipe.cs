namespace Nng.Sp.Protocols;

/// <summary>sub0's side of a pipe: it is always read on.</summary>
internal sealed class SubPipe(SubProtocol protocol, SpPipe pipe) : ProtocolPipe(pipe)
{
    public override void Start() => Pipe.StartReceive();

    public override bool OnReceived(Message message) => protocol.OnReceived(message);

    public override void OnSendReady()
    {
    }

    public override void OnClosed()
    {
    }
}
