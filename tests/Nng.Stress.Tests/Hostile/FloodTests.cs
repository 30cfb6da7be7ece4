using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Stress.Tests.Hostile;

/// <summary>A peer that sends without pause to a socket that always reads on must not have a loop for itself.</summary>
public sealed class FloodTests
{
    private const int Flooders = 2;

    private const int GoodRounds = 200;

    /// <summary>Where most messages are dealt to the flooders and only some to the good peer.</summary>
    private const int DealtRounds = 30;

    public static TheoryData<string> AlwaysReading() => new("sub", "push", "surveyor", "req");

    [Theory]
    [MemberData(nameof(AlwaysReading))]
    public async Task A_flood_leaves_room_for_good_peers(string kindName)
    {
        SocketKind kind = SocketKind.Named(kindName);
        await using NngSocket subject = kind.Open();
        await using NngSocket peer = kind.OpenPeer();
        await using var traffic = new GoodTraffic(kind, subject, peer);
        string url = ScratchUrl.Tcp();
        subject.Listen(url);
        using var flood = new Flood(url, kind, Flooders);
        flood.WaitUntilItFlows();

        // Accepting, attaching and exchanging all need their turn.
        await Eventually.Completes(Task.Run(() => peer.Dial(url)), "the good peer gets in");
        for (int round = kind.DealsOut ? GoodRounds - DealtRounds : 0; round < GoodRounds; round++)
            await traffic.RoundAsync();
        Assert.True(flood.Flows, "the flood lasted all the time");
    }

    [Fact]
    public async Task A_blocking_receive_returns_in_the_middle_of_a_flood()
    {
        await using var sub = new SubSocket();
        sub.Subscribe(string.Empty);
        string url = ScratchUrl.Tcp();
        sub.Listen(url);
        using var flood = new Flood(url, SocketKind.Named("sub"), Flooders);
        flood.WaitUntilItFlows();
        await Eventually.Completes(
            Task.Factory.StartNew(
                () =>
                {
                    for (int i = 0; i < 1000; i++)
                        sub.Receive(GoodTraffic.Patience).Dispose();
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default),
            "1000 blocking receives");
    }

    [Fact]
    public async Task A_socket_closes_in_the_middle_of_a_flood()
    {
        var sub = new SubSocket();
        string url = ScratchUrl.Tcp();
        sub.Listen(url);
        using var flood = new Flood(url, SocketKind.Named("sub"), Flooders);
        flood.WaitUntilItFlows();
        await Eventually.Completes(Task.Run(sub.Dispose), "the socket closes");
        flood.WaitUntilCut();
    }
}
