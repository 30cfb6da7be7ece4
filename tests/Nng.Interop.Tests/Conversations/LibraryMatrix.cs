using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;

namespace Nng.Interop.Tests.Conversations;

/// <summary>
/// Our sockets in conversation with the C libraries in this process: every pattern, either end ours, either end
/// listening, over tcp, ipc and (libnng) abstract sockets and TLS, all sizes.
/// </summary>
internal static class LibraryMatrix
{
    public static async Task ExchangeAsync(string peer, string scheme, string pattern, bool weAsk, bool weListen)
    {
        Pattern how = Pattern.Named(pattern);
        using Party asker = Party.Open(weAsk ? "ours" : peer, how.Asker);
        using Party answerer = Party.Open(weAsk ? peer : "ours", how.Answerer);
        bool askerListens = weAsk == weListen;
        Conversation.Connect(askerListens ? asker : answerer, askerListens ? answerer : asker, ScratchUrl.For(scheme));
        foreach (int size in Matrix.Sizes)
        {
            byte[] answer = Conversation.Body(size, seed: 1);
            await Conversation.ExchangeAsync(how, asker, answerer, Conversation.Body(size), answer);
        }
    }
}
