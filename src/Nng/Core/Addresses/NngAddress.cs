using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;
using Nng.Core;

namespace Nng;

/// <summary>A socket address of any transport. C type: <c>nng_sockaddr</c>. Threading: immutable.</summary>
public sealed class NngAddress : IEquatable<NngAddress>
{
    /// <summary>Longest name or path kept in an address, in bytes (core sheet, section 11).</summary>
    private const int MaxNameBytes = 127;

    /// <summary>Longest abstract name, in bytes, without the leading NUL.</summary>
    private const int MaxAbstractBytes = 107;

    private readonly byte[] _name;

    /// <summary>Our own copy, which nobody else can change; null for addresses that are not IP.</summary>
    private readonly IPEndPoint? _endPoint;

    private NngAddress(AddressKind kind, byte[] name, IPEndPoint? endPoint)
    {
        Kind = kind;
        _name = name;
        _endPoint = endPoint;
    }

    /// <summary>No address.</summary>
    public static NngAddress Unspecified { get; } = new(AddressKind.Unspecified, [], null);

    /// <summary>What kind of address it is.</summary>
    public AddressKind Kind { get; }

    /// <summary>Address and port of IPv4 and IPv6, a fresh copy; null for others.</summary>
    public IPEndPoint? EndPoint => _endPoint is null ? null : Copy(_endPoint);

    /// <summary>The port of IPv4 and IPv6; 0 for others.</summary>
    public int Port => _endPoint?.Port ?? 0;

    /// <summary>The bytes of a name or path; empty for IP addresses. Abstract names may contain any byte.</summary>
    public ReadOnlySpan<byte> Name => _name;

    /// <summary>A name within the process, cut to 127 bytes.</summary>
    /// <param name="name">The endpoint's URL.</param>
    public static NngAddress Inproc(string name) => new(AddressKind.Inproc, Cut(name), null);

    /// <summary>A Unix socket's path or a Windows pipe's name, cut to 127 bytes.</summary>
    /// <param name="path">The path.</param>
    public static NngAddress Ipc(string path) => new(AddressKind.Ipc, Cut(path), null);

    /// <summary>An abstract Unix socket.</summary>
    /// <param name="name">Without the leading NUL; empty lets the system choose.</param>
    /// <exception cref="NngException">
    /// <see cref="NngError.AddressInvalid"/>: the name is longer than 107 bytes.
    /// </exception>
    public static NngAddress Abstract(ReadOnlySpan<byte> name)
    {
        if (name.Length > MaxAbstractBytes)
        {
            Throw.Error(
                NngError.AddressInvalid,
                $"An abstract name of {name.Length} bytes is too long: the limit is {MaxAbstractBytes}.");
        }

        return new NngAddress(AddressKind.Abstract, name.ToArray(), null);
    }

    /// <summary>An IPv4 or IPv6 address.</summary>
    /// <param name="endPoint">Address and port.</param>
    public static NngAddress Ip(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        // An IPv4 address has four bytes; the enum that says so belongs to another room.
        bool inet = endPoint.Address.TryWriteBytes(stackalloc byte[4], out _);
        return new NngAddress(inet ? AddressKind.Inet : AddressKind.Inet6, [], Copy(endPoint));
    }

    /// <summary>
    /// Parses a numeric IP address: <c>1.2.3.4</c>, <c>::1</c>, <c>[::1]</c>, each with an optional <c>:port</c>
    /// (brackets are needed for IPv6 with a port).
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address.</param>
    /// <returns>False for anything else, names included.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out NngAddress address)
    {
        address = Unspecified;
        if (text is null)
            return false;
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
        // The BCL takes more than literals: "1.2", hexadecimal and octal parts, a second pair of brackets.
        bool literal = host.Contains(':') ? !host.ContainsAny('[', ']', '/') : close < 0 && IsDottedQuad(host);
        if (!literal || !IPAddress.TryParse(host, out IPAddress? ip))
            return false;
        address = Ip(new IPEndPoint(ip, port));
        return true;
    }

    /// <summary>Whether two addresses are of one kind and equal in all its fields.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(NngAddress? left, NngAddress? right) => left?.Equals(right) ?? right is null;

    /// <summary>Whether two addresses differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(NngAddress? left, NngAddress? right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(NngAddress? other) =>
        other is not null && Kind == other.Kind && _name.AsSpan().SequenceEqual(other._name)
        && Equals(_endPoint, other._endPoint);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NngAddress);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Kind);
        hash.AddBytes(_name);
        hash.Add(_endPoint);
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
        AddressKind.Inet => _endPoint!.ToString(),
        AddressKind.Inet6 => $"[{_endPoint!.Address}]:{_endPoint.Port}",
        _ => "unknown",
    };

    private static IPEndPoint Copy(IPEndPoint endPoint) => new(endPoint.Address, endPoint.Port);

    /// <summary>Four decimal parts without leading zeros.</summary>
    private static bool IsDottedQuad(ReadOnlySpan<char> host)
    {
        int parts = 0;
        foreach (Range range in host.Split('.'))
        {
            ReadOnlySpan<char> part = host[range];
            if (part.IsEmpty || part.ContainsAnyExceptInRange('0', '9') || (part.Length > 1 && part[0] == '0'))
                return false;
            parts++;
        }

        return parts == 4;
    }

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
