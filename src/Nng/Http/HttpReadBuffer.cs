using System;
using Nng.Core;

namespace Nng.Http;

/// <summary>
/// Bytes that were received and not yet taken, in one piece: heads and chunk sizes are parsed in it. It holds no
/// memory while it is empty and its owner waits.
/// </summary>
/// <remarks>
/// Not thread-safe: it belongs to whoever runs the reading direction. It grows as far as a parser asks for more; the
/// parser's limits bound it.
/// </remarks>
internal struct HttpReadBuffer
{
    /// <summary>As upstream's; most heads fit.</summary>
    private const int FirstBytes = 8192;

    private Chunk? _chunk;
    private int _start;
    private int _end;

    public readonly int Length => _end - _start;

    public readonly ReadOnlySpan<byte> Bytes => _chunk is null ? default : _chunk.Bytes.AsSpan(_start, _end - _start);

    /// <summary>Room for at least one more byte.</summary>
    public Span<byte> MakeRoom()
    {
        if (_chunk is null)
            _chunk = ChunkPool.Rent(FirstBytes);
        else if (_end == _chunk.Bytes.Length)
            MoveUp();
        return _chunk.Bytes.AsSpan(_end);
    }

    /// <summary>Bytes were received into the room.</summary>
    public void Add(int count) => _end += count;

    /// <summary>Bytes at the front were used.</summary>
    public void Consume(int count)
    {
        _start += count;
        if (_start == _end)
            _start = _end = 0;
    }

    /// <summary>Takes up to a span's length of bytes; returns how many.</summary>
    public int Take(Span<byte> target)
    {
        int count = Math.Min(target.Length, Length);
        Bytes[..count].CopyTo(target);
        Consume(count);
        return count;
    }

    /// <summary>Gives the memory back if there is nothing in it.</summary>
    public void ReleaseIfEmpty()
    {
        if (_chunk is null || _start != _end)
            return;
        ChunkPool.Release(_chunk);
        _chunk = null;
    }

    /// <summary>The bytes go to the front, of a larger piece when they fill the present one.</summary>
    private void MoveUp()
    {
        Chunk old = _chunk!;
        ReadOnlySpan<byte> bytes = Bytes;
        if (_start == 0)
            _chunk = ChunkPool.Rent(2 * old.Bytes.Length);
        bytes.CopyTo(_chunk!.Bytes);
        _end -= _start;
        _start = 0;
        if (_chunk != old)
            ChunkPool.Release(old);
    }
}
