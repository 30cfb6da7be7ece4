using System;

namespace Nng.Http;

/// <summary>The rules of Host and of the authority in a target (RFC 9112 section 3.2).</summary>
internal static class HostField
{
    private const int MaxPort = 65535;

    /// <summary>
    /// Finds who is asked for: the target's authority, if it has one, else Host. An HTTP/1.1 request has one Host
    /// whatever its target; an HTTP/1.0 request may have none.
    /// </summary>
    /// <param name="headers">The request's header lines.</param>
    /// <param name="minorVersion">Of its HTTP version.</param>
    /// <param name="authority">The target's authority; empty for none.</param>
    /// <param name="host">Host and port as sent; empty for none.</param>
    public static HttpRefusal Find(
        HeaderTable headers, int minorVersion, ReadOnlySpan<byte> authority, out ReadOnlySpan<byte> host)
    {
        host = authority;
        int line = headers.Find(HeaderId.Host);
        if (line < 0)
            return minorVersion > 0 ? HttpRefusal.HostMissing : HttpRefusal.None;
        if (headers.Find(HeaderId.Host, line + 1) >= 0)
            return HttpRefusal.HostRepeated;
        ReadOnlySpan<byte> value = headers.ValueBytes(line);
        if (!IsValid(value))
            return HttpRefusal.HostMalformed;
        if (authority.IsEmpty)
            host = value;
        return HttpRefusal.None;
    }

    /// <summary>A name, an IPv4 address or a bracketed IPv6 address, not empty, perhaps with a port.</summary>
    public static bool IsValid(ReadOnlySpan<byte> host) => TrySplit(host, out _, out _);

    /// <summary>Splits host and port; the port is empty when there is none. False for what is not a host.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> host, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> port)
    {
        name = default;
        port = default;
        int end;
        if (!host.IsEmpty && host[0] == '[')
        {
            end = host.IndexOf((byte)']') + 1;
            if (end < 4 || host[1..(end - 1)].ContainsAnyExcept("0123456789abcdefABCDEF:."u8))
                return false;
        }
        else
        {
            end = host.IndexOf((byte)':');
            if (end < 0)
                end = host.Length;
            if (end == 0 || host[..end].ContainsAnyExcept(HttpSyntax.RegisteredName) || !HasValidEscapes(host[..end]))
                return false;
        }

        name = host[..end];
        if (end == host.Length)
            return true;
        if (host[end] != ':')
            return false;
        port = host[(end + 1)..];
        return IsPort(port);
    }

    private static bool IsPort(ReadOnlySpan<byte> port)
    {
        int value = 0;
        foreach (byte b in port)
        {
            if (!char.IsAsciiDigit((char)b))
                return false;
            value = (10 * value) + (b - '0');
            if (value > MaxPort)
                return false;
        }

        return true;
    }

    private static bool HasValidEscapes(ReadOnlySpan<byte> name)
    {
        for (int i = name.IndexOf((byte)'%'); i >= 0 && i < name.Length; i++)
        {
            if (name[i] != '%')
                continue;
            if (i + 2 >= name.Length || !char.IsAsciiHexDigit((char)name[i + 1])
                || !char.IsAsciiHexDigit((char)name[i + 2]))
                return false;
        }

        return true;
    }
}
