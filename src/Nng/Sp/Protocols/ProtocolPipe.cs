namespace Nng.Sp.Protocols;

/// <summary>What most protocols keep for a pipe; all of it guarded by the protocol's lock.</summary>
internal abstract class ProtocolPipe : SpPipeState
{
    protected ProtocolPipe(SpPipe pipe)
        : base(pipe)
    {
        Idle = new PipeNode(this);
        Holding = new PipeNode(this);
    }

    /// <summary>The pipe's place among those that can take a message.</summary>
    public PipeNode Idle { get; }

    /// <summary>The pipe's place among those that hold a message.</summary>
    public PipeNode Holding { get; }

    /// <summary>A message that nobody can take yet; no further one is read meanwhile.</summary>
    public Message? Held { get; set; }

    /// <summary>The protocol was told that the pipe is gone; later callbacks do nothing.</summary>
    public bool Closed { get; set; }
}
