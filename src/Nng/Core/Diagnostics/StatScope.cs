using System.Collections.Generic;

namespace Nng.Core;

/// <summary>The statistics of one object: its kind, its id and the sections that contribute to it.</summary>
/// <remarks>Threading: immutable but for the links, which belong to the <see cref="StatTree"/>.</remarks>
/// <param name="name">The kind: <c>socket</c>, <c>dialer</c>, <c>listener</c> or <c>pipe</c>.</param>
/// <param name="id">The object's id.</param>
/// <param name="sections">The leaves, in the order in which they are shown; null entries are skipped.</param>
internal sealed class StatScope(string name, int id, params StatSection?[] sections) : IListNode<StatScope>
{
    IntrusiveList<StatScope>? IListNode<StatScope>.List { get; set; }

    StatScope? IListNode<StatScope>.Previous { get; set; }

    StatScope? IListNode<StatScope>.Next { get; set; }

    /// <summary>Reads all statistics of the object.</summary>
    public StatNode Read()
    {
        var leaves = new List<StatNode>();
        foreach (StatSection? section in sections)
            section?.Read(leaves);
        return new StatNode(
            name,
            "statistics of one " + name,
            StatType.Scope,
            StatUnit.None,
            id,
            null,
            Clock.System.NowMs,
            leaves.ToArray());
    }
}
