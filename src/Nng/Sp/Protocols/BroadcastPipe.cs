namespace Nng.Sp.Protocols;

/// <summary>A pipe of a protocol that sends each message to every peer: its own send queue.</summary>
internal abstract class BroadcastPipe(SpPipe pipe) : ProtocolPipe(pipe)
{
    /// <summary>Messages for this peer; guarded by the protocol's lock.</summary>
    public PipeQueue Queue;
}
