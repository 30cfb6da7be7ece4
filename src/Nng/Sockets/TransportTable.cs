using System.Collections.Generic;
using Nng.Sp;
using Nng.Sp.Transports;

namespace Nng.Sockets;

/// <summary>The composition: which transport serves which URL scheme.</summary>
internal static class TransportTable
{
    private static readonly Dictionary<string, SpTransport> s_byScheme = Build(
        new InprocTransport(), new TcpTransport(), new TlsTransport(), new WsTransport(), new SocketTransport(),
        new IpcTransport());

    public static SpTransport? Find(string scheme) => s_byScheme.GetValueOrDefault(scheme);

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
