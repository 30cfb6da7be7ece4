using System;
using System.Globalization;
using System.Text;

namespace Nng.Http;

/// <summary>A response of fixed bytes, serialised once but for Date and Connection.</summary>
internal sealed class StaticAnswer
{
    /// <summary>Bodies up to this length are copied beside their head; longer ones travel by reference.</summary>
    private const int CopyLimit = 8 * 1024;

    private readonly byte[] _head;
    private readonly byte[] _body;

    public StaticAnswer(ReadOnlySpan<byte> content, string mediaType)
    {
        HttpSyntax.CheckValue("Content-Type", mediaType);
        _body = content.ToArray();
        _head = Encoding.Latin1.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 200 OK\r\nContent-Type: {mediaType}\r\nContent-Length: {_body.Length}\r\n"));
    }

    public int BodyLength => _body.Length;

    /// <summary>Puts the response into the output.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="connection">The Connection line; empty for none.</param>
    /// <param name="isHead">Without the body.</param>
    public void Write(ServerOutput output, ReadOnlySpan<byte> connection, bool isHead)
    {
        ReadOnlySpan<byte> date = HttpDate.CurrentLine;
        bool copies = _body.Length <= CopyLimit;
        int length = _head.Length + date.Length + connection.Length + 2 + (copies && !isHead ? _body.Length : 0);
        Span<byte> bytes = output.GetSpan(length);
        _head.CopyTo(bytes);
        int at = _head.Length;
        date.CopyTo(bytes[at..]);
        at += date.Length;
        connection.CopyTo(bytes[at..]);
        at += connection.Length;
        "\r\n"u8.CopyTo(bytes[at..]);
        if (copies && !isHead)
            _body.CopyTo(bytes[(at + 2)..]);
        output.Advance(length);
        if (!copies && !isHead)
            output.AppendReference(_body);
    }
}
