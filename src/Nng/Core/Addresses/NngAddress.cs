using System;
using System.Globalization;
using System.Net;
using System.Text;

namespace Nng;

/// <summary>A socket address of any transport. C type: <c>nng_sockaddr</c>. Threading: immutable.</summary>
public sealed class NngAddress : IEquatable<NngAddress>
{
    /// <summary>Longest name or path kept in an address, in bytes (core sheet, section 11).</summary>
    private const int MaxNameBytes = 127;

    private readonly byte[] _name;

    private NngAddress(AddressKind kind, byte[] name, IPEndPoint? endPoint)
    {
        Kind = kind;
        _name = name;
        EndPoint = endPoint;
    }

    /// <summary>No address.</summary>
    public static NngAddress Unspecified { get; } = new(AddressKind.Unspecified, [], null);

    /// <summary>What kind of address it is.</summary>
    public AddressKind Kind { get; }

    /// <summary>Address and port of IPv4 and IPv6; null for others.</summary>
    public IPEndPoint? EndPoint { get; }

    /// <summary>The port of IPv4 and IPv6; 0 for others.</summary>
    public int Port => EndPoint?.Port ?? 0;

    /// <summary>The bytes of a name or path; empty for IP addresses. Abstract names may contain any byte.</summary>
    public ReadOnlySpan<byte> Name => _name;

    /// <summary>A name within the process, cut to 127 bytes.</summary>
    /// <param name="name">The endpoint's URL.</param>
    public static NngAddress Inproc(string name) => new(AddressKind.Inproc, Cut(name), null);

    /// <summary>A Unix socket's path or a Windows pipe's name, cut to 127 bytes.</summary>
    /// <param name="path">The path.</param>
    public static NngAddress Ipc(string path) => new(AddressKind.Ipc, Cut(path), null);

    /// <summary>An abstract Unix socket.</summary>
    /// <param name="name">Without the leading NUL.</param>
    public static NngAddress Abstract(ReadOnlySpan<byte> name) => new(AddressKind.Abstract, name.ToArray(), null);

    /// <summary>An IPv4 or IPv6 address.</summary>
    /// <param name="endPoint">Address and port.</param>
    public static NngAddress Ip(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        bool inet6 = endPoint.Address.GetAddressBytes().Length == 16;
        return new NngAddress(inet6 ? AddressKind.Inet6 : AddressKind.Inet, [], endPoint);
    }

    /// <summary>
    /// Parses a numeric IP address: <c>1.2.3.4</c>, <c>::1</c>, <c>[::1]</c>, each with an optional <c>:port</c>
    /// (brackets are needed for IPv6 with a port).
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address.</param>
    public static bool TryParse(string text, out NngAddress address)
    {
        address = Unspecified;
        ArgumentNullException.ThrowIfNull(text);
        ReadOnlySpan<char> host = text;
        int port = 0;
        int close = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) : -1;
        int colon = close >= 0 ? close + 1 : text.IndexOf(':', StringComparison.Ordinal);
        bool hasPort = close >= 0 ? colon < text.Length
            : colon >= 0 && text.LastIndexOf(':') == colon;
        if (hasPort)
        {
            if (text[colon] != ':' || !ushort.TryParse(
                text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort parsed))
                return false;
            port = parsed;
            host = host[..colon];
        }

        if (close >= 0)
            host = text.AsSpan(1, close - 1);
        // The BCL also takes "1" and "1.2"; an address literal has four parts.
        if (!IPAddress.TryParse(host, out IPAddress? ip) || (host.Count('.') != 3 && !host.Contains(':')))
            return false;
        address = Ip(new IPEndPoint(ip, port));
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(NngAddress? other) =>
        other is not null && Kind == other.Kind && _name.AsSpan().SequenceEqual(other._name)
        && Equals(EndPoint, other.EndPoint);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NngAddress);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Kind);
        hash.AddBytes(_name);
        hash.Add(EndPoint);
        return hash.ToHashCode();
    }

    /// <summary>
    /// The text form: <c>1.2.3.4:80</c>, <c>[fe80::1%2]:80</c>, the path, <c>abstract[name]</c>, <c>inproc[name]</c>,
    /// <c>unknown</c>. C function: <c>nng_str_sockaddr</c>.
    /// </summary>
    public override string ToString() => Kind switch
    {
        AddressKind.Inproc => $"inproc[{Encoding.UTF8.GetString(_name)}]",
        AddressKind.Ipc => Encoding.UTF8.GetString(_name),
        AddressKind.Abstract => $"abstract[{Printable(_name)}]",
        AddressKind.Inet => EndPoint!.ToString(),
        AddressKind.Inet6 => $"[{EndPoint!.Address}]:{EndPoint.Port}",
        _ => "unknown",
    };

    private static byte[] Cut(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        return bytes.Length <= MaxNameBytes ? bytes : bytes[..MaxNameBytes];
    }

    private static string Printable(byte[] name)
    {
        var text = new StringBuilder();
        foreach (byte b in name)
        {
            if (b is >= 0x20 and < 0x7f)
                text.Append((char)b);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}");
        }

        return text.ToString();
    }
}
