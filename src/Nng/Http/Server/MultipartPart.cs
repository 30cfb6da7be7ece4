using System;
using System.IO;
using System.Net.Http.Headers;
using System.Text;

namespace Nng.Http;

/// <summary>One part of a multipart body: a field or a file of a form.</summary>
/// <remarks>Valid until the next part is asked for. Threading: as its reader.</remarks>
public sealed class MultipartPart
{
    private readonly ContentDispositionHeaderValue? _disposition;

    internal MultipartPart(HttpHeaders headers, Stream body)
    {
        Headers = headers;
        Body = body;
        ContentDispositionHeaderValue.TryParse(AsUtf8(headers["Content-Disposition"]), out _disposition);
    }

    /// <summary>The part's own header lines.</summary>
    public HttpHeaders Headers { get; }

    /// <summary>The name of the form's field; null for none.</summary>
    public string? Name => Unquote(_disposition?.Name);

    /// <summary>
    /// The name of a file as the client gave it, null for none. Never use it as a path: it may be any text.
    /// </summary>
    public string? FileName => _disposition?.FileNameStar ?? Unquote(_disposition?.FileName);

    /// <summary>The media type; null for none, which means text.</summary>
    public string? ContentType => Headers["Content-Type"];

    /// <summary>The part's bytes as they arrive. What is not read is skipped.</summary>
    public Stream Body { get; }

    /// <summary>Browsers send names in UTF-8, header values are shown as Latin-1.</summary>
    private static string? AsUtf8(string? value)
    {
        if (value is null || Ascii.IsValid(value))
            return value;
        byte[] bytes = Encoding.Latin1.GetBytes(value);
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : value;
    }

    /// <summary>Quotes around the text go, and what clients write for quotes within it.</summary>
    private static string? Unquote(string? text)
    {
        if (text is null)
            return null;
        if (text.Length > 1 && text[0] == '"' && text[^1] == '"')
            text = text[1..^1];
        return text
            .Replace("\\\"", "\"", StringComparison.Ordinal)
            .Replace("%22", "\"", StringComparison.Ordinal);
    }
}
