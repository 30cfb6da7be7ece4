namespace Nng.Http;

/// <summary>Whether a connection lives on after a message (RFC 9112 section 9.3).</summary>
internal static class KeepAlive
{
    /// <summary>
    /// Whether the sender of a message keeps the connection: HTTP/1.1 unless it says <c>close</c>, HTTP/1.0 only if it
    /// says <c>keep-alive</c>.
    /// </summary>
    public static bool Wants(HeaderTable headers, int minorVersion)
    {
        if (headers.Find(HeaderId.Connection) < 0)
            return minorVersion > 0;
        if (HeaderList.Contains(headers, HeaderId.Connection, "close"u8))
            return false;
        return minorVersion > 0 || HeaderList.Contains(headers, HeaderId.Connection, "keep-alive"u8);
    }

    /// <summary>Whether the sender asks for another protocol, and says so in Connection as it must.</summary>
    public static bool AsksToUpgrade(HeaderTable headers) =>
        headers.Find(HeaderId.Upgrade) >= 0 && HeaderList.Contains(headers, HeaderId.Connection, "upgrade"u8);
}
