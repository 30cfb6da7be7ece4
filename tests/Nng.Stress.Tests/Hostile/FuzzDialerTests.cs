using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace Nng.Stress.Tests.Hostile;

/// <summary>
/// Dialers of each kind that meet a hostile listener again and again, while the same socket keeps talking to a good one.
/// </summary>
public sealed class FuzzDialerTests(ITestOutputHelper output)
{
    private const int ConversationsPerKind = 300;

    private const int HostileDialers = 4;

    public static TheoryData<string, string> Targets()
    {
        var targets = new TheoryData<string, string>();
        foreach (string scheme in new[] { "tcp", "ipc" })
        {
            foreach (SocketKind kind in SocketKind.All)
                targets.Add(scheme, kind.Name);
        }

        return targets;
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Hostile_listeners_cost_good_ones_no_message(string scheme, string kindName)
    {
        SocketKind kind = SocketKind.Named(kindName);
        int count = Scale.Of(ConversationsPerKind);
        output.WriteLine($"{scheme}, {kind}: seeds {Scale.Seed} to {Scale.Seed + count - 1}");
        await using NngSocket subject = kind.Open();
        subject.SetOption(OptionNames.ReconnectTimeMin, TimeSpan.FromMilliseconds(1));
        await using NngSocket peer = kind.OpenPeer();
        await using var traffic = new GoodTraffic(kind, subject, peer);
        string url = ScratchUrl.For(scheme);
        peer.Listen(url);

        // A pair has one peer: the good one's turn comes when the hostile ones are done.
        Task good = Task.CompletedTask;
        using var stop = new CancellationTokenSource();
        if (!kind.HasOnePeer)
        {
            subject.Dial(url);
            await Eventually.Completes(peer.WaitForPeersAsync(1), "the good peer is attached");
            good = Task.Run(() => traffic.RunAsync(stop.Token));
        }

        await AttackAsync(scheme, kind, subject, count);
        await stop.CancelAsync();
        await good;
        if (kind.HasOnePeer)
        {
            await Eventually.TrueAsync(() => subject.Pipes.Count == 0, "every hostile pipe is gone");
            subject.Dial(url);
        }

        await traffic.RunUntilAsync(() => subject.Pipes.Count == 1, "every hostile pipe is gone");
    }

    private static async Task AttackAsync(string scheme, SocketKind kind, NngSocket subject, int count)
    {
        using var listener = RawPeerListener.For(scheme);
        var dialers = new Dialer[HostileDialers];
        for (int i = 0; i < dialers.Length; i++)
            dialers[i] = subject.DialInBackground(listener.Url);
        await Task.Run(() =>
        {
            for (int n = 0; n < count; n++)
            {
                using RawPeer peer = listener.Accept((int)GoodTraffic.Patience.TotalMilliseconds);
                Attack.Talk(peer, new Conversation(peer.Framing, kind, Scale.Seed + n));
            }
        });
        foreach (Dialer dialer in dialers)
            dialer.Dispose();
    }
}
