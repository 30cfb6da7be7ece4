using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace Nng.Stress.Tests.Hostile;

/// <summary>
/// Peers that send one byte at a time. Between any two bytes of theirs a good peer connects and exchanges a message on
/// the same socket; at the end all of them have said what they had to say. Their handshakes' deadline has its test with
/// the negotiation.
/// </summary>
public sealed class SlowPeerTests(ITestOutputHelper output)
{
    private const int SlowPeers = 100;

    [Theory]
    [InlineData("tcp")]
    [InlineData("ipc")]
    [InlineData("abstract")]
    public async Task Slow_peers_stall_neither_accept_nor_others_and_are_heard_at_last(string scheme)
    {
        await using var pull = new PullSocket();
        string url = ScratchUrl.For(scheme);
        pull.Listen(url);
        var slow = new List<RawPeer>();
        try
        {
            for (int i = 0; i < SlowPeers; i++)
                slow.Add(RawPeer.Dial(url));
            byte[] bytes = Conversation(slow[0].Framing);
            for (int at = 0; at < bytes.Length; at++)
            {
                foreach (RawPeer peer in slow)
                    peer.Send(bytes.AsSpan(at, 1));
                using RawPeer good = RawPeer.DialAs(url, 0x50);
                good.SendFrame(new byte[] { (byte)at });
                if (at < bytes.Length - 1)
                    await ReceiveGoodAsync(pull, at);
            }

            int heard = 0;
            for (int i = 0; i < SlowPeers + 1; i++)
            {
                using Message message = pull.Receive(GoodTraffic.Patience);
                heard += message.Length == 40 ? 1 : 0;
            }

            Assert.Equal(SlowPeers, heard);
            await Eventually.TrueAsync(() => pull.Pipes.Count == SlowPeers, "only the slow ones are left");
            output.WriteLine($"{scheme}: {bytes.Length} bytes of {SlowPeers} peers, one by one");
        }
        finally
        {
            foreach (RawPeer peer in slow)
                peer.Dispose();
        }
    }

    /// <summary>Handshake and a frame of 40 bytes.</summary>
    private static byte[] Conversation(RawFraming framing) =>
        [.. SpHandshake.Block(0x50), .. RawPeer.FrameHead(framing, 40), .. new byte[40]];

    private static async Task ReceiveGoodAsync(PullSocket pull, int expected)
    {
        using var message = await Eventually.Completes(pull.ReceiveAsync().AsTask(), $"good message {expected}");
        Assert.Equal([(byte)expected], message.Body.ToArray());
    }
}
