using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Nng.Http;

/// <summary>An HTTP request. C type: <c>nng_http_req</c>.</summary>
/// <remarks>See <see cref="HttpMessage"/> for reuse and threading.</remarks>
public sealed class HttpRequest : HttpMessage
{
    /// <summary>Method and target as parsed; valid while <see cref="_parsed"/>.</summary>
    private RequestLine _line;

    /// <summary>The start line came from a peer; texts below are made of it when asked for.</summary>
    private bool _parsed;

    private string? _method;
    private string? _uri;

    /// <summary>Texts of earlier messages, handed out again where the bytes are the same.</summary>
    private string? _lastMethod;
    private string? _lastUri;

    /// <summary>The target's parts, once asked for; the path is made canonical with them.</summary>
    private RequestTarget? _target;

    /// <summary>Creates a request without target and headers: GET, HTTP/1.1. C: <c>nng_http_req_alloc</c>.</summary>
    public HttpRequest()
    {
    }

    /// <summary>
    /// Creates a GET request for a URL: the target is its path and query, <c>Host</c> is set, user information is
    /// neither sent nor used. C function: <c>nng_http_req_alloc</c>.
    /// </summary>
    /// <param name="url">Of any scheme with a host; those of Unix sockets get Host <c>localhost</c>.</param>
    public HttpRequest(NngUrl url)
    {
        ArgumentNullException.ThrowIfNull(url);
        Uri = TargetOf(url);
        Headers.Set("Host", HostOf(url));
    }

    /// <summary>
    /// The method, <c>GET</c> unless set; any token, its case kept. Null sets GET. C functions:
    /// <c>nng_http_req_get_method</c>, <c>nng_http_req_set_method</c>.
    /// </summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: not a token.</exception>
    [AllowNull]
    public string Method
    {
        get => _method ?? MethodSlow();
        set
        {
            if (value is not null)
                HttpSyntax.CheckMethod(value);
            _method = value ?? HttpMethods.Get;
            _target?.Forget();
        }
    }

    /// <summary>
    /// The target as it stands on the wire, empty unless set; null or empty unsets it. C functions:
    /// <c>nng_http_req_get_uri</c>, <c>nng_http_req_set_uri</c>.
    /// </summary>
    /// <exception cref="NngException">
    /// <see cref="NngError.InvalidArgument"/>: a character that no target has, a fragment included.
    /// </exception>
    [AllowNull]
    public string Uri
    {
        get => _uri ?? UriSlow();
        set
        {
            value ??= string.Empty;
            HttpSyntax.CheckTarget(value);
            _uri = value;
            _target?.Forget();
        }
    }

    /// <summary>
    /// The path of the target in canonical form: decoded once (but for <c>%2F</c> and <c>%5C</c>), without dot
    /// segments and repeated slashes. Empty when the target has no path or is malformed.
    /// </summary>
    public string Path => Target.Path;

    /// <summary>The query of the target as it stands, without <c>?</c>; null for none.</summary>
    public string? Query => Target.Query;

    /// <summary>The target's parts.</summary>
    internal RequestTarget Target
    {
        get
        {
            RequestTarget target = _target ??= new RequestTarget();
            if (!target.IsResolved)
            {
                if (_parsed && _uri is null)
                    target.Resolve(_line.Target.Of(Headers.Table.Bytes), Method);
                else
                    target.Resolve(Uri, Method);
            }

            return target;
        }
    }

    internal override ReadOnlyMemory<byte> BodyOnWire => Body;

    internal override NngError TryWriteHead(out ReadOnlyMemory<byte> head) =>
        TryWriteHead(OutgoingFraming.OfRequest(this), default, out head);

    /// <summary>Writer: the same with another framing and further header lines.</summary>
    internal NngError TryWriteHead(
        OutgoingFraming framing, ReadOnlySpan<byte> extra, out ReadOnlyMemory<byte> head)
    {
        head = default;
        if (Uri.Length == 0)
            return NngError.InvalidArgument;
        byte[] bytes = HeadBytes(HeadWriter.Measure(this, extra));
        head = bytes.AsMemory(0, HeadWriter.Write(this, framing, extra, bytes));
        return NngError.None;
    }

    /// <summary>Reader: takes over a parsed head, whose header lines are in the table already.</summary>
    internal void AdoptHead(ReadOnlySpan<byte> head, in RequestLine line, int section)
    {
        Headers.Table.Adopt(head, section);
        AdoptVersion(line.MinorVersion);
        _line = line;
        _parsed = true;
        _method = HttpMethods.Known(line.Method.Of(head));
        _uri = null;
    }

    /// <summary>Path and query of a URL as a target: ASCII, never empty.</summary>
    internal static string TargetOf(NngUrl url)
    {
        if (url.IsOpaque)
            return "/";
        string text = url.Path.Length == 0 ? "/" : url.Path;
        if (url.Query is not null)
            text += "?" + url.Query;
        var target = new StringBuilder(text.Length);
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            if (b is > 0x20 and < 0x7f and not (byte)'#')
                target.Append((char)b);
            else
                target.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return target.ToString();
    }

    /// <summary>
    /// Host of a URL: with brackets around IPv6, whose zone means nothing to the other side, with the port unless it is the
    /// scheme's own.
    /// </summary>
    internal static string HostOf(NngUrl url)
    {
        if (url.IsOpaque || url.HostName.Length == 0 || url.Scheme == "http+unix")
            return "localhost";
        string host = url.HostName.Contains(':', StringComparison.Ordinal)
            ? $"[{url.HostName.Split('%')[0]}]" : url.HostName;
        return url.Port.Length == 0 || url.Port == NngUrl.DefaultPort(url.Scheme) ? host : $"{host}:{url.Port}";
    }

    private protected override void ResetStart()
    {
        _lastMethod = _method ?? _lastMethod;
        _lastUri = _uri ?? _lastUri;
        _parsed = false;
        _method = null;
        _uri = null;
        _target?.Forget();
    }

    private string MethodSlow()
    {
        if (!_parsed)
            return HttpMethods.Get;
        return _method = Text(_line.Method, _lastMethod);
    }

    private string UriSlow()
    {
        if (!_parsed)
            return string.Empty;
        return _uri = _line.Target.Length == 0 ? "/" : Text(_line.Target, _lastUri);
    }

    private string Text(HeadRange range, string? last)
    {
        ReadOnlySpan<byte> bytes = range.Of(Headers.Table.Bytes);
        return last is not null && Ascii.Equals(bytes, last) ? last : Encoding.ASCII.GetString(bytes);
    }
}
