using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace Nng.Streams;

/// <summary>Whom a UDP dialer dials: a host, resolved at every dial, and a port.</summary>
internal sealed record UdpTarget(string Host, int Port, AddressFamily Family)
{
    /// <summary>Checks the URL: host and port are needed, nothing else is allowed (transports sheet, 16.4).</summary>
    public static bool TryParse(NngUrl url, [NotNullWhen(true)] out UdpTarget? target)
    {
        target = null;
        if (!TcpDialer.IsPlain(url) || url.HostName.Length == 0
            || !TcpAddresses.TryParsePort(url.Port, out int port) || port == 0)
        {
            return false;
        }

        AddressFamily family = TcpAddresses.FamilyOf(url.Scheme);
        bool isForeign = !TcpAddresses.TryParseLiteral(url.HostName, family, out _, out bool literal) && literal;
        if (!isForeign)
            target = new UdpTarget(url.HostName, port, family);
        return !isForeign;
    }
}
