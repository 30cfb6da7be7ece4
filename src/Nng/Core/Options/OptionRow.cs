using System;

namespace Nng.Core;

/// <summary>One option of an owner: name, type, how to read and how to set it.</summary>
/// <typeparam name="T">The owner.</typeparam>
internal sealed class OptionRow<T>
{
    public required string Name { get; init; }

    public required OptionType Type { get; init; }

    /// <summary>Reads the value; null makes the option write-only.</summary>
    public Func<T, OptionValue>? Get { get; init; }

    /// <summary>Reads the value or says why it cannot; in place of <see cref="Get"/>.</summary>
    public TryGetter? TryGet { get; init; }

    /// <summary>Sets a value of the right type; null makes the option read-only.</summary>
    public Func<T, OptionValue, NngError>? Set { get; init; }

    /// <summary>Numbers below give <see cref="NngError.InvalidArgument"/>.</summary>
    public long Min { get; init; } = long.MinValue;

    /// <summary>Numbers above give <see cref="NngError.InvalidArgument"/>.</summary>
    public long Max { get; init; } = long.MaxValue;

    /// <summary>A value of any type is taken, as bytes.</summary>
    public bool TakesAnyType { get; init; }

    /// <summary>
    /// The name is the beginning of many: reads the value of one of them, by the rest of its name; null makes them
    /// write-only.
    /// </summary>
    public NamedGetter? NamedGet { get; init; }

    /// <summary>The same for setting; null makes them read-only.</summary>
    public Func<T, string, OptionValue, NngError>? NamedSet { get; init; }

    /// <summary>It stands for all options whose names begin with its own.</summary>
    public bool IsFamily { get; init; }

    /// <summary>Reads one of many values.</summary>
    public delegate NngError NamedGetter(T owner, string rest, out OptionValue value);

    /// <summary>Reads a value that is not always there.</summary>
    public delegate NngError TryGetter(T owner, out OptionValue value);
}
