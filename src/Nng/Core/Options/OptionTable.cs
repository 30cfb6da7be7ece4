using System.Collections.Generic;

namespace Nng.Core;

/// <summary>The options of a kind of owner, as rows; the common checks are made here, once.</summary>
/// <remarks>Threading: immutable; the rows' getters and setters take the owner's lock themselves.</remarks>
/// <typeparam name="T">The owner.</typeparam>
internal sealed class OptionTable<T>
{
    private readonly Dictionary<string, OptionRow<T>> _rows = [];

    public OptionTable(params OptionRow<T>[] rows)
    {
        foreach (OptionRow<T> row in rows)
            _rows.Add(row.Name, row);
    }

    public IEnumerable<OptionRow<T>> Rows => _rows.Values;

    /// <summary>Reads an option: not supported, write-only, or its value.</summary>
    public NngError Get(T owner, string name, out OptionValue value)
    {
        value = default;
        if (!_rows.TryGetValue(name, out OptionRow<T>? row))
            return NngError.NotSupported;
        if (row.TryGet is not null)
            return row.TryGet(owner, out value);
        if (row.Get is null)
            return NngError.WriteOnly;
        value = row.Get(owner);
        return NngError.None;
    }

    /// <summary>Sets an option after checking, in this order: support, access, type, range.</summary>
    public NngError Set(T owner, string name, OptionValue value)
    {
        if (!_rows.TryGetValue(name, out OptionRow<T>? row))
            return NngError.NotSupported;
        if (row.Set is null)
            return NngError.ReadOnly;
        if (value.Type != row.Type && !row.TakesAnyType)
        {
            if (value.Type != OptionType.Bytes)
                return NngError.BadType;
            if (!value.TryReadBytesAs(row.Type, out value))
                return NngError.InvalidArgument;
        }

        if (value.Reference is null && (value.Number < row.Min || value.Number > row.Max))
            return NngError.InvalidArgument;
        return row.Set(owner, value);
    }
}
