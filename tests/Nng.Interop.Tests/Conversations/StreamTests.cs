using System.Collections.Generic;
using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Conversations;

/// <summary>Ten thousand messages with a C library, in order and complete, in every pattern and both ways.</summary>
public sealed class StreamTests
{
    private const int Count = 10_000;

    public static IEnumerable<object[]> WithLibnng() => Rows("libnng");

    public static IEnumerable<object[]> WithLibnanomsg() => Rows("libnanomsg");

    [PeerTheory("libnng")]
    [MemberData(nameof(WithLibnng))]
    public Task Long_streams_with_libnng_keep_their_order(string scheme, string pattern, bool weAsk) =>
        StreamAsync("libnng", scheme, pattern, weAsk);

    [PeerTheory("libnanomsg")]
    [MemberData(nameof(WithLibnanomsg))]
    public Task Long_streams_with_libnanomsg_keep_their_order(string scheme, string pattern, bool weAsk) =>
        StreamAsync("libnanomsg", scheme, pattern, weAsk);

    private static IEnumerable<object[]> Rows(string peer)
    {
        foreach (Pattern pattern in Pattern.All)
        {
            foreach (string scheme in (string[])["tcp", "ipc", "tls+tcp", "ws", "wss"])
            {
                if (!Pattern.Knows(peer, pattern.Name, scheme))
                    continue;
                yield return [scheme, pattern.Name, true];
                yield return [scheme, pattern.Name, false];
            }
        }
    }

    private static async Task StreamAsync(string peer, string scheme, string pattern, bool weAsk)
    {
        Pattern how = Pattern.Named(pattern);
        using Party asker = Party.Open(weAsk ? "ours" : peer, how.Asker);
        using Party answerer = Party.Open(weAsk ? peer : "ours", how.Answerer);
        Conversation.Connect(asker, answerer, ScratchUrl.For(scheme));
        await Conversation.StreamAsync(how, asker, answerer, Count);
    }
}
