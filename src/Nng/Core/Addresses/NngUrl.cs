using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Nng.Core;

namespace Nng;

/// <summary>
/// A parsed URL of an endpoint. C type: <c>nng_url</c>, C function: <c>nng_url_parse</c>.
/// </summary>
/// <remarks>
/// The schemes <c>inproc</c>, <c>ipc</c>, <c>unix</c> and <c>abstract</c> have a verbatim path and nothing else. In
/// all others path, query and fragment are canonical: needless percent escapes are decoded, dot segments and repeated
/// slashes removed. Threading: immutable.
/// </remarks>
public sealed class NngUrl
{
    private NngUrl(string raw, string scheme, string path)
    {
        Raw = raw;
        Scheme = scheme;
        Path = path;
    }

    /// <summary>The text as given.</summary>
    public string Raw { get; }

    /// <summary>Lower case; may be empty.</summary>
    public string Scheme { get; }

    /// <summary>What stood before an <c>@</c>; null when there was none.</summary>
    public string? UserInfo { get; private init; }

    /// <summary>Host and port as given, lower case, a lone <c>*</c> removed; empty for none.</summary>
    public string Host { get; private init; } = string.Empty;

    /// <summary>Host without port and brackets; empty for none.</summary>
    public string HostName { get; private init; } = string.Empty;

    /// <summary>The text after the colon, or the scheme's default; empty for none. Not checked to be a number.</summary>
    public string Port { get; private init; } = string.Empty;

    /// <summary>The path; empty for none.</summary>
    public string Path { get; private init; }

    /// <summary>The query without <c>?</c>; null for none.</summary>
    public string? Query { get; private init; }

    /// <summary>The fragment without <c>#</c>; null for none.</summary>
    public string? Fragment { get; private init; }

    /// <summary>Path, query and fragment together; empty for none.</summary>
    public string RequestUri { get; private init; } = string.Empty;

    /// <summary>The scheme is one of those whose path is taken verbatim.</summary>
    internal bool IsOpaque => IsOpaqueScheme(Scheme);

    /// <summary>Parses a URL.</summary>
    /// <param name="text">For example <c>tcp://host:5555</c>.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: the text is not a URL.</exception>
    public static NngUrl Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!TryParse(text, out NngUrl? url))
            Throw.Error(NngError.InvalidArgument, $"'{text}' is not a valid URL.");
        return url;
    }

    /// <summary>Parses a URL; false when the text is not one.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="url">The URL.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out NngUrl? url)
    {
        url = null;
        int colon = text is null ? -1 : text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || string.CompareOrdinal(text, colon, "://", 0, 3) != 0)
            return false;
        string scheme = ToLowerAscii(text!.AsSpan(0, colon));
        ReadOnlySpan<char> rest = text.AsSpan(colon + 3);
        if (IsOpaqueScheme(scheme))
        {
            url = new NngUrl(text!, scheme, rest.ToString());
            return true;
        }

        int end = rest.IndexOfAny('/', '?', '#');
        ReadOnlySpan<char> authority = end < 0 ? rest : rest[..end];
        if (!TrySplitAuthority(authority, out string? userInfo, out string host)
            || !TrySplitHost(host, out string hostName, out string? port)
            || !UrlCanonical.TryCanonicalize(end < 0 ? default : rest[end..], out string requestUri))
            return false;
        (string path, string? query, string? fragment) = UrlCanonical.Split(requestUri);
        url = new NngUrl(text!, scheme, path)
        {
            UserInfo = userInfo,
            Host = host,
            HostName = hostName,
            Port = port ?? DefaultPort(scheme),
            Query = query,
            Fragment = fragment,
            RequestUri = requestUri,
        };
        return true;
    }

    /// <summary>
    /// The canonical text, without user information, optionally with another port.
    /// </summary>
    /// <param name="port">Replaces the port when above 0.</param>
    public string Format(int port = 0)
    {
        if (IsOpaque)
            return Scheme + "://" + Path;
        var text = new StringBuilder(Scheme).Append("://");
        if (HostName.Contains(':', StringComparison.Ordinal))
            text.Append('[').Append(HostName).Append(']');
        else
            text.Append(HostName);
        string portText = port > 0 ? port.ToString(CultureInfo.InvariantCulture) : Port;
        if (portText.Length > 0 && portText != DefaultPort(Scheme))
            text.Append(':').Append(portText);
        return text.Append(RequestUri).ToString();
    }

    /// <summary>The text as given.</summary>
    public override string ToString() => Raw;

    /// <summary>The port a scheme implies; empty for none. A suffix 4 or 6 restricts the address family.</summary>
    internal static string DefaultPort(string scheme) => scheme.TrimEnd('4', '6') switch
    {
        _ when scheme.Length > 1 && scheme[^1] is '4' or '6' && scheme[^2] is '4' or '6' => string.Empty,
        "git" => "9418",
        "gopher" => "70",
        "http" or "ws" => "80",
        "https" or "wss" => "443",
        "ssh" => "22",
        "telnet" => "23",
        _ => string.Empty,
    };

    private static bool IsOpaqueScheme(string scheme) => scheme is "ipc" or "unix" or "abstract" or "inproc";

    private static bool TrySplitAuthority(ReadOnlySpan<char> authority, out string? userInfo, out string host)
    {
        userInfo = null;
        host = string.Empty;
        int at = authority.IndexOf('@');
        if (at >= 0)
        {
            userInfo = authority[..at].ToString();
            authority = authority[(at + 1)..];
            if (authority.Contains('@'))
                return false;
        }

        if (authority.SequenceEqual("*") || authority.StartsWith("*:"))
            authority = authority[1..];
        host = ToLowerHost(authority);
        return true;
    }

    private static bool TrySplitHost(string host, out string hostName, out string? port)
    {
        hostName = string.Empty;
        port = null;
        int colon;
        if (host.StartsWith('['))
        {
            int close = host.IndexOf(']', StringComparison.Ordinal);
            if (close < 0)
                return false;
            hostName = host[1..close];
            colon = close + 1 == host.Length ? -1 : close + 1;
            if (colon > 0 && host[colon] != ':')
                return false;
        }
        else
        {
            colon = host.IndexOf(':', StringComparison.Ordinal);
            hostName = colon < 0 ? host : host[..colon];
        }

        if (colon < 0)
            return true;
        port = host[(colon + 1)..];
        return port.Length > 0;
    }

    /// <summary>Lower case, except for the scope name inside brackets, which may name an interface (TW-31).</summary>
    private static string ToLowerHost(ReadOnlySpan<char> host)
    {
        int close = host.StartsWith("[") ? host.IndexOf(']') : -1;
        int scope = close < 0 ? -1 : host[..close].IndexOf('%');
        if (scope < 0)
            return ToLowerAscii(host);
        return string.Concat(ToLowerAscii(host[..scope]), host[scope..close], ToLowerAscii(host[close..]));
    }

    private static string ToLowerAscii(ReadOnlySpan<char> text)
    {
        var lower = new char[text.Length];
        for (int i = 0; i < lower.Length; i++)
            lower[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
        return new string(lower);
    }
}
