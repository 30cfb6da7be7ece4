using System.Net.Sockets;
using Nng.Core;

namespace Nng.Streams;

/// <summary>What is special about TLS connections: TCP's options, and who the peer is.</summary>
internal static class TlsStream
{
    private static readonly OptionTable<NngStream> s_options = new(Rows);

    /// <summary>The options; kinds that run over TLS have them too.</summary>
    public static OptionRow<NngStream>[] Rows =>
    [
        .. TcpStream.Rows,
        OptionRows.Boolean<NngStream>(OptionNames.TlsVerified, s => s.TlsPeer is { IsVerified: true }),
        new OptionRow<NngStream>
        {
            Name = OptionNames.TlsPeerCommonName,
            Type = OptionType.Text,
            Get = s => OptionValue.Text(s.TlsPeer?.CommonName),
        },
        new OptionRow<NngStream>
        {
            Name = OptionNames.TlsPeerAlternativeNames,
            Type = OptionType.Object,
            Get = s => OptionValue.Object(s.TlsPeer?.AlternativeNames ?? []),
        },
        new OptionRow<NngStream>
        {
            Name = OptionNames.TlsPeer,
            Type = OptionType.Object,
            Get = s => OptionValue.Object(s.TlsPeer),
        },
    ];

    /// <summary>A stream over a connection that was dialled.</summary>
    public static NngStream Create(IoChannel connected, TlsSetup setup)
    {
        (NngAddress local, NngAddress remote) = TcpStream.EndsOf(connected);
        return new NngStream(new TlsChannel(connected, setup), local, remote, s_options);
    }

    /// <summary>A stream over a connection that was accepted.</summary>
    public static NngStream Create(Socket accepted, TlsSetup setup)
    {
        (NngAddress local, NngAddress remote) = TcpStream.EndsOf(accepted);
        IoChannel channel = IoEngine.Default.CreateChannel(accepted, connected: true);
        return new NngStream(new TlsChannel(channel, setup), local, remote, s_options);
    }
}
