using System;
using System.Text;

namespace Nng.Http;

/// <summary>
/// The lines of a message's header or trailer section: one buffer of bytes, and where each name and value stands in
/// it. Text is made when it is asked for.
/// </summary>
/// <remarks>
/// A parser notes positions in its input with <see cref="Note"/> and ends with <see cref="Adopt"/>, which copies the
/// input; between the two, the table is not readable. A table is reused message after message: its buffers stay, and
/// so does the text of earlier messages, which is handed out again where the bytes are the same. Not thread-safe.
/// </remarks>
internal sealed class HeaderTable
{
    /// <summary>Larger buffers are not kept for the next message.</summary>
    private const int KeptBytes = 8192;

    private byte[] _bytes = [];

    /// <summary>Used part of the buffer.</summary>
    private int _length;

    /// <summary>The start of the buffer that belongs to the request or status line.</summary>
    private int _reserved;

    /// <summary>Bytes of removed and replaced lines.</summary>
    private int _waste;

    private Entry[] _entries = [];
    private int _count;

    /// <summary>The known names that occur; a superset after removals.</summary>
    private ulong _present;

    /// <summary>Number of lines.</summary>
    public int Count => _count;

    /// <summary>The buffer, of which ranges of the adopted head are parts.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Forgets all lines and the adopted head.</summary>
    public void Clear()
    {
        _count = 0;
        _length = 0;
        _reserved = 0;
        _waste = 0;
        _present = 0;
        if (_bytes.Length > KeptBytes)
            _bytes = [];
    }

    /// <summary>Parser: a line with its positions in the input.</summary>
    public void Note(HeadRange name, HeadRange value, HeaderId id)
    {
        ref Entry entry = ref Add(id);
        entry.Name = name;
        entry.Value = value;
    }

    /// <summary>Parser: copies the input that the noted positions belong to.</summary>
    /// <param name="head">The whole head.</param>
    /// <param name="reserved">Length of its part before the header lines.</param>
    public void Adopt(ReadOnlySpan<byte> head, int reserved)
    {
        if (_bytes.Length < head.Length)
            _bytes = new byte[Math.Max(256, head.Length)];
        head.CopyTo(_bytes);
        _length = head.Length;
        _reserved = reserved;
    }

    /// <summary>The first line of a known name at or after <paramref name="from"/>; -1 for none.</summary>
    public int Find(HeaderId id, int from = 0)
    {
        if ((_present & HeaderNames.Bit(id)) == 0)
            return -1;
        for (int i = from; i < _count; i++)
        {
            if (_entries[i].Id == id)
                return i;
        }

        return -1;
    }

    /// <summary>The first line of a name, ignoring case, at or after <paramref name="from"/>; -1 for none.</summary>
    public int Find(string name, int from = 0)
    {
        HeaderId id = HeaderNames.Identify(name);
        if (id != HeaderId.Other)
            return Find(id, from);
        for (int i = from; i < _count; i++)
        {
            if (_entries[i].Id == HeaderId.Other && Ascii.EqualsIgnoreCase(NameBytes(i), name))
                return i;
        }

        return -1;
    }

    public HeaderId Id(int index) => _entries[index].Id;

    public ReadOnlySpan<byte> NameBytes(int index) => _entries[index].Name.Of(_bytes);

    public ReadOnlySpan<byte> ValueBytes(int index) => _entries[index].Value.Of(_bytes);

    /// <summary>The name as it is spelled.</summary>
    public string Name(int index)
    {
        ref Entry entry = ref _entries[index];
        if (!entry.NameIsText)
        {
            ReadOnlySpan<byte> bytes = NameBytes(index);
            if (entry.NameText is null || !Ascii.Equals(bytes, entry.NameText))
            {
                string usual = HeaderNames.Text(entry.Id);
                entry.NameText = Ascii.Equals(bytes, usual) ? usual : Encoding.ASCII.GetString(bytes);
            }

            entry.NameIsText = true;
        }

        return entry.NameText!;
    }

