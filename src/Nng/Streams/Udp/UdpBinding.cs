using System;
using System.Net;
using System.Net.Sockets;

namespace Nng.Streams;

/// <summary>Where a UDP listener binds: an address, or all of them, dual-stack where there is IPv6 (U-18).</summary>
internal sealed record UdpBinding(IPEndPoint EndPoint, bool DualMode)
{
    /// <summary>
    /// Checks the URL and resolves its host; an empty host is all addresses, port 0 lets the system choose. A lone
    /// <c>*</c> is no host here (transports sheet, 16.4).
    /// </summary>
    public static NngError Parse(NngUrl url, out UdpBinding? binding)
    {
        binding = null;
        if (!TcpDialer.IsPlain(url) || IsStar(url) || !TcpAddresses.TryParsePort(url.Port, out int port))
            return NngError.AddressInvalid;
        AddressFamily family = TcpAddresses.FamilyOf(url.Scheme);
        if (url.HostName.Length == 0)
        {
            bool dualMode = family == AddressFamily.Unspecified && Socket.OSSupportsIPv6;
            bool inet6 = dualMode || family == AddressFamily.InterNetworkV6;
            binding = new UdpBinding(new IPEndPoint(inet6 ? IPAddress.IPv6Any : IPAddress.Any, port), dualMode);
            return NngError.None;
        }

        NngError error = TcpAddresses.ResolveFirst(url.HostName, family, out IPAddress? address);
        if (error == NngError.None)
            binding = new UdpBinding(new IPEndPoint(address!, port), DualMode: false);
        return error;
    }

    /// <summary>The parser has removed it, so the text itself is asked.</summary>
    private static bool IsStar(NngUrl url) => url.Raw.Contains("://*", StringComparison.Ordinal) && url.HostName.Length == 0;
}
