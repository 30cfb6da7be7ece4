using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.Http;

/// <summary>Sends a body as it is read from a stream, framed by its length or in chunks.</summary>
internal static class RequestUpload
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>Sends all of it.</summary>
    /// <param name="connection">Its head has been written.</param>
    /// <param name="content">The body; not disposed.</param>
    /// <param name="length">How many bytes were announced; -1 for chunks.</param>
    /// <param name="answered">True when the server has given its answer already and wants no more.</param>
    /// <param name="token">Gives up.</param>
    /// <returns>False: the answer came first, and the body is not complete.</returns>
    /// <exception cref="NngException">The connection failed, or the content is shorter than was announced.</exception>
    public static async ValueTask<bool> SendAsync(
        HttpConnection connection, Stream content, long length, Func<bool> answered, CancellationToken token)
    {
        Chunk piece = ChunkPool.Rent(PieceBytes + ChunkedWriter.MaxChunkStart);
        try
        {
            Memory<byte> room = piece.Bytes.AsMemory(ChunkedWriter.MaxChunkStart, PieceBytes);
            bool first = true;
            for (long left = length; left != 0;)
            {
                if (answered())
                    return false;
                Memory<byte> target = left > 0 && left < room.Length ? room[..(int)left] : room;
                int count = await content.ReadAsync(target, token).ConfigureAwait(false);
                if (count == 0)
                {
                    if (left > 0)
                        ThrowTooShort(length, length - left);
                    break;
                }

                int start = length < 0 ? WriteStart(piece, count, first) : 0;
                ReadOnlyMemory<byte> bytes = piece.Bytes.AsMemory(ChunkedWriter.MaxChunkStart - start, start + count);
                await connection.WriteAllAsync(bytes, token).ConfigureAwait(false);
                first = false;
                left -= left > 0 ? count : 0;
            }

            if (length < 0)
                await connection.WriteAllAsync(End(piece, first), token).ConfigureAwait(false);
            return true;
        }
        finally
        {
            ChunkPool.Release(piece);
        }
    }

    /// <summary>Puts the start of a chunk right before its data; returns its length.</summary>
    private static int WriteStart(Chunk piece, int size, bool first)
    {
        Span<byte> start = stackalloc byte[ChunkedWriter.MaxChunkStart];
        int length = ChunkedWriter.WriteChunkStart(size, first, start);
        start[..length].CopyTo(piece.Bytes.AsSpan(ChunkedWriter.MaxChunkStart - length));
        return length;
    }

    private static ReadOnlyMemory<byte> End(Chunk piece, bool first) =>
        piece.Bytes.AsMemory(0, ChunkedWriter.WriteEnd(null, first, piece.Bytes));

    private static void ThrowTooShort(long length, long sent) => throw new NngException(
        NngError.InvalidArgument, $"The content ended after {sent} bytes; {length} were announced.");
}
