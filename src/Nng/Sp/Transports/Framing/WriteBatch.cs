using System;
using System.Collections.Generic;
using Nng.Core;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>
/// Frames on their way out: small ones copied back to back into one buffer, large bodies by reference, as one gather
/// list. The pipe's lock guards it while it fills; while it is sent its sender owns it.
/// </summary>
internal sealed class WriteBatch
{
    /// <summary>The copy buffer; rented while there is something in it.</summary>
    private const int BufferBytes = 64 * 1024;

    /// <summary>Frames above are not copied: the gather element costs less. Measured by FramingBench.</summary>
    public const int CopyLimit = 8 * 1024;

    private readonly List<IoSegment> _segments = [];
    private readonly List<Message> _bodies = [];
    private Chunk? _buffer;
    private int _used;

    /// <summary>Where the copied bytes start that are not yet in a segment.</summary>
    private int _open;

    public int Bytes { get; private set; }

    public int Messages { get; private set; }

    public bool IsEmpty => Messages == 0;

    /// <summary>There is room for one more frame of any size.</summary>
    public bool HasRoom => Bytes < BufferBytes - CopyLimit - 128 && _segments.Count < IoChannel.MaxSegments - 3;

    /// <summary>Adds a frame; the message is taken. Call only with <see cref="HasRoom"/>.</summary>
    public void Add(Message message, FrameFormat format)
    {
        _buffer ??= ChunkPool.Rent(BufferBytes);
        int payload = message.HeaderLength + message.Length;
        Span<byte> target = _buffer.Bytes.AsSpan(_used);
        format.WriteHead(target, payload);
        message.Header.CopyTo(target[format.HeadLength..]);
        _used += format.HeadLength + message.HeaderLength;
        Messages++;
        Bytes += format.HeadLength + payload;
        if (payload <= CopyLimit)
        {
            message.Body.CopyTo(_buffer.Bytes.AsSpan(_used));
            _used += message.Length;
            message.Dispose();
            return;
        }

        CloseSegment();
        ArraySegment<byte> body = message.BodySegment;
        _segments.Add(new IoSegment(body.Array!, body.Offset, body.Count));
        _bodies.Add(message);
    }

    /// <summary>The gather list; changes nothing but what was sent (see <see cref="Advance"/>).</summary>
    public ReadOnlySpan<IoSegment> Segments()
    {
        CloseSegment();
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_segments);
    }

    /// <summary>Takes sent bytes off the front; true when nothing is left.</summary>
    public bool Advance(int count)
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

    /// <summary>
    /// Messages of which not every byte was sent. Walks the frames, of which the copy buffer keeps heads and small bodies.
    /// </summary>
    public int CountUnsent(FrameFormat format)
    {
        int sent = Bytes - (_used - _open);
        foreach (IoSegment segment in _segments)
            sent -= segment.Count;
        int whole = 0;
        int body = 0;
        for (int at = 0; whole < Messages; whole++)
        {
            format.ReadHead(_buffer!.Bytes.AsSpan(at, format.HeadLength), maxLength: 0, out ulong length);
            int payload = (int)length;
            sent -= format.HeadLength + payload;
            if (sent < 0)
                break;
            at += format.HeadLength + (payload <= CopyLimit ? payload : payload - _bodies[body++].Length);
        }

        return Messages - whole;
    }

    /// <summary>Forgets everything; storage goes back to its pools.</summary>
    public void Clear()
    {
        foreach (Message body in _bodies)
            body.Dispose();
        _bodies.Clear();
        _segments.Clear();
        if (_buffer is not null)
            ChunkPool.Release(_buffer);
        _buffer = null;
        _used = 0;
        _open = 0;
        Bytes = 0;
        Messages = 0;
    }

    private void CloseSegment()
    {
        if (_used == _open)
            return;
        _segments.Add(new IoSegment(_buffer!.Bytes, _open, _used - _open));
        _open = _used;
    }
}
