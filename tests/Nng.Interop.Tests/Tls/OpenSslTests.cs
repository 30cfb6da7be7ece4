using System;
using System.Diagnostics;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Http;
using Nng.Interop.Tests.Peers;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Tls;

/// <summary>A TLS peer that uses all that the protocol allows: new keys, tickets, half closes, another handshake.</summary>
public sealed class OpenSslTests : IDisposable
{
    private static readonly byte[] s_request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"u8.ToArray();

    private readonly NngStreamListener _listener = new(ScratchUrl.For("tls+tcp"));

    public OpenSslTests()
    {
        _listener.SetOption(OptionNames.TlsConfig, TestAuthority.Server.ServerConfig());
        _listener.Listen();
    }

    public void Dispose() => _listener.Dispose();

    [PeerFact("libssl")]
    public async Task New_keys_of_a_peer_are_taken_and_answered_before_the_next_bytes()
    {
        (OpenSsl peer, NngStream stream) = await AcceptAsync();
        using (peer)
        using (stream)
        {
            byte[] buffer = new byte[2];
            for (int i = 1; i <= 20; i++)
            {
                peer.UpdateKeys();
                peer.Write([1, (byte)i]);
                await Eventually.Completes(stream.ReadExactlyAsync(buffer).AsTask());
                Assert.Equal([1, (byte)i], buffer);
                await Eventually.Completes(stream.WriteAsync(buffer).AsTask());
                Assert.Equal(buffer, peer.Read(2));
                Assert.Equal(i, peer.KeysReceived);
            }
        }
    }

    [PeerFact("libssl")]
    public async Task New_keys_alone_are_no_bytes()
    {
        (OpenSsl peer, NngStream stream) = await AcceptAsync();
        using (peer)
        using (stream)
        {
            byte[] buffer = new byte[1];
            Task read = stream.ReadExactlyAsync(buffer).AsTask();
            for (int i = 0; i < 10; i++)
                peer.UpdateKeys();
            Eventually.Stays(() => !read.IsCompleted, "the read waits");
            peer.Write("!"u8);
            await Eventually.Completes(read);
            Assert.Equal("!"u8.ToArray(), buffer);
        }
    }

    [PeerFact("libssl")]
    public async Task New_keys_amid_a_flood_both_ways_change_no_byte()
    {
        const int count = 32 << 20;
        (OpenSsl peer, NngStream stream) = await AcceptAsync();
        using (peer)
        using (stream)
        {
            byte[] bytes = new byte[count];
            new Random(7).NextBytes(bytes);
            byte[] received = new byte[count];
            Task write = stream.WriteAsync(bytes).AsTask();
            Task read = stream.ReadExactlyAsync(received).AsTask();
            byte[] back = new byte[count];
            for (int at = 0; at < count; at += count / 64)
            {
                peer.UpdateKeys();
                peer.Write(bytes.AsSpan(at, count / 64));
                peer.Read(count / 64).CopyTo(back, at);
            }

            await Eventually.Completes(read);
            await Eventually.Completes(write);
            Assert.True(bytes.AsSpan().SequenceEqual(received) && bytes.AsSpan().SequenceEqual(back));
            Assert.InRange(peer.KeysReceived, 1, 64);
        }
    }

    [PeerFact("libssl")]
    public async Task New_keys_of_a_server_are_answered_by_a_client_that_only_writes()
    {
        using RawPeerListener raw = RawPeerListener.Tcp();
        using var dialer = new NngStreamDialer("tls+" + raw.Url);
        dialer.SetOption(OptionNames.TlsConfig, TestIdentity.ClientConfig(TestAuthority.Shared));
        Task<NngStream> dial = dialer.DialAsync().AsTask();
        using OpenSsl peer = await Task.Run(() => OpenSsl.Over(raw.Accept()));
        using NngStream stream = await Eventually.Completes(dial);
        // It reads for nobody: what the peer asks is not seen before.
        peer.UpdateKeys();
        await stream.WriteAsync("one"u8.ToArray());
        Assert.Equal("one"u8.ToArray(), peer.Read(3));
        Task<TransferResult> read = stream.TryReadExactlyAsync(new byte[1]).AsTask();
        peer.UpdateKeys();
        long start = Stopwatch.GetTimestamp();
        while (peer.KeysReceived < 2)
        {
            Assert.True(Stopwatch.GetElapsedTime(start).TotalMilliseconds < Eventually.DefaultTimeoutMs, "the new keys come in time");
            await stream.WriteAsync("x"u8.ToArray());
            peer.Read(1);
        }

        peer.EndWriting();
        Assert.Equal(NngError.ConnectionShutdown, (await Eventually.Completes(read)).Error);
    }

