using System;
using System.Collections.Generic;
using System.IO;

namespace Nng;

/// <summary>
/// One entry of a statistics snapshot: the root, an object, or one of its values. C type: <c>nng_stat</c>.
/// </summary>
/// <remarks>Threading: immutable.</remarks>
public sealed class StatNode
{
    private readonly StatNode[] _children;

    internal StatNode(
        string name,
        string description,
        StatType type,
        StatUnit unit,
        long value,
        string? text,
        long timestamp,
        StatNode[] children)
    {
        Name = name;
        Description = description;
        Type = type;
        Unit = unit;
        Value = value;
        Text = text;
        Timestamp = timestamp;
        _children = children;
    }

    /// <summary>The name: of an object its kind, of a value what it counts, of the root nothing.</summary>
    public string Name { get; }

    /// <summary>What it means, for people.</summary>
    public string Description { get; }

    /// <summary>What kind of entry it is.</summary>
    public StatType Type { get; }

    /// <summary>What the value counts.</summary>
    public StatUnit Unit { get; }

    /// <summary>The number; of an object its identifier, of a boolean 0 or 1, of a text 0.</summary>
    public long Value { get; }

    /// <summary>The text of a <see cref="StatType.String"/>; null for others.</summary>
    public string? Text { get; }

    /// <summary>The value of a <see cref="StatType.Boolean"/>.</summary>
    public bool BoolValue => Value != 0;

    /// <summary>When it was copied, in milliseconds of a monotonic clock.</summary>
    public long Timestamp { get; }

    /// <summary>The objects below the root, the values below an object; empty for a value.</summary>
    public IReadOnlyList<StatNode> Children => _children;

    /// <summary>
    /// The first entry of exactly this name: this one, or one below it, depth first. Null when there is none. C
    /// function: <c>nng_stat_find</c>.
    /// </summary>
    /// <param name="name">For example <c>tx_msgs</c>.</param>
    public StatNode? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Name == name)
            return this;
        foreach (StatNode child in _children)
        {
            if (child.Find(name) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>The statistics of a socket; null when it is closed. C function: <c>nng_stat_find_socket</c>.</summary>
    /// <param name="id">The socket's identifier.</param>
    public StatNode? FindSocket(int id) => FindScope("socket", id);

    /// <summary>The statistics of a dialer; null when it is closed. C function: <c>nng_stat_find_dialer</c>.</summary>
    /// <param name="id">The dialer's identifier.</param>
    public StatNode? FindDialer(int id) => FindScope("dialer", id);

    /// <summary>The statistics of a listener; null when it is closed. C function: <c>nng_stat_find_listener</c>.</summary>
    /// <param name="id">The listener's identifier.</param>
    public StatNode? FindListener(int id) => FindScope("listener", id);

    /// <summary>The statistics of a pipe; null when it is gone.</summary>
    /// <param name="id">The pipe's identifier.</param>
    public StatNode? FindPipe(int id) => FindScope("pipe", id);

    /// <summary>
    /// Writes the entry and all below it as text: for each object a blank line, its kind and identifier, and a line
    /// for each value. C function: <c>nng_stats_dump</c>.
    /// </summary>
    /// <param name="writer">For example <see cref="Console.Out"/>.</param>
    public void Dump(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Dump(writer, string.Empty);
    }

    /// <summary>The name and the value.</summary>
    public override string ToString() => Type == StatType.Scope ? $"{Name}#{Value}" : $"{Name} {Format()}";

    private StatNode? FindScope(string name, int id)
    {
        if (Type != StatType.Scope)
            return null;
        if (Value == id && Name == name)
            return this;
        foreach (StatNode child in _children)
        {
            if (child.FindScope(name, id) is { } found)
                return found;
        }

        return null;
    }

    private void Dump(TextWriter writer, string outer)
    {
        if (Type != StatType.Scope)
        {
            writer.WriteLine($"        {Name,-32}{Format()}");
            return;
        }

        if (Name.Length > 0)
        {
            outer = outer.Length == 0 ? ToString() : $"{outer}.{this}";
            writer.WriteLine();
            writer.WriteLine(outer + ":");
        }

        foreach (StatNode child in _children)
            child.Dump(writer, outer);
    }

    private string Format() => Type switch
    {
        StatType.String => $"\"{Text}\"",
        StatType.Boolean => BoolValue ? "true" : "false",
        _ => Unit switch
        {
            StatUnit.Bytes => $"{Value} bytes",
            StatUnit.Messages => $"{Value} msgs",
            StatUnit.Milliseconds => $"{Value} ms",
            _ => $"{Value}",
        },
    };
}
