using System;
using Nng.Core;
using Nng.Streams;

namespace Nng.Http;

/// <summary>
/// What a connection has to send: small parts side by side in pooled chunks, large ones by reference, all in one
/// gather.
/// </summary>
/// <remarks>Threading: belongs to whoever serves the connection.</remarks>
internal sealed class ServerOutput
{
    private const int FirstChunkBytes = 16 * 1024;
    private const int NextChunkBytes = 64 * 1024;

    private Chunk?[] _chunks = new Chunk?[2];
    private int _chunkCount;

    /// <summary>Used part of the last chunk.</summary>
    private int _filled;

    /// <summary>Where the part of the last chunk starts that is in no piece yet.</summary>
    private int _sealed;

    private ReadOnlyMemory<byte>[] _pieces = new ReadOnlyMemory<byte>[4];
    private int _pieceCount;

    /// <summary>The first piece that is not sent, and how much of it is.</summary>
    private int _piece;

    private int _offset;

    /// <summary>Bytes that have not been sent.</summary>
    public long Pending { get; private set; }

    public bool IsEmpty => Pending == 0;

    /// <summary>There is memory in it that belongs to somebody else.</summary>
    public bool HasReferences { get; private set; }

    /// <summary>Contiguous room; <see cref="Advance"/> says how much of it was used.</summary>
    public Span<byte> GetSpan(int size)
    {
        if (_chunkCount == 0 || _chunks[_chunkCount - 1]!.Bytes.Length - _filled < size)
            AddChunk(size);
        return _chunks[_chunkCount - 1]!.Bytes.AsSpan(_filled);
    }

    public void Advance(int count)
    {
        _filled += count;
        Pending += count;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Advance(bytes.Length);
    }

    /// <summary>Bytes that stay as they are until everything is sent.</summary>
    public void AppendReference(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        Seal();
        AddPiece(bytes);
        Pending += bytes.Length;
        HasReferences = true;
    }

    /// <summary>One try to send everything.</summary>
    public IoResult Send(IoChannel channel)
    {
        IoResult result;
        if (_pieceCount == 0)
        {
            // The usual case: one run of bytes in one chunk.
            result = channel.TrySend(_chunks[0]!.Bytes.AsSpan(_offset, _filled - _offset));
            _offset += result.Count;
        }
        else
        {
            Seal();
            result = channel.TrySend(_pieces.AsSpan(_piece, _pieceCount - _piece), _offset);
            AdvancePieces(result.Count);
        }

        Pending -= result.Count;
        if (Pending == 0)
            Clear();
        return result;
    }

    /// <summary>Forgets everything and gives the memory back.</summary>
    public void Clear()
    {
        for (int i = 0; i < _chunkCount; i++)
        {
            ChunkPool.Release(_chunks[i]!);
            _chunks[i] = null;
        }

        if (_pieceCount > 0)
            _pieces.AsSpan(0, _pieceCount).Clear();
        _chunkCount = 0;
        _filled = 0;
        _sealed = 0;
        _pieceCount = 0;
        _piece = 0;
        _offset = 0;
        Pending = 0;
        HasReferences = false;
    }

    private void AdvancePieces(int count)
    {
        _offset += count;
        while (_piece < _pieceCount && _offset >= _pieces[_piece].Length)
            _offset -= _pieces[_piece++].Length;
    }

    private void AddChunk(int size)
    {
        Seal();
        if (_chunkCount == _chunks.Length)
            Array.Resize(ref _chunks, 2 * _chunkCount);
        _chunks[_chunkCount] = ChunkPool.Rent(Math.Max(size, _chunkCount == 0 ? FirstChunkBytes : NextChunkBytes));
        _chunkCount++;
        _filled = 0;
        _sealed = 0;
    }

    /// <summary>Makes a piece of what was added to the last chunk.</summary>
    private void Seal()
    {
        if (_filled == _sealed)
            return;
        AddPiece(_chunks[_chunkCount - 1]!.Bytes.AsMemory(_sealed, _filled - _sealed));
        _sealed = _filled;
    }

    private void AddPiece(ReadOnlyMemory<byte> piece)
    {
        if (_pieceCount == _pieces.Length)
            Array.Resize(ref _pieces, 2 * _pieceCount);
        _pieces[_pieceCount++] = piece;
    }
}
