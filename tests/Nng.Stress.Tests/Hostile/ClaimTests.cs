using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace Nng.Stress.Tests.Hostile;

/// <summary>Peers that claim great lengths, or begin and say no more: memory follows what they send.</summary>
public sealed class ClaimTests(ITestOutputHelper output)
{
    private const int Peers = 200;

    private const ulong GiB = 1ul << 30;

    /// <summary>What a fresh pipe gets at once for a claim, and what the pipe itself costs.</summary>
    private const int BytesPerClaim = 160 * 1024;

    /// <summary>The pipe with a few bytes of a frame, and this side's end of the connection.</summary>
    private const int BytesPerSilentPeer = 16 * 1024;

    /// <summary>What the pools keep of one size, and some.</summary>
    private const int PoolBytes = 20 << 20;

    [Theory]
    [InlineData("tcp", GiB, 10, BytesPerClaim)]
    [InlineData("ipc", GiB, 10, BytesPerClaim)]
    [InlineData("tcp", 1ul << 20, 0, BytesPerClaim)]
    [InlineData("tcp", 60_000ul, 1, BytesPerSilentPeer)]
    [InlineData("tcp", 60_000ul, -5, BytesPerSilentPeer)]
    [InlineData("abstract", 60_000ul, 1, BytesPerSilentPeer)]
    public async Task Memory_follows_the_bytes_and_not_the_claims(string scheme, ulong claim, int sent, int bytesPerPeer)
    {
        var pull = new PullSocket(new SocketOptions { ReceiveMaxSize = 0 });
        string url = ScratchUrl.For(scheme);
        pull.Listen(url);
        var peers = new List<RawPeer>();
        try
        {
            // The first ones meet cold code and empty pools.
            for (int i = 0; i < 20; i++)
                peers.Add(RawPeer.DialAs(url, 0x50));
            await Eventually.Completes(pull.WaitForPeersAsync(peers.Count));
            long before = ProcessFacts.LiveBytes;
            long committedBefore = GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes;
            for (int i = 0; i < Peers; i++)
            {
                RawPeer peer = RawPeer.DialAs(url, 0x50);
                peers.Add(peer);
                byte[] bytes = [.. RawPeer.FrameHead(peer.Framing, claim), .. new byte[Math.Max(sent, 0)]];
                peer.Send(sent < 0 ? bytes.AsSpan(0, bytes.Length + sent) : bytes);
            }

            await Eventually.Completes(pull.WaitForPeersAsync(peers.Count));
            await ReadAllAsync(pull, peers[0]);
            long grown = ProcessFacts.LiveBytes - before;
            long committed = GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes - committedBefore;
            output.WriteLine(
                $"{scheme}, {claim} claimed, {sent} sent: {grown / Peers} bytes in use, {committed / Peers} committed for each");
            Assert.True(grown < (long)Peers * bytesPerPeer, $"{grown / Peers} bytes in use for each claim of {claim}");
            Assert.Equal(peers.Count, pull.Pipes.Count);
            foreach (RawPeer peer in peers)
                peer.Dispose();
            await Eventually.TrueAsync(() => pull.Pipes.Count == 0, "all are gone");
            await Eventually.TrueAsync(() => ProcessFacts.LiveBytes - before < PoolBytes, "their memory is free");
        }
        finally
        {
            foreach (RawPeer peer in peers)
                peer.Dispose();
            await pull.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("ipc")]
    [InlineData("abstract")]
    public async Task Impossible_claims_end_their_pipes_and_cost_nothing(string scheme)
    {
        await using var pull = new PullSocket(new SocketOptions { ReceiveMaxSize = 0 });
        string url = ScratchUrl.For(scheme);
        pull.Listen(url);
        long allocated = 0;
        for (int i = 0; i < Peers; i++)
        {
            using RawPeer peer = RawPeer.DialAs(url, 0x50);
            if (i == Peers / 2)
                allocated = GC.GetTotalAllocatedBytes(precise: true);
            peer.Send(RawPeer.FrameHead(peer.Framing, (i % 4) switch
            {
                0 => 1ul << 63,
                1 => ulong.MaxValue,
                2 => long.MaxValue,
                _ => 0x8000_0000,
            }));
            peer.DrainUntilClosed();
        }

        allocated = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (Peers / 2);
        Assert.True(allocated < 32 * 1024 + 64 * 1024, $"{allocated} bytes allocated for each claim");
        await Eventually.TrueAsync(() => pull.Pipes.Count == 0, "all are gone");
    }

    /// <summary>What was sent before is read once a later message has come through.</summary>
    private static async Task ReadAllAsync(PullSocket pull, RawPeer good)
    {
        good.SendFrame("'done'");
        (await Eventually.Completes(pull.ReceiveAsync().AsTask())).Dispose();
    }
}
