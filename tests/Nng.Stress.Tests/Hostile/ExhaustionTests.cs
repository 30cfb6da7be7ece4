using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Nng.Stress.Tests.Children;
using Nng.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace Nng.Stress.Tests.Hostile;

/// <summary>
/// A process whose peers take all its descriptors: those who are in are served, it does not spin, and it accepts again
/// when some leave.
/// </summary>
public sealed class ExhaustionTests(ITestOutputHelper output)
{
    /// <summary>The runtime itself has some fifty open, and what the library leaves to it.</summary>
    private const int MaxDescriptors = 256;

    /// <summary>How many more the runtime may have open at the second time than at the first.</summary>
    private const int OwnDescriptors = 8;

    /// <summary>5 % of a core while connections wait that cannot be accepted.</summary>
    private const int MaxCpuMs = ChildFacts.WindowMs / 20;

    [Theory]
    [InlineData("tcp")]
    [InlineData("ipc")]
    public async Task A_process_out_of_descriptors_waits_without_spinning_and_recovers(string scheme)
    {
        string url = ScratchUrl.For(scheme);
        using Child child = await Child.StartAsync(MaxDescriptors, nameof(EchoChild), url);
        await using var req = new ReqSocket();
        req.Dial(url);
        await AskAsync(req, "before");
        var peers = new List<RawPeer>();
        try
        {
            // Greeted until the descriptors are out; then connections wait in the system.
            while (TryEnter(url, peers, timeoutMs: 2000))
                Assert.True(peers.Count < MaxDescriptors, "there is a limit");
            int greeted = peers.Count - 1;
            Assert.True(greeted > OwnDescriptors, $"only {greeted} peers let in");
            await AskAsync(req, "full");
            long cpuMs = await child.SettledCpuAsync(MaxCpuMs);
            output.WriteLine($"{scheme}: {greeted} peers let in; {cpuMs} ms of processor time in {ChildFacts.WindowMs} ms");
            Assert.True(cpuMs <= MaxCpuMs, $"{cpuMs} ms of processor time");

            // The one who waits gets the first place that is free, and others after it.
            RawPeer waiting = peers[^1];
            peers[0].Dispose();
            waiting.Read(SpHandshake.Length);
            await AskAsync(req, "one left");
            foreach (RawPeer peer in peers)
                peer.Dispose();
            peers.Clear();
            for (int i = 0; i < greeted - OwnDescriptors; i++)
                Assert.True(TryEnter(url, peers, Eventually.DefaultTimeoutMs), $"peer {i} of {greeted} gets in again");
            await AskAsync(req, "after");
        }
        finally
        {
            foreach (RawPeer peer in peers)
                peer.Dispose();
        }
    }

    [Fact]
    public async Task A_process_whose_first_dial_finds_no_descriptors_dials_when_there_are_some()
    {
        string url = ScratchUrl.Ipc();
        await using var pull = new PullSocket();
        pull.Listen(url);
        using Child child = await Child.StartAsync(MaxDescriptors, nameof(ScarceChild), url, $"{MaxDescriptors}");
        Assert.Equal((long)NngError.OutOfFiles, await child.ReadNumberAsync());
        Assert.Equal((long)NngError.OutOfFiles, await child.ReadNumberAsync());
        Assert.Equal((long)NngError.None, await child.ReadNumberAsync());
    }

    /// <summary>Connects and, if it is greeted, shakes hands; false when nobody greets in time.</summary>
    private static bool TryEnter(string url, List<RawPeer> peers, int timeoutMs)
    {
        RawPeer peer = RawPeer.Dial(url);
        peers.Add(peer);
        peer.Send(SpHandshake.Block(0x30));
        if (!Eventually.Holds(() => peer.Socket.Available >= SpHandshake.Length, timeoutMs))
            return false;
        peer.Read(SpHandshake.Length);
        return true;
    }

    private static async Task AskAsync(ReqSocket req, string text)
    {
        await req.SendAsync(System.Text.Encoding.ASCII.GetBytes(text));
        using Message answer = await Eventually.Completes(req.ReceiveAsync().AsTask(), $"an answer to '{text}'");
        Assert.Equal(text, System.Text.Encoding.ASCII.GetString(answer.Body));
    }
}