    /// <summary>The value in the Latin-1 view.</summary>
    public string Value(int index)
    {
        ref Entry entry = ref _entries[index];
        if (!entry.ValueIsText)
        {
            ReadOnlySpan<byte> bytes = ValueBytes(index);
            if (entry.ValueText is null || !Ascii.Equals(bytes, entry.ValueText))
                entry.ValueText = bytes.IsEmpty ? string.Empty : Encoding.Latin1.GetString(bytes);
            entry.ValueIsText = true;
        }

        return entry.ValueText!;
    }

    /// <summary>Adds a line at the end; the text has been checked.</summary>
    public void Append(string name, string value)
    {
        HeadRange nameRange = Store(name);
        HeadRange valueRange = Store(value);
        Note(nameRange, valueRange, HeaderNames.Identify(name));
        ref Entry entry = ref _entries[_count - 1];
        entry.NameText = name;
        entry.NameIsText = true;
        entry.ValueText = value;
        entry.ValueIsText = true;
    }

    /// <summary>Gives a line another value; name and place stay.</summary>
    public void Replace(int index, string value)
    {
        HeadRange old = _entries[index].Value;
        HeadRange range;
        if (value.Length <= old.Length)
        {
            range = new HeadRange(old.Start, value.Length);
            Encoding.Latin1.GetBytes(value, _bytes.AsSpan(old.Start));
            _waste += old.Length - value.Length;
        }
        else
        {
            // The old value is waste from here on, so that making room may drop it.
            _waste += old.Length;
            _entries[index].Value = new HeadRange(old.Start, 0);
            range = Store(value);
        }

        ref Entry entry = ref _entries[index];
        entry.Value = range;
        entry.ValueText = value;
        entry.ValueIsText = true;
    }

    public void RemoveAt(int index)
    {
        _waste += _entries[index].Name.Length + _entries[index].Value.Length;
        _entries.AsSpan(index + 1, _count - index - 1).CopyTo(_entries.AsSpan(index));
        _count--;
        _entries[_count] = default;
    }

    private ref Entry Add(HeaderId id)
    {
        if (_count == _entries.Length)
            Array.Resize(ref _entries, Math.Max(8, 2 * _count));
        ref Entry entry = ref _entries[_count++];
        entry.Id = id;
        entry.NameIsText = false;
        entry.ValueIsText = false;
        _present |= HeaderNames.Bit(id);
        return ref entry;
    }

    private HeadRange Store(string text)
    {
        if (_bytes.Length - _length < text.Length)
            MakeRoom(text.Length);
        var range = new HeadRange(_length, text.Length);
        Encoding.Latin1.GetBytes(text, _bytes.AsSpan(_length));
        _length += text.Length;
        return range;
    }

    /// <summary>Compacts when much is waste, which bounds a table whose lines are set over and over; else grows.</summary>
    private void MakeRoom(int wanted)
    {
        int live = _length - _waste;
        byte[] target = _waste >= live && _bytes.Length - live >= wanted
            ? new byte[_bytes.Length] : new byte[Math.Max(256, Math.Max(2 * _bytes.Length, live + wanted))];
        int at = _reserved;
        _bytes.AsSpan(0, at).CopyTo(target);
        for (int i = 0; i < _count; i++)
        {
            ref Entry entry = ref _entries[i];
            entry.Name = Move(entry.Name, target, ref at);
            entry.Value = Move(entry.Value, target, ref at);
        }

        _bytes = target;
        _length = at;
        _waste = 0;
    }

    private HeadRange Move(HeadRange range, byte[] target, ref int at)
    {
        range.Of(_bytes).CopyTo(target.AsSpan(at));
        var moved = new HeadRange(at, range.Length);
        at += range.Length;
        return moved;
    }

    private struct Entry
    {
        public HeadRange Name;
        public HeadRange Value;
        public HeaderId Id;

        /// <summary>The text is that of the present bytes, not of an earlier message's.</summary>
        public bool NameIsText;

        public bool ValueIsText;
        public string? NameText;
        public string? ValueText;
    }
}
