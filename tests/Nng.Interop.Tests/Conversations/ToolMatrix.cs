using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;

namespace Nng.Interop.Tests.Conversations;

/// <summary>Our sockets in conversation with the C tools as processes.</summary>
internal static class ToolMatrix
{
    /// <summary>One exchange of each size, each with a process of its own, all at the same time.</summary>
    public static Task ExchangeAsync(string tool, string scheme, string pattern, bool weAsk, bool weListen) =>
        Task.WhenAll(SizesFor(tool, Pattern.Named(pattern)).Select(
            size => ExchangeAsync(tool, scheme, Pattern.Named(pattern), weAsk, weListen, size)));

    /// <summary>The tool is killed after an exchange and started again, and so often our socket finds it.</summary>
    public static async Task SurviveKillsAsync(string tool, string scheme, string pattern, bool weAsk, bool weListen)
    {
        Pattern how = Pattern.Named(pattern);
        string url = ScratchUrl.For(scheme);
        using var ours = new OurParty(weAsk ? how.Asker : how.Answerer);
        if (weListen)
            ours.Listen(url);
        else
            ours.DialInBackground(url);
        for (int round = 1; round <= 3; round++)
        {
            using var peer = new ToolPeer(tool, how, !weAsk, !weListen, url, Conversation.Body(round));
            await peer.ExchangeAsync(ours, Conversation.Body(round, seed: 1));
            peer.Kill();
            await Eventually.TrueAsync(() => ours.Peers == 0, "the killed tool is gone", Party.TimeoutMs);
        }
    }

    /// <summary>
    /// nanocat refuses to send nothing, and to receive more than 1 MiB, the header of a question or answer included;
    /// neither can be changed by its options.
    /// </summary>
    private static IEnumerable<int> SizesFor(string tool, Pattern pattern)
    {
        int most = pattern.Replies && !pattern.IsSymmetric ? (1 << 20) - 8 : 1 << 20;
        return tool == "nanocat" ? Matrix.Sizes.Where(size => size > 0 && size <= most) : Matrix.Sizes;
    }

    private static async Task ExchangeAsync(
        string tool, string scheme, Pattern pattern, bool weAsk, bool weListen, int size)
    {
        string url = ScratchUrl.For(scheme);
        using var ours = new OurParty(weAsk ? pattern.Asker : pattern.Answerer);
        if (weListen)
            ours.Listen(url);
        using var peer = new ToolPeer(tool, pattern, !weAsk, !weListen, url, Conversation.Body(size));
        if (!weListen)
            ours.DialInBackground(url);
        await peer.ExchangeAsync(ours, Conversation.Body(size, seed: 1));
    }
}
