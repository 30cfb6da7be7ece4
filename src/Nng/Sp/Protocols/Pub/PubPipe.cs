namespace Nng.Sp.Protocols;

/// <summary>pub0's side of a pipe. A subscriber that sends anything is disconnected (PUB-4).</summary>
internal sealed class PubPipe(PubProtocol protocol, SpPipe pipe) : BroadcastPipe(pipe)
{
    public override void Start()
    {
        protocol.OnStarted(this);
        Pipe.StartReceive();
    }

    public override bool OnReceived(Message message)
    {
        message.Dispose();
        protocol.Socket.Traffic.CountDrop(DropReason.Malformed);
        Pipe.Close(NngError.Protocol);
        return false;
    }

    public override void OnSendReady() => protocol.OnSendReady(this);

    public override void OnClosed() => protocol.OnClosed(this);
}
