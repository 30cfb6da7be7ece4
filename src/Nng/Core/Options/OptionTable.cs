using System;
using System.Collections.Generic;

namespace Nng.Core;

/// <summary>The options of a kind of owner, as rows; the common checks are made here, once.</summary>
/// <remarks>Threading: immutable; the rows' getters and setters take the owner's lock themselves.</remarks>
/// <typeparam name="T">The owner.</typeparam>
internal sealed class OptionTable<T>
{
    private readonly Dictionary<string, OptionRow<T>> _rows = [];

    /// <summary>Rows that stand for many names.</summary>
    private readonly List<OptionRow<T>> _families = [];

    public OptionTable(params OptionRow<T>[] rows)
    {
        foreach (OptionRow<T> row in rows)
        {
            if (row.IsFamily)
                _families.Add(row);
            else
                _rows.Add(row.Name, row);
        }
    }

    public IEnumerable<OptionRow<T>> Rows => _rows.Values;

    /// <summary>Reads an option: not supported, write-only, or its value.</summary>
    public NngError Get(T owner, string name, out OptionValue value)
    {
        value = default;
        if (!_rows.TryGetValue(name, out OptionRow<T>? row))
            return GetOfFamily(owner, name, out value);
        if (row.TryGet is not null)
            return row.TryGet(owner, out value);
        if (row.Get is null)
            return NngError.WriteOnly;
        value = row.Get(owner);
        return NngError.None;
    }

    /// <summary>Sets an option after checking, in this order: support, access, type, range.</summary>
    public NngError Set(T owner, string name, OptionValue value) => Set(owner, name, ref value);

    /// <summary>The same; raw bytes become a value of the option's type.</summary>
    public NngError Set(T owner, string name, ref OptionValue value)
    {
        if (!_rows.TryGetValue(name, out OptionRow<T>? row) && (row = FamilyOf(name)) is null)
            return NngError.NotSupported;
        if (row.Set is null && row.NamedSet is null)
            return NngError.ReadOnly;
        if (value.Type != row.Type && !row.TakesAnyType)
        {
            if (value.Type != OptionType.Bytes)
                return NngError.BadType;
            if (!value.TryReadBytesAs(row.Type, out value))
                return NngError.InvalidArgument;
        }

        bool isNothing = value.Type == OptionType.Text && value.Reference is null;
        if (isNothing || (value.Reference is null && (value.Number < row.Min || value.Number > row.Max)))
            return NngError.InvalidArgument;
        return row.IsFamily ? row.NamedSet!(owner, name[row.Name.Length..], value) : row.Set!(owner, value);
    }

    private NngError GetOfFamily(T owner, string name, out OptionValue value)
    {
        value = default;
        if (FamilyOf(name) is not { } row)
            return NngError.NotSupported;
        return row.NamedGet is null ? NngError.WriteOnly : row.NamedGet(owner, name[row.Name.Length..], out value);
    }

    private OptionRow<T>? FamilyOf(string name)
    {
        foreach (OptionRow<T> row in _families)
        {
            if (name.Length > row.Name.Length && name.StartsWith(row.Name, StringComparison.Ordinal))
                return row;
        }

        return null;
    }
}
