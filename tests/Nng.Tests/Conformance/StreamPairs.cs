using System;
using System.Net.Sockets;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Streams;
using Nng.TestKit;

namespace Nng.Tests.Conformance;

/// <summary>Makes connected pairs of streams.</summary>
internal static class StreamPairs
{
    /// <summary>Through a listener and a dialer of the scheme, on the default engine.</summary>
    public static async Task<(NngStream A, NngStream B)> DialAsync(string scheme)
    {
        using var listener = new NngStreamListener(ScratchUrl.For(scheme));
        bool isTls = scheme.StartsWith("tls+", StringComparison.Ordinal) || scheme.StartsWith("wss", StringComparison.Ordinal);
        if (isTls)
            listener.SetOption(OptionNames.TlsConfig, TestAuthority.Server.ServerConfig());
        listener.Listen();
        Task<NngStream> accept = listener.AcceptAsync().AsTask();
        using var dialer = new NngStreamDialer(listener.Url);
        if (isTls)
            dialer.SetOption(OptionNames.TlsConfig, TestIdentity.ClientConfig(TestAuthority.Shared));
        NngStream dialed = await dialer.DialAsync();
        NngStream accepted = await accept;
        if (isTls)
            await ShakeAsync(dialed, accepted);
        return (dialed, accepted);
    }

    /// <summary>A byte each way: both handshakes are over, and nothing of them is on its way any more.</summary>
    public static async Task ShakeAsync(NngStream a, NngStream b)
    {
        byte[] got = new byte[1];
        await a.WriteAsync("1"u8.ToArray());
        await b.ReadExactlyAsync(got);
        await b.WriteAsync("2"u8.ToArray());
        await a.ReadExactlyAsync(got);
    }

    /// <summary>On an engine that need not be the default one.</summary>
    public static (NngStream A, NngStream B) On(IoEngine engine, string scheme)
    {
        using RawPeerListener listener = RawPeerListener.For(scheme);
        Socket a = RawPeer.Dial(listener.Url).Socket;
        Socket b = listener.Accept().Socket;
        return (Wrap(engine, a), Wrap(engine, b));
    }

    private static NngStream Wrap(IoEngine engine, Socket socket) => new(
        engine.CreateChannel(socket, connected: true),
        NngAddress.Unspecified,
        NngAddress.Unspecified,
        new OptionTable<NngStream>());
}
