using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Nng.Core;

namespace Nng;

/// <summary>
/// A sparse map from 64-bit identifiers to objects that also hands out free identifiers of a range. C type:
/// <c>nng_id_map</c>.
/// </summary>
/// <remarks>
/// <para>
/// Identifiers are handed out in ascending order, wrapping at the end of the range and skipping those in use, so that
/// one which was removed is not met again soon. <see cref="Set"/> may also enter identifiers of the caller's choice,
/// inside the range or not.
/// </para>
/// <para>Threading: not thread-safe for writers; reads may run in parallel with each other.</para>
/// </remarks>
/// <typeparam name="T">What the identifiers stand for.</typeparam>
[SuppressMessage("Naming", "CA1710", Justification = "The SP world calls it an id map.")]
public sealed class IdMap<T> : IEnumerable<KeyValuePair<ulong, T>>
    where T : class
{
    private readonly IdTable<T> _table;

    /// <summary>Creates an empty map.</summary>
    /// <param name="lowest">First identifier handed out; 0 stands for 1.</param>
    /// <param name="highest">Last identifier handed out; 0 stands for 0xffffffff.</param>
    /// <param name="randomStart">
    /// Start at a random identifier of the range instead of the lowest, so that a restarted program does not repeat
    /// the identifiers of its former life.
    /// </param>
    /// <exception cref="System.ArgumentOutOfRangeException">
    /// <paramref name="highest"/> is not above <paramref name="lowest"/>.
    /// </exception>
    public IdMap(ulong lowest = 0, ulong highest = 0, bool randomStart = false) =>
        _table = new IdTable<T>(lowest, highest, randomStart);

    /// <summary>How many entries there are.</summary>
    public int Count => _table.Count;

    /// <summary>Finds the object of an identifier; false when there is none.</summary>
    /// <param name="id">The identifier.</param>
    /// <param name="value">Its object.</param>
    public bool TryGet(ulong id, [NotNullWhen(true)] out T? value)
    {
        value = _table.Get(id);
        return value is not null;
    }

    /// <summary>Enters or replaces the object of an identifier, inside the range or not.</summary>
    /// <param name="id">The identifier; 0 is allowed.</param>
    /// <param name="value">Its object.</param>
    public void Set(ulong id, T value) => _table.Set(id, value);

    /// <summary>Enters an object under the next free identifier; false when the range is used up.</summary>
    /// <param name="value">The object.</param>
    /// <param name="id">Its new identifier.</param>
    public bool TryAllocate(T value, out ulong id) => _table.TryAllocate(value, out id);

    /// <summary>Enters an object under the next free identifier and returns that.</summary>
    /// <param name="value">The object.</param>
    /// <exception cref="NngException"><see cref="NngError.OutOfMemory"/>: the range is used up.</exception>
    public ulong Allocate(T value)
    {
        if (!_table.TryAllocate(value, out ulong id))
            Throw.Error(NngError.OutOfMemory, $"All identifiers of the range are in use ({Count} entries).");
        return id;
    }

    /// <summary>Takes an identifier out; false when it was not in.</summary>
    /// <param name="id">The identifier.</param>
    public bool Remove(ulong id) => _table.Remove(id) is not null;

    /// <summary>
    /// Walks the entries in no particular order. Changing the map meanwhile may skip or repeat entries.
    /// </summary>
    public IEnumerator<KeyValuePair<ulong, T>> GetEnumerator()
    {
        ulong cursor = 0;
        while (_table.Visit(ref cursor, out ulong id, out T? value))
            yield return new KeyValuePair<ulong, T>(id, value!);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
