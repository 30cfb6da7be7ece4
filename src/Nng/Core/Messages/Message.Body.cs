using System;
using Nng.Core;

namespace Nng;

/// <content>The body.</content>
public sealed partial class Message
{
    /// <summary>Body length in bytes. C function: <c>nng_msg_len</c>.</summary>
    public int Length => _length;

    /// <summary>
    /// Bytes from the body's start to the end of its storage; appending up to it does not move the body.
    /// C function: <c>nng_msg_capacity</c>.
    /// </summary>
    public int Capacity => _limit - _start;

    /// <summary>The body. Valid until the next modification. C function: <c>nng_msg_body</c>.</summary>
    /// <exception cref="ObjectDisposedException">The message was disposed or sent.</exception>
    public ReadOnlySpan<byte> Body
    {
        get
        {
            Live();
            return new ReadOnlySpan<byte>(_chunk!.Bytes, _start, _length);
        }
    }

    /// <summary>The body as memory. Valid until the next modification.</summary>
    /// <exception cref="ObjectDisposedException">The message was disposed or sent.</exception>
    public ReadOnlyMemory<byte> Memory
    {
        get
        {
            Live();
            return new ReadOnlyMemory<byte>(_chunk!.Bytes, _start, _length);
        }
    }

    /// <summary>The body's storage and position, for I/O.</summary>
    internal ArraySegment<byte> BodySegment => new(_chunk!.Bytes, _start, _length);

    /// <summary>The body for writing in place. Valid until the next modification of the length.</summary>
    /// <exception cref="ObjectDisposedException">The message was disposed or sent.</exception>
    public Span<byte> GetWritableBody()
    {
        Live();
        Unshare();
        return _chunk!.Bytes.AsSpan(_start, _length);
    }

    /// <summary>Appends bytes to the body. C function: <c>nng_msg_append</c>.</summary>
    /// <param name="bytes">May be empty; may overlap the body.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Live();
        Chunk? old = MakeRoomAtEnd(bytes.Length);
        bytes.CopyTo(_chunk!.Bytes.AsSpan(_start + _length));
        _length += bytes.Length;
        Drop(old);
    }

    /// <summary>Inserts bytes in front of the body. C function: <c>nng_msg_insert</c>.</summary>
    /// <param name="bytes">May be empty; may overlap the body.</param>
    public void Insert(ReadOnlySpan<byte> bytes)
    {
        Live();
        Chunk? old = MakeRoomAtFront(bytes.Length);
        _start -= bytes.Length;
        _length += bytes.Length;
        bytes.CopyTo(_chunk!.Bytes.AsSpan(_start));
        Drop(old);
    }

    /// <summary>
    /// Removes bytes from the front of the body. C function: <c>nng_msg_trim</c>.
    /// </summary>
    /// <param name="count">0 to <see cref="Length"/>.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: fewer bytes are there.</exception>
    public void Trim(int count)
    {
        if (!TryTrim(count))
            Throw.MessageTooShort("trim", count, _length);
    }

    /// <summary>Removes bytes from the end of the body. C function: <c>nng_msg_chop</c>.</summary>
    /// <param name="count">0 to <see cref="Length"/>.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: fewer bytes are there.</exception>
    public void Chop(int count)
    {
        Live();
        if ((uint)count > (uint)_length)
            Throw.MessageTooShort("chop", count, _length);
        _length -= count;
    }

    /// <summary>Empties the body; the header stays. C function: <c>nng_msg_clear</c>.</summary>
    public void Clear()
    {
        Live();
        _length = 0;
    }

    /// <summary>
    /// Makes <see cref="Capacity"/> at least <paramref name="capacity"/>; the length stays.
    /// C function: <c>nng_msg_reserve</c>.
    /// </summary>
    /// <param name="capacity">Bytes from the body's start.</param>
    public void Reserve(int capacity)
    {
        Live();
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        if (capacity > Capacity)
            Drop(Relocate(_start, checked(_start + capacity)));
    }

    /// <summary>
    /// Sets the body's length: shortens it like <see cref="Chop"/> or extends it with undefined bytes.
    /// C function: <c>nng_msg_realloc</c>.
    /// </summary>
    /// <param name="length">The new length in bytes.</param>
    public void Resize(int length)
    {
        Live();
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Reserve(length);
        _length = length;
    }

    /// <summary>The non-throwing form of <see cref="Trim"/>.</summary>
    internal bool TryTrim(int count)
    {
        Live();
        if ((uint)count > (uint)_length)
            return false;
        // Emptying the body keeps its place, so that a later append has the whole capacity again.
        if (count < _length)
            _start += count;
        _length -= count;
        return true;
    }

    /// <summary>Moves the header in front of the body and empties it: the layout that a byte stream delivers.</summary>
    internal void MergeHeader()
    {
        if (_headerLength == 0)
            return;
        Insert(Header);
        _headerLength = 0;
    }

    /// <summary>Makes the body's bytes this message's own.</summary>
    private void Unshare()
    {
        if (_chunk!.IsShared)
            Drop(Relocate(_start, _limit));
    }

    private Chunk? MakeRoomAtEnd(int count)
    {
        int end = checked(_start + _length + count);
        if (end <= _limit && !_chunk!.IsShared)
            return null;
        if (end <= _limit)
            return Relocate(_start, _limit);
        // Twice what there is, so that many small appends stay linear.
        int limit = Math.Max(end, (int)Math.Min(_start + ((long)_length * 2), Array.MaxLength));
        return Relocate(_start, limit);
    }

    private Chunk? MakeRoomAtFront(int count)
    {
        if (count <= _start && !_chunk!.IsShared)
            return null;
        int start = Math.Max(_start, checked(count + Headroom));
        return Relocate(start, checked(start + Math.Max(_length, _limit - _start)));
    }

    /// <summary>
    /// Moves the body to <paramref name="start"/> with storage up to <paramref name="limit"/>; returns the storage to
    /// drop once the caller has copied what may lie in it, or null when it was extended in place.
    /// </summary>
    private Chunk? Relocate(int start, int limit)
    {
        Chunk old = _chunk!;
        if (start == _start && limit <= old.Bytes.Length && !old.IsShared)
        {
            _limit = limit;
            return null;
        }

        Chunk fresh = ChunkPool.Rent(limit);
        old.Bytes.AsSpan(_start, _length).CopyTo(fresh.Bytes.AsSpan(start));
        _chunk = fresh;
        _start = start;
        _limit = limit;
        return old;
    }

    private static void Drop(Chunk? old)
    {
        if (old is not null)
            ChunkPool.Release(old);
    }
}
