using System;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Nng.Http;

namespace Nng.WebSockets;

/// <summary>The two messages of an upgrade, and what makes them good (RFC 6455, 4; transports sheet, 13.3 to 13.6).</summary>
/// <remarks>Wire code: no I/O, no state.</remarks>
internal static class WebSocketHandshake
{
    public const string KeyHeader = "Sec-WebSocket-Key";
    public const string AcceptHeader = "Sec-WebSocket-Accept";
    public const string VersionHeader = "Sec-WebSocket-Version";
    public const string ProtocolHeader = "Sec-WebSocket-Protocol";
    public const string ExtensionsHeader = "Sec-WebSocket-Extensions";

    /// <summary>The only version there is (RFC 6455, 4.1).</summary>
    public const string Version = "13";

    /// <summary>Stands for the server's own host in a list of origins.</summary>
    private const string SameOrigin = "same";

    /// <summary>What the key is hashed with (RFC 6455, 1.3).</summary>
    private const string KeySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private const int KeyBytes = 16;

    /// <summary>Characters of a key.</summary>
    private const int KeyLength = 24;

    /// <summary>A fresh key.</summary>
    public static string MakeKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>What proves that a server has understood the key (RFC 6455, 4.2.2).</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The protocol says SHA-1; nothing is kept secret by it.")]
    public static string AcceptOf(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + KeySuffix)));

    /// <summary>A client's request.</summary>
    public static HttpRequest MakeRequest(NngUrl url, WebSocketOptions options, string key)
    {
        var request = new HttpRequest(url);
        HttpHeaders headers = request.Headers;
        headers.Set("Upgrade", "websocket");
        headers.Set("Connection", "Upgrade");
        headers.Set(KeyHeader, key);
        headers.Set(VersionHeader, Version);
        if (options.Protocol.Length > 0)
            headers.Set(ProtocolHeader, options.Protocol);
        if (options.Deflates)
            headers.Set(ExtensionsHeader, WebSocketExtensions.Offer);
        AddOwn(headers, options);
        return request;
    }

    /// <summary>A server's answer to a request that was accepted.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">The listener's.</param>
    /// <param name="protocol">The subprotocol agreed on; null for none.</param>
    /// <param name="extensions">The extensions agreed on; null for none.</param>
    public static HttpResponse MakeResponse(
        HttpRequest request, WebSocketOptions options, string? protocol, string? extensions)
    {
        var response = new HttpResponse { Status = HttpStatus.SwitchingProtocols };
        HttpHeaders headers = response.Headers;
        headers.Set("Connection", "Upgrade");
        headers.Set("Upgrade", "websocket");
        headers.Set(AcceptHeader, AcceptOf(request.Headers[KeyHeader]!));
        if (protocol is not null)
            headers.Set(ProtocolHeader, protocol);
        if (extensions is not null)
            headers.Set(ExtensionsHeader, extensions);
        AddOwn(headers, options);
        return response;
    }

    /// <summary>Judges a request, in the order of the sheet (13.5); returns the status of a refusal, or 101.</summary>
    /// <param name="request">With its host and path matched.</param>
    /// <param name="options">The listener's.</param>
    /// <param name="protocol">The subprotocol agreed on; null for none.</param>
    public static int Judge(HttpRequest request, WebSocketOptions options, out string? protocol)
    {
        protocol = null;
        HttpHeaders headers = request.Headers;
        if (request.Method != HttpMethods.Get)
            return HttpStatus.BadRequest;
        if (request.Version != "HTTP/1.1")
            return HttpStatus.HttpVersionNotSupported;
        if (headers.ContainsWord("Transfer-Encoding", "chunked") || headers["Content-Length"] is not (null or "0"))
            return HttpStatus.ContentTooLarge;
        if (!headers.ContainsWord("Upgrade", "websocket") || !headers.ContainsWord("Connection", "upgrade")
            || headers[VersionHeader] != Version)
            return HttpStatus.BadRequest;
        if (headers[KeyHeader] is not { Length: KeyLength })
            return HttpStatus.BadRequest;
        string? offered = headers[ProtocolHeader];
        if (options.Protocol.Length > 0 || offered is not null)
        {
            protocol = FirstOf(offered, options.Protocol);
            if (protocol is null)
                return HttpStatus.BadRequest;
        }

        return IsAllowed(headers, options.Origins) ? HttpStatus.SwitchingProtocols : HttpStatus.Forbidden;
    }

    /// <summary>Judges a response (transports sheet, 13.6).</summary>
    /// <param name="response">Its head.</param>
    /// <param name="request">What it answers: the options may have changed since.</param>
    /// <param name="protocol">The subprotocol agreed on; null for none.</param>
    /// <param name="deflate">The compression agreed on; null for none.</param>
    public static NngError Judge(
        HttpResponse response,
        HttpRequest request,
        out string? protocol,
        out WebSocketDeflateTerms? deflate)
    {
        deflate = null;
        HttpHeaders headers = response.Headers;
        protocol = headers[ProtocolHeader];
        switch (response.Status)
        {
            case HttpStatus.SwitchingProtocols:
                break;
            case HttpStatus.Unauthorized or HttpStatus.Forbidden:
                return NngError.PermissionDenied;
            case HttpStatus.NotFound or HttpStatus.MethodNotAllowed or HttpStatus.NotImplemented:
                return NngError.ConnectionRefused;
            default:
                return NngError.Protocol;
        }

        string? offered = request.Headers[ProtocolHeader];
        bool deflates = request.Headers.Contains(ExtensionsHeader);
        bool good = headers[AcceptHeader] == AcceptOf(request.Headers[KeyHeader]!)
            && headers.ContainsWord("Connection", "upgrade")
            && string.Equals(headers["Upgrade"], "websocket", StringComparison.OrdinalIgnoreCase)
            && (offered is null || (protocol is not null && HasWord(offered, protocol)))
            && WebSocketExtensions.TryAccept(headers[ExtensionsHeader], deflates, out deflate);
        return good ? NngError.None : NngError.Protocol;
    }

    /// <summary>The application's headers, but for those that make the upgrade; its Host takes the place of ours.</summary>
    private static void AddOwn(HttpHeaders headers, WebSocketOptions options)
    {
        foreach ((string name, string value) in options.Headers())
        {
            if (name.Equals("Host", StringComparison.OrdinalIgnoreCase))
                headers.Set(name, value);
            else if (!IsMandated(name))
                headers.Add(name, value);
        }
    }

    private static bool IsMandated(string name) =>
        name.Equals("Upgrade", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Connection", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Sec-WebSocket-", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first of the offered words that is one of ours (TW-20); null for none.</summary>
    private static string? FirstOf(string? offered, string ours)
    {
        foreach (Range range in offered.AsSpan().Split(','))
        {
            ReadOnlySpan<char> word = offered.AsSpan()[range].Trim();
            if (!word.IsEmpty && HasWord(ours, word))
                return word.ToString();
        }

        return null;
    }

    private static bool HasWord(ReadOnlySpan<char> words, ReadOnlySpan<char> word)
    {
        foreach (Range range in words.SplitAny(", "))
        {
            if (!word.IsEmpty && words[range].SequenceEqual(word))
                return true;
        }

        return false;
    }

    /// <summary>Whether the page that asks may; whoever asks without one may.</summary>
    private static bool IsAllowed(HttpHeaders headers, string origins)
    {
        string? origin = headers["Origin"];
        if (origin is null || string.IsNullOrWhiteSpace(origins))
            return true;
        foreach (Range range in origins.AsSpan().SplitAny(", "))
        {
            ReadOnlySpan<char> allowed = origins.AsSpan()[range];
            if (allowed.IsEmpty)
                continue;
            if (allowed.SequenceEqual(SameOrigin) ? IsOwn(origin, headers["Host"])
                : allowed.Equals(origin, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool IsOwn(string origin, string? host)
    {
        int start = origin.IndexOf("://", StringComparison.Ordinal);
        return start >= 0 && host is not null
            && origin.AsSpan()[(start + 3)..].Equals(host, StringComparison.OrdinalIgnoreCase);
    }
}
