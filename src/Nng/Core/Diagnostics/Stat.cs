using System;

namespace Nng.Core;

/// <summary>One statistic of a kind of owner: what it is called and how it is read.</summary>
/// <remarks>
/// Threading: immutable. The reader is called from any thread, without locks held; it must be atomic in itself and may
/// take the owner's lock for a moment.
/// </remarks>
/// <typeparam name="T">The owner.</typeparam>
internal sealed class Stat<T>
{
    private readonly Func<T, long>? _number;
    private readonly Func<T, string>? _text;

    private Stat(
        string name, string description, StatType type, StatUnit unit, Func<T, long>? number, Func<T, string>? text)
    {
        Name = name;
        Description = description;
        Type = type;
        Unit = unit;
        _number = number;
        _text = text;
    }

    public string Name { get; }

    public string Description { get; }

    public StatType Type { get; }

    public StatUnit Unit { get; }

    public static Stat<T> Id(string name, string description, Func<T, long> read) =>
        new(name, description, StatType.Id, StatUnit.None, read, null);

    public static Stat<T> Level(
        string name, string description, Func<T, long> read, StatUnit unit = StatUnit.None) =>
        new(name, description, StatType.Level, unit, read, null);

    public static Stat<T> Counter(
        string name, string description, Func<T, long> read, StatUnit unit = StatUnit.None) =>
        new(name, description, StatType.Counter, unit, read, null);

    public static Stat<T> String(string name, string description, Func<T, string> read) =>
        new(name, description, StatType.String, StatUnit.None, null, read);

    public static Stat<T> Boolean(string name, string description, Func<T, bool> read) =>
        new(name, description, StatType.Boolean, StatUnit.None, owner => read(owner) ? 1 : 0, null);

    /// <summary>Reads the statistic of an owner.</summary>
    public StatNode Read(T owner) => new(
        Name, Description, Type, Unit, _number?.Invoke(owner) ?? 0, _text?.Invoke(owner), Clock.System.NowMs, []);
}
