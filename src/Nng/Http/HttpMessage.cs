using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Nng.Http;

/// <summary>What requests and responses have in common: version, header lines, body, trailers.</summary>
/// <remarks>
/// Reusable through <see cref="Reset"/>, which keeps the buffers. Not thread-safe; while a message is being read or
/// written by a connection, leave it alone.
/// </remarks>
public abstract class HttpMessage
{
    /// <summary>A larger body buffer is not kept for the next message.</summary>
    private const int KeptBodyBytes = 64 * 1024;

    private static readonly string[] s_versions =
    [
        "HTTP/1.0", "HTTP/1.1", "HTTP/1.2", "HTTP/1.3", "HTTP/1.4",
        "HTTP/1.5", "HTTP/1.6", "HTTP/1.7", "HTTP/1.8", "HTTP/1.9",
    ];

    private HttpHeaders? _trailers;
    private string? _version;

    /// <summary>Holds copied bodies; reused.</summary>
    private byte[] _bodyBytes = [];

    /// <summary>Holds the head while it is being written; reused.</summary>
    private byte[] _headBytes = [];

    private protected HttpMessage()
    {
        Headers = new HttpHeaders(new HeaderTable());
    }

    /// <summary>The header lines.</summary>
    public HttpHeaders Headers { get; }

    /// <summary>
    /// The lines after a chunked body; empty for most messages. Those of a received message came from its sender
    /// without any of the authority that headers have (RFC 9110 section 6.5).
    /// </summary>
    public HttpHeaders Trailers => _trailers ??= new HttpHeaders(new HeaderTable());

    /// <summary>
    /// <c>HTTP/1.1</c> unless set; null sets that. C functions: <c>nng_http_req_get_version</c>,
    /// <c>nng_http_req_set_version</c>, <c>nng_http_res_get_version</c>, <c>nng_http_res_set_version</c>.
    /// </summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: not a version.</exception>
    [AllowNull]
    public string Version
    {
        get => _version ?? s_versions[1];
        set
        {
            if (value is not null)
                HttpSyntax.CheckVersion(value);
            _version = value;
            MinorVersion = value is null || (value.StartsWith("HTTP/1.", StringComparison.Ordinal) && value[7] != '0')
                ? 1 : 0;
        }
    }

    /// <summary>
    /// The body, empty for none. After a read it belongs to the message and is valid until its next use.
    /// C functions: <c>nng_http_req_get_data</c>, <c>nng_http_res_get_data</c>.
    /// </summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>The digit after <c>HTTP/1.</c>; 0 for versions below.</summary>
    internal int MinorVersion { get; private set; } = 1;

    /// <summary>The trailers, when there are or were any.</summary>
    internal HeaderTable? TrailerTable => _trailers?.Table;

    /// <summary>
    /// Attaches a body by reference and sets <c>Content-Length</c>; the bytes must stay as they are while the message
    /// uses them. C functions: <c>nng_http_req_set_data</c>, <c>nng_http_res_set_data</c>.
    /// </summary>
    /// <param name="body">May be empty.</param>
    public void SetBody(ReadOnlyMemory<byte> body)
    {
        Body = body;
        Headers.Set("Content-Length", ContentLengthText(body.Length));
        OnBodySet();
    }

    /// <summary>
    /// Attaches a copy of a body and sets <c>Content-Length</c>. C functions: <c>nng_http_req_copy_data</c>,
    /// <c>nng_http_res_copy_data</c>.
    /// </summary>
    /// <param name="body">May be empty.</param>
    public void CopyBody(ReadOnlySpan<byte> body)
    {
        if (_bodyBytes.Length < body.Length)
            _bodyBytes = new byte[body.Length];
        body.CopyTo(_bodyBytes);
        SetBody(_bodyBytes.AsMemory(0, body.Length));
    }

    /// <summary>Makes the message as new. C functions: <c>nng_http_req_reset</c>, <c>nng_http_res_reset</c>.</summary>
    public void Reset()
    {
        Headers.Table.Clear();
        _trailers?.Table.Clear();
        _version = null;
        MinorVersion = 1;
        Body = default;
        if (_bodyBytes.Length > KeptBodyBytes)
            _bodyBytes = [];
        ResetStart();
    }

    /// <summary>Writer: the body that is sent after the head.</summary>
    internal abstract ReadOnlyMemory<byte> BodyOnWire { get; }

    /// <summary>Writer: makes the head as the message is now; it stays until the next call.</summary>
    /// <param name="head">The bytes.</param>
    /// <returns><see cref="NngError.InvalidArgument"/> for a request without target.</returns>
    internal abstract NngError TryWriteHead(out ReadOnlyMemory<byte> head);

    /// <summary>Reader: the version of the parsed start line.</summary>
    internal void AdoptVersion(int minor)
    {
        MinorVersion = minor;
        _version = s_versions[minor];
    }

    /// <summary>Reader: a collected body; the headers stay as received.</summary>
    internal void AdoptBody(ReadOnlyMemory<byte> body) => Body = body;

    /// <summary>Reader: room for a body that is being collected; what was collected so far stays.</summary>
    /// <param name="used">Bytes collected so far.</param>
    /// <param name="room">Bytes wanted behind them, above 0.</param>
    internal Memory<byte> CollectInto(int used, int room)
    {
        if (_bodyBytes.Length - used < room)
            Array.Resize(ref _bodyBytes, used + room);
        return _bodyBytes.AsMemory(used);
    }

    /// <summary>Reader: the body has been collected.</summary>
    internal void AdoptCollected(int length) => Body = _bodyBytes.AsMemory(0, length);

    /// <summary>Reader: the table that trailers are parsed into.</summary>
    internal HeaderTable PrepareTrailers() => Trailers.Table;

    /// <summary>Room for a head of that length.</summary>
    private protected byte[] HeadBytes(int length)
    {
        if (_headBytes.Length < length)
            _headBytes = new byte[Math.Max(512, length)];
        return _headBytes;
    }

    /// <summary>Resets what only requests or responses have.</summary>
    private protected abstract void ResetStart();

    /// <summary>The application gave the message a body.</summary>
    private protected virtual void OnBodySet()
    {
    }

    private static string ContentLengthText(int length) =>
        length.ToString(CultureInfo.InvariantCulture);
}
