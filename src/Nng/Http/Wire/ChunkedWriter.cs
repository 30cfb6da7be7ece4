using System;
using System.Buffers.Text;

namespace Nng.Http;

/// <summary>Writes the chunked transfer coding (RFC 9112 section 7.1) around data that is sent from where it is.</summary>
internal static class ChunkedWriter
{
    /// <summary>Longest start of a chunk: end of the previous one, 16 digits, line end.</summary>
    public const int MaxChunkStart = 2 + 16 + 2;

    /// <summary>The end of a body without trailers that has no chunk.</summary>
    public static ReadOnlySpan<byte> EmptyBody => "0\r\n\r\n"u8;

    /// <summary>
    /// Writes what stands between the data of two chunks: the line end of the previous one, if there is one, and the
    /// size line. Returns its length.
    /// </summary>
    /// <param name="size">Above 0: a chunk of size 0 would end the body.</param>
    /// <param name="first">There is no previous chunk.</param>
    /// <param name="output">At least <see cref="MaxChunkStart"/> bytes.</param>
    public static int WriteChunkStart(long size, bool first, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        int at = first ? 0 : WriteLineEnd(output);
        Utf8Formatter.TryFormat(size, output[at..], out int digits, 'x');
        at += digits;
        return at + WriteLineEnd(output[at..]);
    }

    /// <summary>Length of the end of a body with those trailers.</summary>
    public static int MeasureEnd(HeaderTable? trailers) =>
        7 + (trailers is null ? 0 : HeadWriter.MeasureLines(trailers));

    /// <summary>Writes the end of the last chunk, if there was one, the closing chunk and the trailers.</summary>
    /// <param name="trailers">Null for none.</param>
    /// <param name="first">There was no chunk.</param>
    /// <param name="output">At least <see cref="MeasureEnd"/> bytes.</param>
    public static int WriteEnd(HeaderTable? trailers, bool first, Span<byte> output)
    {
        int at = first ? 0 : WriteLineEnd(output);
        output[at++] = (byte)'0';
        at += WriteLineEnd(output[at..]);
        if (trailers is not null)
            at += HeadWriter.WriteLines(trailers, output[at..]);
        return at + WriteLineEnd(output[at..]);
    }

    private static int WriteLineEnd(Span<byte> output)
    {
        "\r\n"u8.CopyTo(output);
        return 2;
    }
}