    /// <summary>With one who also sends a byte now and then the loop has its turns in between.</summary>
    [PeerTheory("libssl")]
    [InlineData(int.MaxValue)]
    [InlineData(1000)]
    public async Task Nothing_but_new_keys_holds_up_nobody_and_ends(int betweenBytes)
    {
        const int flood = 100_000;
        (OpenSsl peer, NngStream stream) = await AcceptAsync();
        (OpenSsl other, NngStream good) = await AcceptAsync();
        using (peer)
        using (stream)
        using (other)
        using (good)
        {
            byte[] received = new byte[flood];
            Task<TransferResult> read = stream.TryReadExactlyAsync(received).AsTask();
            bool isOver = false;
            Task<bool> flooding = Task.Run(() =>
            {
                bool isUp = true;
                for (int i = 1; isUp && i <= flood && !Volatile.Read(ref isOver); i++)
                {
                    isUp = peer.TryUpdateKeys();
                    if (isUp && i % betweenBytes == 0)
                        peer.Write("!"u8);
                }

                return isUp;
            });
            for (int i = 0; i < 100; i++)
            {
                byte[] bytes = new byte[1];
                other.Write("?"u8);
                await Eventually.Completes(good.ReadExactlyAsync(bytes).AsTask());
            }

            if (betweenBytes > flood)
                Assert.Equal(NngError.Crypto, (await Eventually.Completes(read, timeoutMs: 60_000)).Error);
            Volatile.Write(ref isOver, true);
            Assert.True(await Eventually.Completes(flooding));
            Assert.Equal(betweenBytes > flood, read.IsCompleted);
        }
    }

    /// <summary>A turn that ends without plaintext is the session's business, and not that of who serves the requests.</summary>
    [PeerFact("libssl")]
    public async Task CS_137_Small_requests_among_new_keys_hold_up_no_other_client_of_a_server()
    {
        using HttpServer server = HttpServer.Hold($"https://127.0.0.1:{ScratchUrl.FreePort()}");
        server.TlsConfig = TestAuthority.Server.ServerConfig();
        server.Options = new HttpServerOptions { MaxRequestsPerConnection = 0 };
        server.AddHandler(HttpHandler.Static("/", "!"u8, "text/plain"));
        server.Start();
        // One for each loop that there may be.
        OpenSsl[] others = await Task.Run(() => Enumerable.Range(0, 4).Select(_ => OpenSsl.Dial(server.Url)).ToArray());
        int length = others.Max(FirstReply);
        using OpenSsl peer = await Task.Run(() => OpenSsl.Dial(server.Url));
        Task<bool> flooding = Task.Run(() =>
        {
            bool isUp = true;
            for (int round = 0; isUp && round < 20; round++)
            {
                // 80 KB: fewer than are cut off, and more than a request gives back.
                for (int i = 0; isUp && i < 3000; i++)
                    isUp = peer.TryUpdateKeys(asks: false);
                if (isUp)
                    peer.Write(s_request);
            }

            return isUp;
        });
        try
        {
            do
            {
                foreach (OpenSsl other in others)
                {
                    other.Write(s_request);
                    await Task.Run(() => other.Read(length));
                }
            }
            while (!flooding.IsCompleted);
        }
        finally
        {
            // The session is freed below.
            await flooding;
        }

        Assert.True(await flooding);
        await Task.Run(() => peer.Read(20 * length));
        foreach (OpenSsl other in others)
            other.Dispose();
    }

    /// <summary>Flushes of the portable engine run on the pool.</summary>
    [PeerFact("libssl")]
    public async Task Flushes_at_once_give_a_read_one_turn()
    {
        using RawPeerListener raw = RawPeerListener.Tcp();
        Task<OpenSsl> dial = Task.Run(() => OpenSsl.Dial(raw.Url));
        IoChannel inner = new PortableEngine().CreateChannel(raw.Accept().Socket, connected: true);
        using var stream = new NngStream(
            new TlsChannel(inner, TestAuthority.Server.ServerConfig().Use()),
            NngAddress.Unspecified,
            NngAddress.Unspecified,
            new OptionTable<NngStream>());
        using OpenSsl peer = await Eventually.Completes(dial);
        byte[] received = new byte[20];
        Task read = stream.ReadExactlyAsync(received).AsTask();
        Task[] flushing = [Task.Run(Flush), Task.Run(Flush)];
        await Task.Run(() =>
        {
            for (int round = 0; round < received.Length; round++)
            {
                for (int i = 0; i < 3000; i++)
                    peer.UpdateKeys(asks: false);
                peer.Write("!"u8);
            }
        });
        await Eventually.Completes(Task.WhenAll([read, .. flushing]));
        Assert.DoesNotContain(received, one => one != '!');

        void Flush()
        {
            while (!read.IsCompleted)
                ((IIoHandler)stream.Channel).OnFlush();
        }
    }

