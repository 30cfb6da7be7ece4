namespace Nng.Sp.Protocols;

/// <summary>surveyor0's side of a pipe.</summary>
internal sealed class SurveyorPipe(SurveyorProtocol protocol, SpPipe pipe) : BroadcastPipe(pipe)
{
    public override void Start()
    {
        protocol.OnStarted(this);
        Pipe.StartReceive();
    }

    public override bool OnReceived(Message message) => protocol.OnReceived(this, message);

    public override void OnSendReady() => protocol.OnSendReady(this);

    public override void OnClosed() => protocol.OnClosed(this);
}
