using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace Nng.Stress.Tests.Hostile;

/// <summary>
/// Hostile clients against a listener of each transport and kind of socket, while a good one keeps talking on the same
/// socket. With all kinds together each transport meets 34,500 conversations; NNG_STRESS_SCALE=7 gives each kind on each transport 10,000.
/// </summary>
public sealed class FuzzListenerTests(ITestOutputHelper output)
{
    /// <summary>More than 10,000 for each transport and for each protocol, raw and cooked.</summary>
    private const int ConversationsPerKind = 1700;

    private const int Attackers = 4;

    public static TheoryData<string, string> Targets()
    {
        var targets = new TheoryData<string, string>();
        foreach (string scheme in new[] { "tcp", "ipc", "abstract" })
        {
            foreach (SocketKind kind in SocketKind.All)
                targets.Add(scheme, kind.Name);
        }

        return targets;
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Hostile_clients_cost_good_ones_no_message(string scheme, string kindName)
    {
        SocketKind kind = SocketKind.Named(kindName);
        int count = Scale.Of(ConversationsPerKind);
        output.WriteLine($"{scheme}, {kind}: seeds {Scale.Seed} to {Scale.Seed + count - 1}");
        await using NngSocket subject = kind.Open();
        string url = ScratchUrl.For(scheme);
        subject.Listen(url);

        await using NngSocket peer = kind.OpenPeer();
        await using var traffic = new GoodTraffic(kind, subject, peer);

        // A pair serves one peer: hostile ones get in only before the good one has come.
        int alone = kind.HasOnePeer ? count / 2 : 0;
        await AttackAsync(url, kind, Scale.Seed, alone);
        WaitForBacklog(url);
        await Eventually.TrueAsync(() => subject.Pipes.Count == 0, "every hostile pipe is gone");

        peer.Dial(url);
        await Eventually.Completes(subject.WaitForPeersAsync(1), "the good peer is attached");
        using var stop = new CancellationTokenSource();
        Task good = Task.Run(() => traffic.RunAsync(stop.Token));
        await AttackAsync(url, kind, Scale.Seed + alone, count - alone);
        await stop.CancelAsync();
        await good;
        await traffic.RunUntilAsync(() => subject.Pipes.Count == 1, "every hostile pipe is gone");
        output.WriteLine($"{traffic.Rounds} good messages meanwhile");
    }

    /// <summary>Connections are accepted in order: once one is greeted, those before it have been accepted.</summary>
    private static void WaitForBacklog(string url)
    {
        using RawPeer last = RawPeer.Dial(url);
        last.Read(SpHandshake.Length);
    }

    private static Task AttackAsync(string url, SocketKind kind, int firstSeed, int count) =>
        AttackPool.RunAsync(Attackers, count, n => Attack.Listener(url, kind, firstSeed + n));
}
