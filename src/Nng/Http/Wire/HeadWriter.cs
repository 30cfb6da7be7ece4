using System;
using System.Buffers.Text;
using System.Text;

namespace Nng.Http;

/// <summary>Writes heads: start line, header lines, empty line, exactly as they stand on the wire.</summary>
/// <remarks>
/// Measuring gives an upper bound that writing does not exceed. Content-Length and Transfer-Encoding are written by
/// the framing, at the place where the application had put one of them, else last.
/// </remarks>
internal static class HeadWriter
{
    /// <summary>The framing line at its longest: <c>Content-Length: </c>, 19 digits, line end.</summary>
    private const int MaxFramingLine = 16 + 19 + 2;

    /// <summary>Upper bound of a request's head.</summary>
    /// <param name="request">With a target.</param>
    /// <param name="extra">Further header lines, each with its line end.</param>
    public static int Measure(HttpRequest request, ReadOnlySpan<byte> extra = default) =>
        request.Method.Length + request.Uri.Length + request.Version.Length + 4
        + MeasureLines(request.Headers.Table) + MaxFramingLine + extra.Length + 2;

    /// <summary>Writes a request's head and returns its length.</summary>
    /// <param name="request">With a target.</param>
    /// <param name="framing">Its framing headers.</param>
    /// <param name="extra">Further header lines, each with its line end; written last.</param>
    /// <param name="output">At least <see cref="Measure(HttpRequest, ReadOnlySpan{byte})"/> bytes.</param>
    public static int Write(
        HttpRequest request, OutgoingFraming framing, ReadOnlySpan<byte> extra, Span<byte> output)
    {
        int at = WriteText(request.Method, output);
        output[at++] = (byte)' ';
        at += WriteText(request.Uri, output[at..]);
        output[at++] = (byte)' ';
        at += WriteText(request.Version, output[at..]);
        at += WriteLineEnd(output[at..]);
        return at + WriteRest(request.Headers.Table, framing, extra, output[at..]);
    }

    /// <summary>Upper bound of a response's head.</summary>
    /// <param name="response">Any.</param>
    /// <param name="extra">Further header lines, each with its line end.</param>
    public static int Measure(HttpResponse response, ReadOnlySpan<byte> extra = default) =>
        response.Version.Length + 1 + 3 + 1 + response.Reason.Length + 2
        + MeasureLines(response.Headers.Table) + MaxFramingLine + extra.Length + 2;

    /// <summary>Writes a response's head and returns its length.</summary>
    /// <param name="response">Any.</param>
    /// <param name="framing">Its framing headers.</param>
    /// <param name="extra">Further header lines, each with its line end; written last.</param>
    /// <param name="output">At least <see cref="Measure(HttpResponse, ReadOnlySpan{byte})"/> bytes.</param>
    public static int Write(
        HttpResponse response, OutgoingFraming framing, ReadOnlySpan<byte> extra, Span<byte> output)
    {
        int at = WriteText(response.Version, output);
        output[at++] = (byte)' ';
        at += WriteNumber(response.Status, output[at..]);
        output[at++] = (byte)' ';
        at += WriteText(response.Reason, output[at..]);
        at += WriteLineEnd(output[at..]);
        return at + WriteRest(response.Headers.Table, framing, extra, output[at..]);
    }

    /// <summary>Length of all lines of a table.</summary>
    public static int MeasureLines(HeaderTable table)
    {
        int length = 0;
        for (int i = 0; i < table.Count; i++)
            length += table.NameBytes(i).Length + table.ValueBytes(i).Length + 4;
        return length;
    }

    /// <summary>Writes all lines of a table as they are and returns their length.</summary>
    public static int WriteLines(HeaderTable table, Span<byte> output)
    {
        int at = 0;
        for (int i = 0; i < table.Count; i++)
            at += WriteLine(table, i, output[at..]);
        return at;
    }

    private static int WriteRest(
        HeaderTable table, OutgoingFraming framing, ReadOnlySpan<byte> extra, Span<byte> output)
    {
        int at;
        if (framing.Kind == OutgoingKind.AsSet)
        {
            at = WriteLines(table, output);
        }
        else
        {
            at = 0;
            bool framed = framing.Kind == OutgoingKind.Bodiless;
            for (int i = 0; i < table.Count; i++)
            {
                if (table.Id(i) is not (HeaderId.ContentLength or HeaderId.TransferEncoding))
                {
                    at += WriteLine(table, i, output[at..]);
                }
                else if (!framed)
                {
                    at += WriteFraming(framing, output[at..]);
                    framed = true;
                }
            }

            if (!framed)
                at += WriteFraming(framing, output[at..]);
        }

        extra.CopyTo(output[at..]);
        at += extra.Length;
        return at + WriteLineEnd(output[at..]);
    }

    private static int WriteFraming(OutgoingFraming framing, Span<byte> output)
    {
        if (framing.Kind == OutgoingKind.Chunked)
        {
            ReadOnlySpan<byte> line = "Transfer-Encoding: chunked\r\n"u8;
            line.CopyTo(output);
            return line.Length;
        }

        ReadOnlySpan<byte> name = "Content-Length: "u8;
        name.CopyTo(output);
        int at = name.Length;
        at += WriteNumber(framing.Length, output[at..]);
        return at + WriteLineEnd(output[at..]);
    }

    private static int WriteLine(HeaderTable table, int index, Span<byte> output)
    {
        ReadOnlySpan<byte> name = table.NameBytes(index);
        ReadOnlySpan<byte> value = table.ValueBytes(index);
        name.CopyTo(output);
        int at = name.Length;
        output[at++] = (byte)':';
        output[at++] = (byte)' ';
        value.CopyTo(output[at..]);
        at += value.Length;
        return at + WriteLineEnd(output[at..]);
    }

    private static int WriteLineEnd(Span<byte> output)
    {
        "\r\n"u8.CopyTo(output);
        return 2;
    }

    private static int WriteText(string text, Span<byte> output) => Encoding.Latin1.GetBytes(text, output);

    private static int WriteNumber(long number, Span<byte> output)
    {
        Utf8Formatter.TryFormat(number, output, out int length);
        return length;
    }
}
