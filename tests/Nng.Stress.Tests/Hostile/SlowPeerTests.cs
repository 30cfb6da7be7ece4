using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nng.Http;
using Nng.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace Nng.Stress.Tests.Hostile;

/// <summary>
/// Peers that send one byte at a time, but for their handshakes' middle: these have a deadline. Between any two bytes of theirs a good peer connects and exchanges a message on
/// the same socket; at the end all of them have said what they had to say. The deadline has its test with the
/// negotiation.
/// </summary>
public sealed class SlowPeerTests(ITestOutputHelper output)
{
    private const int SlowPeers = 100;

    private const int Payload = 40;

    [Theory]
    [InlineData("tcp")]
    [InlineData("ipc")]
    [InlineData("abstract")]
    [InlineData("tls+tcp")]
    [InlineData("ws")]
    [InlineData("wss")]
    public async Task Slow_peers_stall_neither_accept_nor_others_and_are_heard_at_last(string scheme)
    {
        await using var pull = new PullSocket();
        string url = Doors.Listen(pull, scheme, GiveTime);
        var slow = new List<RawPeer>();
        try
        {
            for (int i = 0; i < SlowPeers; i++)
                slow.Add(Doors.Connect(url));
            byte[] bytes = Conversation(url, slow[0].Framing);
            int heard = 0;
            for (int at = 0, next; at < bytes.Length; at = next)
            {
                next = at == 1 && !Doors.IsWebSocket(url) ? SpHandshake.Length - 1 : at + 1;
                foreach (RawPeer peer in slow)
                    peer.Send(bytes.AsSpan(at, next - at));
                using var good = new PushSocket();
                Doors.Dial(good, url);
                await good.SendAsync(new[] { (byte)at });
                // The last byte makes all of them heard, before or after the good one.
                for (int left = next == bytes.Length ? SlowPeers + 1 : 1; left > 0; left--)
                {
                    using Message message = await Eventually.Completes(pull.ReceiveAsync().AsTask(), $"message {at}");
                    if (message.Length == Payload)
                        heard++;
                    else
                        Assert.Equal([(byte)at], message.Body.ToArray());
                }
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

    /// <summary>An upgrade that takes too long would be cut off, which is no matter here.</summary>
    private static void GiveTime(Listener listener)
    {
        if (!Doors.IsWebSocket(listener.Url))
            return;
        using HttpServer server = HttpServer.Hold(listener.Url);
        server.Options = new HttpServerOptions { HeadTimeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Handshake, or upgrade, and a frame of 40 bytes; of a WebSocket client, masked with zeros.</summary>
    private static byte[] Conversation(string url, RawFraming framing) => Doors.IsWebSocket(url)
        ?
        [
            .. Encoding.ASCII.GetBytes(WsConversation.Request(url, "pull.sp.nanomsg.org", deflates: false)),
            0x82, 0x80 | Payload, 0, 0, 0, 0, .. new byte[Payload],
        ]
        : [.. SpHandshake.Block(0x50), .. RawPeer.FrameHead(framing, Payload), .. new byte[Payload]];
}
