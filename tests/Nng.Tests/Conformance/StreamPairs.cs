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
        listener.Listen();
        Task<NngStream> accept = listener.AcceptAsync().AsTask();
        using var dialer = new NngStreamDialer(listener.Url);
        NngStream dialed = await dialer.DialAsync();
        return (dialed, await accept);
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
