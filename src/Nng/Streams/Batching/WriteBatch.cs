using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Nng.Core;

namespace Nng.Streams;

/// <summary>
/// Frames on their way out: small ones copied back to back into one buffer, large bodies by reference, as one gather
/// list. Its writer's lock guards it while it fills; while it is sent its sender owns it.
/// </summary>
internal abstract class WriteBatch
{
    /// <summary>The copy buffer; rented while there is something in it.</summary>
    protected const int BufferBytes = 64 * 1024;

    /// <summary>Room in the buffer that messages leave to heads and control frames.</summary>
    protected const int SpareBytes = 1024;

    /// <summary>Frames above are not copied: the gather element costs less. Measured by FramingBench.</summary>
    public const int CopyLimit = 8 * 1024;

    private readonly List<IoSegment> _segments = [];
    private readonly List<Message> _bodies = [];
    private Chunk? _buffer;

    /// <summary>Where the copied bytes start that are not yet in a segment.</summary>
    private int _open;

    /// <summary>Bytes of all frames that were added.</summary>
    public int Bytes { get; protected set; }

    /// <summary>Messages that were added.</summary>
    public int Messages { get; protected set; }

    /// <summary>Messages that were dropped and will not be sent.</summary>
    public int Lost { get; protected set; }

    /// <summary>Nothing was posted behind this batch, and nothing will be; set when it begins to be sent.</summary>
    public bool IsLast { get; set; }

    /// <summary>There is nothing to send.</summary>
    public virtual bool IsEmpty => Messages == 0;

    /// <summary>There is room for one more message of any size.</summary>
    public bool HasRoom => Bytes < BufferBytes - CopyLimit - SpareBytes && _segments.Count < IoChannel.MaxSegments - 3;

    /// <summary>Bytes in the copy buffer.</summary>
    protected int Used { get; private set; }

    /// <summary>Elements of the gather list.</summary>
    protected int SegmentCount => _segments.Count;

    /// <summary>Bodies that travel by reference.</summary>
    protected IReadOnlyList<Message> Bodies => _bodies;

    /// <summary>What is free of the copy buffer.</summary>
    protected Span<byte> Free => (_buffer ??= ChunkPool.Rent(BufferBytes)).Bytes.AsSpan(Used);

    /// <summary>Adds a message; it is taken. Call only with <see cref="HasRoom"/>.</summary>
    public abstract void Add(Message message);

    /// <summary>Messages of which not every byte was sent.</summary>
    public abstract int CountUnsent();

    /// <summary>
    /// The gather list, at most as long as one call takes; changes nothing but what was sent (see
    /// <see cref="Advance"/>).
    /// </summary>
    public virtual ReadOnlySpan<IoSegment> Segments()
    {
        CloseSegment();
        return CollectionsMarshal.AsSpan(_segments)[..Math.Min(_segments.Count, IoChannel.MaxSegments)];
    }

    /// <summary>Takes sent bytes off the front; true when nothing is left.</summary>
    public virtual bool Advance(int count)
    {
        int whole = 0;
        while (whole < _segments.Count && count >= _segments[whole].Count)
            count -= _segments[whole++].Count;
        _segments.RemoveRange(0, whole);
        if (count > 0)
        {
            IoSegment first = _segments[0];
            _segments[0] = new IoSegment(first.Bytes, first.Offset + count, first.Count - count);
        }

        return _segments.Count == 0;
    }

    /// <summary>Forgets everything; storage goes back to its pools.</summary>
    public virtual void Clear()
    {
        foreach (Message body in _bodies)
            body.Dispose();
        _bodies.Clear();
        _segments.Clear();
        if (_buffer is not null)
            ChunkPool.Release(_buffer);
        _buffer = null;
        Used = 0;
        _open = 0;
        Bytes = 0;
        Messages = 0;
        Lost = 0;
    }

    /// <summary>Bytes were written to <see cref="Free"/>.</summary>
    protected void Use(int count) => Used += count;

    /// <summary>Bytes of the gather list and the open part of the buffer: what has not been sent.</summary>
    protected int CountUnsentBytes()
    {
        int count = Used - _open;
        foreach (IoSegment segment in _segments)
            count += segment.Count;
        return count;
    }

    /// <summary>The copied bytes at a place of the buffer.</summary>
    protected ReadOnlySpan<byte> Copied(int offset, int count) => _buffer!.Bytes.AsSpan(offset, count);

    /// <summary>Adds bytes of a message's body by reference, behind what was copied.</summary>
    protected void Refer(Message message, int offset, int count)
    {
        CloseSegment();
        ArraySegment<byte> body = message.BodySegment;
        _segments.Add(new IoSegment(body.Array!, body.Offset + offset, count));
    }

    /// <summary>Keeps a message that is referred to.</summary>
    protected void Keep(Message message) => _bodies.Add(message);

    /// <summary>What was copied last goes out first; everything before is in segments.</summary>
    protected void PutOpenFirst()
    {
        if (Used == _open)
            return;
        _segments.Insert(0, new IoSegment(_buffer!.Bytes, _open, Used - _open));
        _open = Used;
    }

    /// <summary>Everything was sent: the buffer is free again.</summary>
    protected void Rewind()
    {
        Used = 0;
        _open = 0;
    }

    /// <summary>Makes a segment of what was copied.</summary>
    protected void CloseSegment()
    {
        if (Used == _open)
            return;
        _segments.Add(new IoSegment(_buffer!.Bytes, _open, Used - _open));
        _open = Used;
    }
}
