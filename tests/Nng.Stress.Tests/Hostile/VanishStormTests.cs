using System;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace Nng.Stress.Tests.Hostile;

/// <summary>
/// Thousands of peers that connect and vanish, in order or with a reset, before, within and after each handshake and
/// within a frame. A good peer loses nothing meanwhile, and nothing of them stays.
/// </summary>
public sealed class VanishStormTests(ITestOutputHelper output)
{
    private const int Peers = 5000;

    private const int Attackers = 4;

    /// <summary>How long a thousand handshakes may take on a machine that has other work.</summary>
    private const int QuietMs = 60_000;

    /// <summary>What a lost pipe buffer would cost alone; sockets of both sides and the pipe cost a few thousand.</summary>
    private const int BufferBytes = 64 * 1024;

    /// <summary>What the two ends of a TLS session, both in this process, cost at most on the average.</summary>
    private const int SessionBytes = 2 * BufferBytes;

    /// <summary>
    /// Pools may grow, that of messages alone by 4 MiB; a pipe that stayed for each peer would be twice this, a session
    /// several times. With TLS the platform's pools come to it: twice as much.
    /// </summary>
    private const int PoolBytes = 8 << 20;

    [Theory]
    [InlineData("tcp", "pull")]
    [InlineData("ipc", "rep")]
    [InlineData("abstract", "sub")]
    [InlineData("ws", "pull")]
    [InlineData("tls+tcp", "rep")]
    [InlineData("wss", "pull")]
    public async Task A_storm_of_vanishing_peers_leaves_nothing_behind(string scheme, string kindName)
    {
        SocketKind kind = SocketKind.Named(kindName);
        await using NngSocket subject = kind.Open();
        await using NngSocket peer = kind.OpenPeer();
        await using var traffic = new GoodTraffic(kind, subject, peer);
        string url = Doors.Listen(subject, scheme);
        Doors.Dial(peer, url);
        await StormAsync(url, kind, traffic, Peers / 5);
        await QuietAsync(subject, traffic);
        ProcessFacts before = ProcessFacts.Now;
        long liveBefore = ProcessFacts.LiveBytes;
        long allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);

        int peers = Scale.Of(Peers);
        int rounds = traffic.Rounds;
        await StormAsync(url, kind, traffic, peers);
        await QuietAsync(subject, traffic);
        rounds = traffic.Rounds - rounds;

        long allocated = (GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore) / (peers + rounds);
        await ProcessFacts.ReturnToAsync(before, QuietMs);
        output.WriteLine($"{scheme}: {peers} vanished, {rounds} good messages; {allocated} bytes allocated for each");
        bool isSecure = Doors.IsSecure(url);
        Assert.True(
            allocated < (isSecure ? SessionBytes : BufferBytes / 2), $"{allocated} bytes allocated for each peer and message");
        // The scripts' own ends of sessions may still be about to go.
        long most = isSecure ? 2 * PoolBytes : PoolBytes;
        long live = 0;
        await Eventually.TrueAsync(
            () => (live = ProcessFacts.LiveBytes - liveBefore) < most, $"less than {most} bytes more in use after {peers} peers");
        output.WriteLine($"{live} bytes more in use");
    }

    private static async Task StormAsync(string url, SocketKind kind, GoodTraffic traffic, int count)
    {
        using var stop = new CancellationTokenSource();
        Task good = Task.Run(() => traffic.RunAsync(stop.Token));
        await AttackPool.RunAsync(Attackers, count, n => Vanish(url, kind, n));
        await stop.CancelAsync();
        await good;
    }

    /// <summary>One peer, by its number: how far it gets, and how it leaves.</summary>
    private static void Vanish(string url, SocketKind kind, int number)
    {
        try
        {
            int step = number / 2 % 6;
            bool isWs = Doors.IsWebSocket(url);
            // Those who vanish early do so before TLS, or within its handshake.
            bool isBelow = Doors.IsSecure(url) && step < 2;
            using RawPeer peer = isBelow ? Doors.ConnectBelow(url) : Doors.Connect(url);
            byte[] handshake = isWs
                ? Encoding.ASCII.GetBytes(WsConversation.Request(url, kind.Name + ".sp.nanomsg.org", deflates: false))
                : SpHandshake.Block(kind.Peer);
            // A frame of 100 bytes; of a WebSocket client, masked with zeros.
            byte[] head = isWs ? [0x82, 0x80 | 100, 0, 0, 0, 0] : RawPeer.FrameHead(peer.Framing, 100);
            switch (step)
            {
                case 1 when isBelow:
                    peer.Send([0x16, 3, 1, 2, 0, 1, 0]);
                    break;
                case 1:
                    peer.Send(handshake.AsSpan(0, 4));
                    break;
                case 2:
                    peer.Send(handshake);
                    break;
                case 3:
                    peer.Send(handshake);
                    peer.Read(SpHandshake.Length);
                    break;
                case 4:
                    peer.Send([.. handshake, .. head.AsSpan(0, 5)]);
                    break;
                case 5:
                    peer.Send([.. handshake, .. head, .. new byte[50]]);
                    break;
            }

            if (number % 2 == 0)
                peer.Reset();
        }
        catch (SocketException)
        {
            // The backlog was full, or the reset overtook a read.
        }
    }

    /// <summary>The scripts are faster than the handshakes of their sessions, which end after them.</summary>
    private static async Task QuietAsync(NngSocket subject, GoodTraffic traffic)
    {
        await Eventually.TrueAsync(() => TlsBridge.Live == 0, "the scripts' sessions end", QuietMs);
        await traffic.RunUntilAsync(() => subject.Pipes.Count == 1, "every vanished peer's pipe is gone");
    }
}
