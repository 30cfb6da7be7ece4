using System.Collections.Generic;
using Nng.Sp;
using Nng.Sp.Transports;

namespace Nng.Sockets;

/// <summary>The composition: which transport serves which URL scheme.</summary>
internal static class TransportTable
{
    /// <summary>Those that the C library's 1.x line has too.</summary>
    private static readonly Dictionary<string, SpTransport> s_stable = Build(
        new InprocTransport(), new TcpTransport(), new TlsTransport(), new WsTransport(), new SocketTransport(),
        new IpcTransport());

    private static readonly Dictionary<string, SpTransport> s_experimental = Build(new UdpTransport());

    public static SpTransport? Find(string scheme) => FindStable(scheme) ?? s_experimental.GetValueOrDefault(scheme);

    /// <summary>For the C face, whose programs know no other schemes.</summary>
    public static SpTransport? FindStable(string scheme) => s_stable.GetValueOrDefault(scheme);

    private static Dictionary<string, SpTransport> Build(params SpTransport[] transports)
    {
        var table = new Dictionary<string, SpTransport>();
        foreach (SpTransport transport in transports)
        {
            foreach (string scheme in transport.Schemes)
                table.Add(scheme, transport);
        }

        return table;
    }
}
