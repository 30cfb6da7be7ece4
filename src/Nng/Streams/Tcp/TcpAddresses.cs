using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Streams;

/// <summary>Host names and service names to addresses (transports sheet, 4.4).</summary>
internal static class TcpAddresses
{
    /// <summary>Service names understood without the system's table.</summary>
    private static readonly Dictionary<string, int> s_services = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ftp"] = 21, ["ssh"] = 22, ["telnet"] = 23, ["smtp"] = 25, ["domain"] = 53, ["http"] = 80, ["pop3"] = 110,
        ["ntp"] = 123, ["imap"] = 143, ["ldap"] = 389, ["https"] = 443, ["ldaps"] = 636, ["imaps"] = 993,
        ["mqtt"] = 1883, ["nfs"] = 2049, ["mysql"] = 3306, ["postgresql"] = 5432, ["amqp"] = 5672,
        ["redis"] = 6379, ["http-alt"] = 8080,
    };

    /// <summary>The family a scheme's suffix asks for; unspecified for any.</summary>
    public static AddressFamily FamilyOf(string scheme) => scheme[^1] switch
    {
        '4' => AddressFamily.InterNetwork,
        '6' => AddressFamily.InterNetworkV6,
        _ => AddressFamily.Unspecified,
    };

    /// <summary>A port number or a known service name; empty is 0.</summary>
    public static bool TryParsePort(string text, out int port)
    {
        port = 0;
        if (text.Length == 0)
            return true;
        if (char.IsAsciiDigit(text[0]))
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port)
                && port <= IPEndPoint.MaxPort;
        }

        return s_services.TryGetValue(text, out port);
    }

    /// <summary>A numeric address of the right family, without asking a resolver.</summary>
    public static bool TryParseLiteral(string host, AddressFamily family, out IPAddress? address, out bool literal)
    {
        // "1" and "1.2" are host names to us, whatever the BCL makes of them.
        literal = IPAddress.TryParse(host, out address)
            && (address.AddressFamily == AddressFamily.InterNetworkV6 || host.AsSpan().Count('.') == 3);
        return literal && (family == AddressFamily.Unspecified || address!.AddressFamily == family);
    }

    /// <summary>All addresses of a host, in the resolver's order.</summary>
    public static async ValueTask<(NngError Error, IPAddress[] Addresses)> ResolveAsync(
        string host, AddressFamily family, CancellationToken token)
    {
        if (TryParseLiteral(host, family, out IPAddress? address, out bool literal))
            return (NngError.None, [address!]);
        if (literal)
            return (NngError.AddressInvalid, []);
        try
        {
            IPAddress[] found = await Dns.GetHostAddressesAsync(host, family, token).ConfigureAwait(false);
            return found.Length == 0 ? (NngError.AddressInvalid, []) : (NngError.None, found);
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.TryAgain)
        {
            return (NngError.TryAgain, []);
        }
        catch (Exception failure) when (failure is SocketException or ArgumentException)
        {
            return (NngError.AddressInvalid, []);
        }
    }

    /// <summary>The first address of a host to listen at, of the right family; may ask the resolver and wait for it.</summary>
    public static NngError ResolveFirst(string host, AddressFamily family, out IPAddress? address)
    {
        if (TryParseLiteral(host, family, out address, out bool literal))
            return NngError.None;
        address = null;
        if (literal)
            return NngError.AddressInvalid;
        try
        {
            IPAddress[] found = Dns.GetHostAddresses(host, family);
            address = found.Length > 0 ? found[0] : null;
            return address is null ? NngError.AddressInvalid : NngError.None;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode == SocketError.TryAgain ? NngError.TryAgain : NngError.AddressInvalid;
        }
        catch (ArgumentException)
        {
            return NngError.AddressInvalid;
        }
    }
}
