using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>A pipe's place in a list, for pipes that are in more than one.</summary>
internal sealed class PipeNode(ProtocolPipe pipe) : IListNode<PipeNode>
{
    public ProtocolPipe Pipe { get; } = pipe;

    public IntrusiveList<PipeNode>? List { get; set; }

    public PipeNode? Previous { get; set; }

    public PipeNode? Next { get; set; }
}
