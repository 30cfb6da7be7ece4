using System;
using Nng.Core;
using Nng.Streams;

namespace Nng.Http;

/// <summary>What a connection has received and not used up yet; without bytes it holds no memory.</summary>
/// <remarks>Threading: belongs to whoever serves the connection.</remarks>
internal sealed class ServerInput
{
    /// <summary>Enough for a batch of pipelined requests.</summary>
    private const int FirstBytes = 16 * 1024;

    private Chunk? _chunk;
    private int _start;
    private int _end;

    public bool IsEmpty => _start == _end;

    public int Count => _end - _start;

    public ReadOnlySpan<byte> Bytes => _chunk is null ? default : _chunk.Bytes.AsSpan(_start, _end - _start);

    /// <summary>One try to receive more; the buffer grows as its bytes need it.</summary>
    public IoResult Receive(IoChannel channel)
    {
        MakeRoom();
        IoResult result = channel.TryReceive(_chunk!.Bytes.AsSpan(_end));
        _end += result.Count;
        return result;
    }

    public void Consume(int count)
    {
        _start += count;
        if (_start == _end)
            _start = _end = 0;
    }

    /// <summary>Bytes that somebody else received.</summary>
    public void Put(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            MakeRoom();
            int count = Math.Min(_chunk!.Bytes.Length - _end, bytes.Length);
            bytes[..count].CopyTo(_chunk.Bytes.AsSpan(_end));
            _end += count;
            bytes = bytes[count..];
        }
    }

    /// <summary>Gives the memory back when there are no bytes in it.</summary>
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

    private void MakeRoom()
    {
        if (_chunk is null)
        {
            _chunk = ChunkPool.Rent(FirstBytes);
        }
        else if (_end == _chunk.Bytes.Length || _chunk.Bytes.Length - _end < _start)
        {
            Chunk target = _chunk;
            if (_end - _start > _chunk.Bytes.Length / 2)
                target = ChunkPool.Rent(2 * _chunk.Bytes.Length);
            Bytes.CopyTo(target.Bytes);
            _end -= _start;
            _start = 0;
            if (target != _chunk)
                ChunkPool.Release(_chunk);
            _chunk = target;
        }
    }
}
