using System;
using System.Net;
using System.Text;

namespace Nng.Http;

/// <summary>Which hosts a handler serves: any, one name, or one IP address; the port never matters (sheet, 6.5).</summary>
internal sealed class HostRule
{
    private readonly string _name;
    private readonly IPAddress? _address;

    private HostRule(string name, IPAddress? address)
    {
        _name = name;
        _address = address;
    }

    /// <summary>The rule of a text; null, the rule of any host, for nothing, <c>*</c> and the any-addresses.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: it can be no host.</exception>
    public static HostRule? Parse(string? host)
    {
        if (string.IsNullOrEmpty(host) || host is "*" or "0.0.0.0" or "::" or "[::]")
            return null;
        IPAddress? address = IPAddress.TryParse(host.AsSpan().Trim("[]"), out IPAddress? parsed)
            && (host.Contains(':', StringComparison.Ordinal) || IsDotted(host)) ? parsed : null;
        if (address is null && !HostField.IsValid(Encoding.Latin1.GetBytes(host)))
            throw new NngException(NngError.InvalidArgument, $"'{host}' cannot be the host of a handler.");
        // The zone of an address is this machine's; no client sends it.
        if (address is not null)
            address = new IPAddress(address.GetAddressBytes());
        return new HostRule(host.TrimEnd('.'), address);
    }

    /// <summary>Whether two rules are the same one; null is the rule of any host.</summary>
    public static bool AreEqual(HostRule? a, HostRule? b) =>
        a is null ? b is null : b is not null && a.Equals(b);

    /// <summary>Whether it serves a request.</summary>
    /// <param name="host">Host as sent, perhaps with a port; empty for none.</param>
    public bool Matches(ReadOnlySpan<byte> host)
    {
        if (!HostField.TrySplit(host, out ReadOnlySpan<byte> name, out _))
            return false;
        if (_address is not null)
            return TryParseAddress(name, out IPAddress? address) && _address.Equals(address);
        if (name[^1] == '.')
            name = name[..^1];
        return Ascii.EqualsIgnoreCase(name, _name);
    }

    private bool Equals(HostRule other) => _address is not null
        ? _address.Equals(other._address)
        : other._address is null && string.Equals(_name, other._name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Four parts: the BCL would take "1" for an address.</summary>
    private static bool IsDotted(string host) => host.AsSpan().Count('.') == 3;

    private static bool TryParseAddress(ReadOnlySpan<byte> name, out IPAddress? address)
    {
        address = null;
        // The longest address text: IPv6 with an embedded IPv4 and brackets.
        Span<char> text = stackalloc char[48];
        if (name.Length > text.Length)
            return false;
        text = text[..Encoding.Latin1.GetChars(name, text)];
        return IPAddress.TryParse(text.Trim("[]"), out address);
    }
}
