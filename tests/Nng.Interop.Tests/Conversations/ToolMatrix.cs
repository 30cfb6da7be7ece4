using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;

namespace Nng.Interop.Tests.Conversations;

/// <summary>Our sockets in conversation with the C tools as processes.</summary>
internal static class ToolMatrix
{
    /// <summary>How often a tool that locks itself up is started.</summary>
    private const int Attempts = 3;

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
            bool heard;
            int attempt = 0;
            do
            {
                using var peer = new ToolPeer(tool, how, !weAsk, !weListen, url, Conversation.Body(round));
                bool mayLockUp = LocksUp(tool, how, weAsk) && ++attempt < Attempts;
                heard = await TalkAsync(peer, ours, Conversation.Body(round, seed: 1), mayLockUp);
                await peer.KillAsync(ours);
            }
            while (!heard);
        }
    }

    /// <summary>
    /// The surveyor of libnng 1.5.2 now and then locks itself up when a survey ends while a peer arrives: two of its threads
    /// wait for a mutex that nobody holds, and it says nothing any more. Then it is started again.
    /// </summary>
    private static bool LocksUp(string tool, Pattern pattern, bool weAsk) =>
        tool == "nngcat" && pattern.Asker == "surveyor" && !weAsk;

    /// <summary>One exchange; false when the tool said nothing and may have locked itself up.</summary>
    private static async Task<bool> TalkAsync(ToolPeer peer, OurParty ours, byte[] weSay, bool mayLockUp)
    {
        try
        {
            await peer.ExchangeAsync(ours, weSay);
            return true;
        }
        catch (NngException failure) when (mayLockUp && failure.Error == NngError.TimedOut)
        {
            return false;
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
        bool heard;
        int attempt = 0;
        do
        {
            using var ours = new OurParty(weAsk ? pattern.Asker : pattern.Answerer);
            if (weListen)
                ours.Listen(url);
            using var peer = new ToolPeer(tool, pattern, !weAsk, !weListen, url, Conversation.Body(size));
            if (!weListen)
                ours.DialInBackground(url);
            bool mayLockUp = LocksUp(tool, pattern, weAsk) && ++attempt < Attempts;
            heard = await TalkAsync(peer, ours, Conversation.Body(size, seed: 1), mayLockUp);
        }
        while (!heard);
    }
}
