using System;
using Nng.Core;

namespace Nng.Streams;

/// <summary>
/// Bytes received and not yet parsed, in one piece. It holds a whole buffer only while a receive is tried; a
/// connection that waits keeps what it has of a frame, in storage of that size, or nothing.
/// </summary>
/// <remarks>Not thread-safe: it belongs to whoever runs the receiving direction.</remarks>
internal struct ReceiveWindow
{
    /// <summary>A frame up to this length, head included, is parsed in the window.</summary>
    public const int Size = 64 * 1024;

    /// <summary>A rest of a frame up to this size moves into storage of its own while the connection waits.</summary>
    private const int ShelfBytes = 4 * 1024;

    /// <summary>What a receive takes in when a frame is expected that does not belong into the window.</summary>
    private const int PeekBytes = 256;

    private Chunk? _chunk;
    private int _start;
    private int _end;

    /// <summary>
    /// The frame to come is probably longer than the window, as the last one was: the next receive takes in little more
    /// than its head, so that little of it is copied to where it goes.
    /// </summary>
    public bool ExpectsLarge { readonly get; set; }

    public readonly int Count => _end - _start;

    public readonly ReadOnlySpan<byte> Bytes => _chunk is null ? default : _chunk.Bytes.AsSpan(_start, _end - _start);

    /// <summary>Bytes at the front were used.</summary>
    public void Consume(int count) => _start += count;

    /// <summary>One try to receive more; there is room for some, or a frame would have been complete.</summary>
    public IoResult Receive(IoChannel channel)
    {
        if (_start == _end)
        {
            _start = _end = 0;
            _chunk ??= ChunkPool.Rent(Size);
        }
        else if (_chunk!.Bytes.Length < Size)
        {
            Move(Size);
        }
        else if (_start > 0)
        {
            CopyRest(_chunk);
        }

        int room = ExpectsLarge && _end < PeekBytes ? PeekBytes - _end : Size - _end;
        IoResult result = channel.TryReceive(_chunk.Bytes.AsSpan(_end, room));
        _end += result.Count;
        return result;
    }

    /// <summary>The connection is about to wait.</summary>
    public void Shelve()
    {
        int rest = _end - _start;
        if (rest == 0)
            ReleaseIfEmpty();
        else if (rest <= ShelfBytes && _chunk!.Bytes.Length == Size)
            Move(rest);
    }

    /// <summary>Gives the storage back if there is nothing in it.</summary>
    public void ReleaseIfEmpty()
    {
        if (_start != _end || _chunk is null)
            return;
        ChunkPool.Release(_chunk);
        _chunk = null;
        _start = _end = 0;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _start = _end = 0;
        ReleaseIfEmpty();
    }

    /// <summary>
    /// Bytes that somebody else received, before the first receive: any number, of which less than <see cref="Size"/>
    /// are left when that comes.
    /// </summary>
    public void Put(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        _chunk = ChunkPool.Rent(Math.Max(Size, bytes.Length));
        bytes.CopyTo(_chunk.Bytes);
        _end = bytes.Length;
    }

    /// <summary>Moves the rest into storage of at least the given size.</summary>
    private void Move(int size)
    {
        Chunk old = _chunk!;
        Chunk moved = ChunkPool.Rent(size);
        CopyRest(moved);
        _chunk = moved;
        ChunkPool.Release(old);
    }

    /// <summary>The rest, from the storage to the front of the target, which may be the same.</summary>
    private void CopyRest(Chunk target)
    {
        _chunk!.Bytes.AsSpan(_start, _end - _start).CopyTo(target.Bytes);
        _end -= _start;
        _start = 0;
    }
}
