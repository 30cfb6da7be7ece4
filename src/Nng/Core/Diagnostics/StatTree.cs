using System.Threading;

namespace Nng.Core;

/// <summary>The statistics of all living objects, in the order in which they were published.</summary>
/// <remarks>
/// Threading: safe from any thread. The lock covers the list only; values are read after it, so that a reader may take
/// its owner's lock.
/// </remarks>
internal sealed class StatTree
{
    private readonly Lock _lock = new();
    private readonly IntrusiveList<StatScope> _scopes = new();

    /// <summary>The process's tree.</summary>
    public static StatTree Root { get; } = new();

    public void Add(StatScope scope)
    {
        lock (_lock)
            _scopes.Append(scope);
    }

    /// <summary>Takes an object out; nothing happens when it is not in.</summary>
    public void Remove(StatScope scope)
    {
        lock (_lock)
            _scopes.Remove(scope);
    }

    /// <summary>Copies everything: each value is what it was at one moment, the values of different leaves are not.</summary>
    public StatNode Snapshot()
    {
        StatScope[] scopes = Scopes();
        var children = new StatNode[scopes.Length];
        for (int i = 0; i < scopes.Length; i++)
            children[i] = scopes[i].Read();
        return new StatNode(
            string.Empty,
            "all statistics",
            StatType.Scope,
            StatUnit.None,
            0,
            null,
            Clock.System.NowMs,
            children);
    }

    private StatScope[] Scopes()
    {
        lock (_lock)
        {
            var scopes = new StatScope[_scopes.Count];
            int i = 0;
            for (IListNode<StatScope>? node = _scopes.First; node is not null; node = node.Next)
                scopes[i++] = (StatScope)node;
            return scopes;
        }
    }
}