    [PeerTheory("libssl")]
    [InlineData("17 0303 0020 0000000000000000000000000000000000000000000000000000000000000000", NngError.Crypto)]
    [InlineData("47 45 54 20 2F 20 48 54 54 50 2F 31 2E 31 0D 0A", NngError.Crypto)]
    [InlineData("17 0303 0020 00000000", NngError.ConnectionShutdown)] // L-23
    [InlineData("", NngError.ConnectionShutdown)]
    [InlineData(null, NngError.ConnectionReset)]
    public async Task CS_145_Damage_and_ends_of_every_kind_are_told_apart(string? bytes, NngError error)
    {
        (OpenSsl peer, NngStream stream) = await AcceptAsync();
        using (peer)
        using (stream)
        {
            peer.Write("!"u8);
            await Eventually.Completes(stream.ReadExactlyAsync(new byte[1]).AsTask());
            peer.SendRaw(bytes ?? string.Empty);
            peer.Leave(resets: bytes is null);
            for (int i = 0; i < 2; i++)
                Assert.Equal(error, (await Eventually.Completes(stream.TryReadExactlyAsync(new byte[1]).AsTask())).Error);
        }
    }

    [PeerFact("libssl")]
    public async Task L_20_Another_handshake_is_refused_and_costs_that_connection_only()
    {
        (OpenSsl peer, NngStream stream) = await AcceptAsync(isOld: true);
        using (peer)
        using (stream)
        {
            Task<TransferResult> read = stream.TryReadExactlyAsync(new byte[1]).AsTask();
            Assert.False(peer.Renegotiate());
            Assert.NotEqual(NngError.None, (await Eventually.Completes(read)).Error);
        }

        (OpenSsl next, NngStream good) = await AcceptAsync(isOld: true);
        using (next)
        using (good)
        {
            next.Write("!"u8);
            await Eventually.Completes(good.ReadExactlyAsync(new byte[1]).AsTask());
        }
    }

    [PeerFact("libssl")]
    public async Task L_20_A_session_of_before_is_not_resumed()
    {
        using OpenSsl.Session first = await EchoAsync(null);
        using OpenSsl.Session second = await EchoAsync(first);
        Assert.False(second.WasResumed);
    }

    [PeerFact("libssl")]
    public async Task B_7_A_peer_that_ends_its_half_still_receives()
    {
        (OpenSsl peer, NngStream stream) = await AcceptAsync();
        using (peer)
        {
            using (stream)
            {
                peer.EndWriting();
                for (int i = 0; i < 2; i++)
                {
                    TransferResult read = await Eventually.Completes(stream.TryReadExactlyAsync(new byte[1]).AsTask());
                    Assert.Equal(NngError.ConnectionShutdown, read.Error);
                }

                await stream.WriteAsync("still"u8.ToArray());
                Assert.Equal("still"u8.ToArray(), peer.Read(5));
            }

            // L-22: the end is announced.
            Assert.True(peer.ReadsEnd());
        }
    }

    /// <summary>Sends a request and takes its answer apart; further ones are as long.</summary>
    private static int FirstReply(OpenSsl peer)
    {
        peer.Write(s_request);
        var reply = new StringBuilder();
        while (!reply.ToString().EndsWith("\r\n\r\n!", StringComparison.Ordinal))
            reply.Append((char)peer.Read(1)[0]);
        return reply.Length;
    }

    /// <summary>One connection with a byte each way, and what could be used to resume its session.</summary>
    private async Task<OpenSsl.Session> EchoAsync(OpenSsl.Session? before)
    {
        (OpenSsl peer, NngStream stream) = await AcceptAsync(isOld: false, before);
        using (peer)
        using (stream)
        {
            peer.Write("!"u8);
            await Eventually.Completes(stream.ReadExactlyAsync(new byte[1]).AsTask());
            await stream.WriteAsync("!"u8.ToArray());
            peer.Read(1);
            return peer.TakeSession();
        }
    }

    private async Task<(OpenSsl Peer, NngStream Stream)> AcceptAsync(bool isOld = false, OpenSsl.Session? before = null)
    {
        Task<NngStream> accept = _listener.AcceptAsync().AsTask();
        OpenSsl peer = await Task.Run(() => OpenSsl.Dial(_listener.Url, isOld, before));
        Assert.True(peer.IsUp, "the handshake");
        return (peer, await Eventually.Completes(accept));
    }
}
