using System;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Nng.Http;

/// <summary>An HTTP response. C type: <c>nng_http_res</c>.</summary>
/// <remarks>See <see cref="HttpMessage"/> for reuse and threading.</remarks>
public sealed class HttpResponse : HttpMessage
{
    private int _status = HttpStatus.Ok;

    /// <summary>Null for the default of the status.</summary>
    private string? _reason;

    /// <summary>The reason phrase as parsed; valid while <see cref="_parsed"/>.</summary>
    private HeadRange _parsedReason;

    private bool _parsed;

    /// <summary>
    /// Creates a response: 200, HTTP/1.1, no headers, no body. C function: <c>nng_http_res_alloc</c>.
    /// </summary>
    public HttpResponse()
    {
    }

    /// <summary>
    /// The status code, 200 unless set. C functions: <c>nng_http_res_get_status</c>, <c>nng_http_res_set_status</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not from 100 to 999.</exception>
    public int Status
    {
        get => _status;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, HttpStatus.Minimum);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, HttpStatus.Maximum);
            Unparse();
            _status = value;
        }
    }

    /// <summary>
    /// The reason phrase: what was set, else the status's own. Null, or the present default, means the default from
    /// then on. C functions: <c>nng_http_res_get_reason</c>, <c>nng_http_res_set_reason</c>.
    /// </summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: a control character.</exception>
    [AllowNull]
    public string Reason
    {
        get
        {
            Unparse();
            return _reason ?? HttpStatus.ReasonPhrase(_status);
        }

        set
        {
            if (value is not null)
                HttpSyntax.CheckReason(value);
            _parsed = false;
            _reason = value == HttpStatus.ReasonPhrase(_status) ? null : value;
        }
    }

    /// <summary>
    /// The body is the built-in page of an error, which a server may replace by its own page for the status.
    /// </summary>
    internal bool IsErrorPage { get; private set; }

    internal override ReadOnlyMemory<byte> BodyOnWire =>
        MessageFraming.StatusHasBody(Status) ? Body : ReadOnlyMemory<byte>.Empty;

    internal override NngError TryWriteHead(out ReadOnlyMemory<byte> head)
    {
        byte[] bytes = HeadBytes(HeadWriter.Measure(this));
        head = bytes.AsMemory(0, HeadWriter.Write(this, OutgoingFraming.OfResponse(this), default, bytes));
        return NngError.None;
    }

    /// <summary>
    /// Creates a response with a small HTML page that tells the status; a server puts its own page for the status in
    /// its place. C function: <c>nng_http_res_alloc_error</c>.
    /// </summary>
    /// <param name="status">100 to 999.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not from 100 to 999.</exception>
    public static HttpResponse CreateError(int status)
    {
        var response = new HttpResponse { Status = status };
        response.SetErrorPage(HttpErrorPage.Create(status, response.Reason));
        return response;
    }

    /// <summary>Server: makes the body an error page, and marks it so.</summary>
    internal void SetErrorPage(ReadOnlyMemory<byte> page)
    {
        Headers.Set("Content-Type", HttpErrorPage.MediaType);
        SetBody(page);
        IsErrorPage = true;
    }

    /// <summary>Reader: takes over a parsed head, whose header lines are in the table already.</summary>
    internal void AdoptHead(ReadOnlySpan<byte> head, in StatusLine line, int section)
    {
        Headers.Table.Adopt(head, section);
        AdoptVersion(line.MinorVersion);
        _status = line.Status;
        _parsedReason = line.Reason;
        _parsed = true;
        _reason = null;
    }

    private protected override void ResetStart()
    {
        _status = HttpStatus.Ok;
        _reason = null;
        _parsed = false;
        IsErrorPage = false;
    }

    private protected override void OnBodySet() => IsErrorPage = false;

    /// <summary>Makes the parsed reason a text; an empty one, or the status's own, stands for the default.</summary>
    private void Unparse()
    {
        if (!_parsed)
            return;
        _parsed = false;
        ReadOnlySpan<byte> reason = _parsedReason.Of(Headers.Table.Bytes);
        bool isDefault = reason.IsEmpty || Ascii.Equals(reason, HttpStatus.ReasonPhrase(_status));
        _reason = isDefault ? null : Encoding.Latin1.GetString(reason);
    }
}
