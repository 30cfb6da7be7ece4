using System;
using System.Text;

namespace Nng.Http;

/// <summary>Header names to their identity and back.</summary>
internal static class HeaderNames
{
    private static readonly string[] s_names =
    [
        string.Empty,
        "Host",
        "Content-Length",
        "Transfer-Encoding",
        "Connection",
        "Expect",
        "Content-Type",
        "Upgrade",
        "Date",
        "Server",
        "Accept",
        "Accept-Encoding",
        "Accept-Language",
        "Accept-Ranges",
        "Allow",
        "Authorization",
        "Cache-Control",
        "Content-Encoding",
        "Content-Range",
        "Content-Disposition",
        "Cookie",
        "Set-Cookie",
        "ETag",
        "If-Match",
        "If-Modified-Since",
        "If-None-Match",
        "If-Range",
        "If-Unmodified-Since",
        "Keep-Alive",
        "Last-Modified",
        "Location",
        "Origin",
        "Range",
        "Referer",
        "TE",
        "Trailer",
        "User-Agent",
        "Vary",
    ];

    /// <summary>The usual spelling; empty for <see cref="HeaderId.Other"/>.</summary>
    public static string Text(HeaderId id) => s_names[(int)id];

    /// <summary>The bit of a name in a set of names; none for <see cref="HeaderId.Other"/>.</summary>
    public static ulong Bit(HeaderId id) => id == HeaderId.Other ? 0 : 1UL << (int)id;

    /// <summary>The identity of a name, ignoring case.</summary>
    public static HeaderId Identify(ReadOnlySpan<byte> name)
    {
        // Length and first letter leave at most three candidates.
        switch (name.Length)
        {
            case 2:
                return Pick(name, "TE"u8, HeaderId.TE);
            case 4:
                return (name[0] | 0x20) switch
                {
                    'h' => Pick(name, "Host"u8, HeaderId.Host),
                    'd' => Pick(name, "Date"u8, HeaderId.Date),
                    'e' => Pick(name, "ETag"u8, HeaderId.ETag),
                    'v' => Pick(name, "Vary"u8, HeaderId.Vary),
                    _ => HeaderId.Other,
                };
            case 5:
                return (name[0] | 0x20) switch
                {
                    'a' => Pick(name, "Allow"u8, HeaderId.Allow),
                    'r' => Pick(name, "Range"u8, HeaderId.Range),
                    _ => HeaderId.Other,
                };
            case 6:
                return (name[0] | 0x20) switch
                {
                    'e' => Pick(name, "Expect"u8, HeaderId.Expect),
                    's' => Pick(name, "Server"u8, HeaderId.Server),
                    'a' => Pick(name, "Accept"u8, HeaderId.Accept),
                    'c' => Pick(name, "Cookie"u8, HeaderId.Cookie),
                    'o' => Pick(name, "Origin"u8, HeaderId.Origin),
                    _ => HeaderId.Other,
                };
            case 7:
                return (name[0] | 0x20) switch
                {
                    'u' => Pick(name, "Upgrade"u8, HeaderId.Upgrade),
                    'r' => Pick(name, "Referer"u8, HeaderId.Referer),
                    't' => Pick(name, "Trailer"u8, HeaderId.Trailer),
                    _ => HeaderId.Other,
                };
            case 8:
                return (name[0] | 0x20) switch
                {
                    'i' => Is(name, "If-Match"u8) ? HeaderId.IfMatch : Pick(name, "If-Range"u8, HeaderId.IfRange),
                    'l' => Pick(name, "Location"u8, HeaderId.Location),
                    _ => HeaderId.Other,
                };
            case 10:
                return (name[0] | 0x20) switch
                {
                    'c' => Pick(name, "Connection"u8, HeaderId.Connection),
                    's' => Pick(name, "Set-Cookie"u8, HeaderId.SetCookie),
                    'k' => Pick(name, "Keep-Alive"u8, HeaderId.KeepAlive),
                    'u' => Pick(name, "User-Agent"u8, HeaderId.UserAgent),
                    _ => HeaderId.Other,
                };
            case 12:
                return Pick(name, "Content-Type"u8, HeaderId.ContentType);
            case 13:
                return (name[0] | 0x20) switch
                {
                    'a' => Is(name, "Accept-Ranges"u8) ? HeaderId.AcceptRanges
                        : Pick(name, "Authorization"u8, HeaderId.Authorization),
                    'c' => Is(name, "Cache-Control"u8) ? HeaderId.CacheControl
                        : Pick(name, "Content-Range"u8, HeaderId.ContentRange),
                    'i' => Pick(name, "If-None-Match"u8, HeaderId.IfNoneMatch),
                    'l' => Pick(name, "Last-Modified"u8, HeaderId.LastModified),
                    _ => HeaderId.Other,
                };
            case 14:
                return Pick(name, "Content-Length"u8, HeaderId.ContentLength);
            case 15:
                return (name[0] | 0x20) switch
                {
                    'a' => Is(name, "Accept-Encoding"u8) ? HeaderId.AcceptEncoding
                        : Pick(name, "Accept-Language"u8, HeaderId.AcceptLanguage),
                    _ => HeaderId.Other,
                };
            case 16:
                return Pick(name, "Content-Encoding"u8, HeaderId.ContentEncoding);
            case 17:
                return (name[0] | 0x20) switch
                {
                    't' => Pick(name, "Transfer-Encoding"u8, HeaderId.TransferEncoding),
                    'i' => Pick(name, "If-Modified-Since"u8, HeaderId.IfModifiedSince),
                    _ => HeaderId.Other,
                };
            case 19:
                return (name[0] | 0x20) switch
                {
                    'c' => Pick(name, "Content-Disposition"u8, HeaderId.ContentDisposition),
                    'i' => Pick(name, "If-Unmodified-Since"u8, HeaderId.IfUnmodifiedSince),
                    _ => HeaderId.Other,
                };
            default:
                return HeaderId.Other;
        }
    }

    /// <summary>The identity of a name given as text, ignoring case.</summary>
    public static HeaderId Identify(ReadOnlySpan<char> name)
    {
        Span<byte> bytes = stackalloc byte[32];
        if (name.Length > bytes.Length || !Ascii.IsValid(name))
            return HeaderId.Other;
        Encoding.ASCII.GetBytes(name, bytes);
        return Identify(bytes[..name.Length]);
    }

    private static HeaderId Pick(ReadOnlySpan<byte> name, ReadOnlySpan<byte> candidate, HeaderId id) =>
        Is(name, candidate) ? id : HeaderId.Other;

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> candidate) =>
        name.SequenceEqual(candidate) || Ascii.EqualsIgnoreCase(name, candidate);
}
