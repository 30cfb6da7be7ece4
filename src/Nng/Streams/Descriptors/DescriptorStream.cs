using System.Net.Sockets;
using Nng.Core;

namespace Nng.Streams;

/// <summary>What is special about connections that were handed in: no addresses, and a peer's identity on Unix sockets.</summary>
internal static class DescriptorStream
{
    private static readonly OptionTable<NngStream> s_plain = new(IpcStream.Addresses);

    private static readonly OptionTable<NngStream> s_unix = new([.. IpcStream.Addresses, .. IpcStream.Credentials]);

    public static NngStream Create(Socket accepted)
    {
        bool isUnix = accepted.AddressFamily == AddressFamily.Unix;
        return new NngStream(
            IoEngine.Default.CreateChannel(accepted, connected: true),
            NngAddress.Unspecified,
            NngAddress.Unspecified,
            isUnix ? s_unix : s_plain);
    }
}
