using System;
using System.Numerics;

namespace Nng.Core;

/// <summary>
/// Sparse map from 64-bit id to object; hands out ids of a range in ascending order, wrapping, skipping those in use.
/// </summary>
/// <remarks>
/// <para>
/// An id that was removed is not handed out again before the range has wrapped (core sheet, section 13). Only ids
/// inside the range count against it (W-44).
/// </para>
/// <para>Threading: the owner locks. A get does not write, so gets may run in parallel.</para>
/// </remarks>
/// <typeparam name="T">What the ids stand for.</typeparam>
internal sealed class IdTable<T>
    where T : class
{
    /// <summary>Smallest array; the table never shrinks below it. A power of two.</summary>
    private const int MinCapacity = 8;

    /// <summary>2^64 divided by the golden ratio: spreads consecutive ids over the whole array.</summary>
    private const ulong Spread = 0x9E3779B97F4A7C15;

    private readonly ulong _lowest;
    private readonly ulong _highest;

    /// <summary>Open addressing with linear probing; a null value marks a free slot. Length is a power of two.</summary>
    private Slot[] _slots = [];

    /// <summary>64 - log2 of the array's length: the hash's top bits are the home slot.</summary>
    private int _shift;

    private int _count;

    /// <summary>Entries whose id lies in the range; when all are used an allocation fails.</summary>
    private ulong _inRange;

    /// <summary>The id tried first by the next allocation.</summary>
    private ulong _next;

    /// <summary>The starting point has yet to be drawn.</summary>
    private bool _drawStart;

    /// <param name="lowest">First id handed out; 0 stands for 1.</param>
    /// <param name="highest">Last id handed out; 0 stands for 0xffffffff. Must be above the first.</param>
    /// <param name="randomStart">Start anywhere in the range instead of at its low end.</param>
    public IdTable(ulong lowest = 0, ulong highest = 0, bool randomStart = false)
    {
        _lowest = lowest == 0 ? 1 : lowest;
        _highest = highest == 0 ? uint.MaxValue : highest;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_highest, _lowest, nameof(highest));
        _next = _lowest;
        _drawStart = randomStart;
    }

    public int Count => _count;

    /// <summary>The object of an id; null when there is none.</summary>
    public T? Get(ulong id)
    {
        Slot[] slots = _slots;
        if (slots.Length == 0)
            return null;
        int mask = slots.Length - 1;
        for (int i = Home(id); ; i = (i + 1) & mask)
        {
            ref Slot slot = ref slots[i];
            if (slot.Value is null || slot.Id == id)
                return slot.Value;
        }
    }

    /// <summary>Enters or replaces the object of an id, which may lie outside the range; gives the one before.</summary>
    public T? Set(ulong id, T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int at = Find(id);
        if (at >= 0)
        {
            T before = _slots[at].Value!;
            _slots[at].Value = value;
            return before;
        }

        Insert(id, value);
        return null;
    }

    /// <summary>Enters an object under the next free id of the range; false when the range is used up.</summary>
    public bool TryAllocate(T value, out ulong id)
    {
        ArgumentNullException.ThrowIfNull(value);
        id = 0;
        if (_inRange > _highest - _lowest)
            return false;
        if (_drawStart)
        {
            _drawStart = false;
            _next = DrawStart();
        }

        do
        {
            id = _next;
            _next = id == _highest ? _lowest : id + 1;
        }
        while (Find(id) >= 0);

        Insert(id, value);
        return true;
    }

    /// <summary>Takes an id out and gives its object; null when there was none.</summary>
    public T? Remove(ulong id)
    {
        int at = Find(id);
        if (at < 0)
            return null;
        T value = _slots[at].Value!;
        Vacate(at);
        _count--;
        if (IsInRange(id))
            _inRange--;
        // Grown at 2/3 and shrunk at 1/8, a table at either limit does not swing between two sizes.
        if (_slots.Length > MinCapacity && _count < _slots.Length / 8)
            Resize(_slots.Length / 2);
        return value;
    }

    /// <summary>
    /// Walks the entries in no particular order: start with cursor 0, go on until false. Changing the table in between
    /// may skip or repeat entries.
    /// </summary>
    public bool Visit(ref ulong cursor, out ulong id, out T? value)
    {
        while (cursor < (ulong)_slots.Length)
        {
            ref Slot slot = ref _slots[cursor++];
            if (slot.Value is null)
                continue;
            id = slot.Id;
            value = slot.Value;
            return true;
        }

        id = 0;
        value = null;
        return false;
    }

    private int Home(ulong id) => (int)((id * Spread) >> _shift);

    private bool IsInRange(ulong id) => id >= _lowest && id <= _highest;

    private ulong DrawStart()
    {
        ulong span = _highest - _lowest;
        ulong random = SecureRandom.NextUInt32();
        return _lowest + (span >= uint.MaxValue ? random : (random * (span + 1)) >> 32);
    }

    /// <summary>The slot of an id, or -1.</summary>
    private int Find(ulong id)
    {
        if (_slots.Length == 0)
            return -1;
        int mask = _slots.Length - 1;
        for (int i = Home(id); _slots[i].Value is not null; i = (i + 1) & mask)
        {
            if (_slots[i].Id == id)
                return i;
        }

        return -1;
    }

    private void Insert(ulong id, T value)
    {
        if (_count + 1 > _slots.Length / 3 * 2)
            Resize(Math.Max(MinCapacity, _slots.Length * 2));
        Place(id, value);
        _count++;
        if (IsInRange(id))
            _inRange++;
    }

    private void Place(ulong id, T value)
    {
        int mask = _slots.Length - 1;
        int i = Home(id);
        while (_slots[i].Value is not null)
            i = (i + 1) & mask;
        _slots[i] = new Slot { Id = id, Value = value };
    }

    private void Resize(int capacity)
    {
        Slot[] old = _slots;
        _slots = new Slot[capacity];
        _shift = 64 - BitOperations.Log2((uint)capacity);
        foreach (Slot slot in old)
        {
            if (slot.Value is not null)
                Place(slot.Id, slot.Value);
        }
    }

    /// <summary>Frees a slot and moves later entries of its run back, so that no search stops too early.</summary>
    private void Vacate(int hole)
    {
        int mask = _slots.Length - 1;
        for (int i = (hole + 1) & mask; _slots[i].Value is not null; i = (i + 1) & mask)
        {
            int home = Home(_slots[i].Id);
            // The entry may move only if the hole lies on its way, from its home slot to where it is now.
            if (((i - home) & mask) < ((i - hole) & mask))
                continue;
            _slots[hole] = _slots[i];
            hole = i;
        }

        _slots[hole] = default;
    }

    private struct Slot
    {
        public ulong Id;
        public T? Value;
    }
}
