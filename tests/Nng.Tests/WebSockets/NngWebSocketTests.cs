using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Nng.Tests.Sp;
using Nng.Tests.Sp.Transports;
using Nng.WebSockets;
using Xunit;

namespace Nng.Tests.WebSockets;

/// <summary>Messages of an application's own over WebSocket, between two of ours.</summary>
public sealed class NngWebSocketTests : Scenario
{
    private static readonly NngWebSocketOptions s_unlimited = new() { MaxMessageSize = 0 };

    [Theory]
    [InlineData("ws", false)]
    [InlineData("ws", true)]
    [InlineData("wss", false)]
    [InlineData("wss", true)]
    public async Task Messages_of_both_kinds_and_every_size_arrive_as_they_were(string scheme, bool compresses)
    {
        (NngWebSocket client, NngWebSocket server) = await JoinAsync(s_unlimited with { Compress = compresses }, scheme: scheme);
        Assert.Equal(compresses, client.IsCompressed && server.IsCompressed);
        Assert.Equal(scheme == "wss" ? "server.test" : null, client.TlsPeer?.CommonName);
        int[] sizes = [0, 1, 2, 125, 126, 65_535, 65_536, 65_537, 200_000, 3 << 20];
        var random = new Random(7);
        foreach (int size in sizes)
        {
            byte[] body = new byte[size];
            random.NextBytes(body);
            string text = string.Concat(Enumerable.Repeat("g\u00fc", size / 3)) + "!";
            foreach ((NngWebSocket from, NngWebSocket to) in new[] { (client, server), (server, client) })
            {
                Task sent = SendAllAsync(from, body, text);
                using (NngWebSocketMessage binary = await ReceiveAsync(to))
                    Assert.True(!binary.IsText && binary.Body.SequenceEqual(body), $"{size} bytes arrive changed");
                using (NngWebSocketMessage words = await ReceiveAsync(to))
                    Assert.True(words.IsText && words.GetText() == text, $"{size} bytes of text arrive changed");
                using (NngWebSocketMessage utf8 = await ReceiveAsync(to))
                    Assert.True(utf8.IsText && utf8.GetText() == text, $"{size} bytes of UTF-8 arrive changed");
                using (NngWebSocketMessage given = await ReceiveAsync(to))
                    Assert.True(!given.IsText && given.Body.SequenceEqual(body), $"a message of {size} bytes arrives changed");
                await Eventually.Completes(sent);
            }
        }

        static async Task SendAllAsync(NngWebSocket from, byte[] body, string text)
        {
            await from.SendAsync(body);
            await from.SendAsync(text);
            await from.SendTextAsync(Encoding.UTF8.GetBytes(text));
            await from.SendAsync(new Message(body));
        }
    }

    [Fact]
    public async Task A_message_is_received_into_the_callers_memory_or_stays()
    {
        (NngWebSocket client, NngWebSocket server) = await JoinAsync();
        await client.SendAsync("hello");
        await client.SendAsync("world"u8.ToArray());
        byte[] memory = new byte[5];
        NngException failure = await FailsAsync(server.ReceiveAsync(memory.AsMemory(0, 4)).AsTask());
        Assert.Equal(NngError.MessageTooLarge, failure.Error);
        Assert.True(server.IsOpen);
        Assert.Equal(new NngWebSocketResult(5, IsText: true), await Eventually.Completes(server.ReceiveAsync(memory).AsTask()));
        Assert.Equal("hello", Encoding.ASCII.GetString(memory));
        Assert.Equal(new NngWebSocketResult(5, IsText: false), await Eventually.Completes(server.ReceiveAsync(memory).AsTask()));
        Assert.Equal("world", Encoding.ASCII.GetString(memory));
    }

    [Fact]
    public async Task A_message_that_was_received_as_text_is_no_text_when_it_is_sent_on()
    {
        (NngWebSocket client, NngWebSocket server) = await JoinAsync();
        await client.SendAsync("text");
        await server.SendAsync((await ReceiveAsync(server)).Message);
        using NngWebSocketMessage back = await ReceiveAsync(client);
        Assert.Equal((false, "text"), (back.IsText, back.GetText()));
    }

    [Fact]
    public async Task Subprotocol_headers_and_target_are_known_on_both_sides()
    {
        (NngWebSocket client, NngWebSocket server) = await JoinAsync(
            new() { Subprotocols = ["chat.v2", "chat.v1"], Headers = [new("Authorization", "Bearer x"), new("X-A", "1"), new("X-A", "2")] },
            new() { Subprotocols = ["chat.v1", "chat.v2"], Headers = new Dictionary<string, string> { ["X-Server"] = "here" } },
            target: "/chat?room=1");
        foreach (NngWebSocket socket in new[] { client, server })
        {
            Assert.Equal("chat.v2", socket.Subprotocol);
            Assert.Equal("/chat?room=1", socket.RequestUri);
            Assert.Equal("Bearer x", socket.GetRequestHeader("authorization"));
            Assert.Equal("1, 2", socket.GetRequestHeader("X-A"));
            Assert.Null(socket.GetRequestHeader("X-Server"));
            Assert.Equal("here", socket.GetResponseHeader("x-server"));
            Assert.Null(socket.GetResponseHeader("X-B"));
            Assert.Null(socket.TlsPeer);
            Assert.True(socket.IsOpen);
            Assert.Null(socket.CloseCode);
            Assert.Null(socket.CloseReason);
        }

        Assert.Equal(client.LocalAddress, server.RemoteAddress);
        Assert.Equal($"{client.LocalAddress} to {client.RemoteAddress}", client.ToString());
    }

    [Theory]
    [InlineData("", "chat", NngError.Protocol)]
    [InlineData("chat", "", NngError.Protocol)]
    [InlineData("chat", "talk", NngError.Protocol)]
    [InlineData("talk chat", "chat", NngError.None)]
    public async Task Without_a_common_subprotocol_there_is_no_connection(string served, string offered, NngError expected)
    {
        NngWebSocketListener listener = Listen(new() { Subprotocols = Words(served) });
        ValueTask<NngWebSocket> connect = NngWebSocket.ConnectAsync(listener.Url, new() { Subprotocols = Words(offered) });
        if (expected == NngError.None)
            Assert.Equal(offered, Use(await Eventually.Completes(connect.AsTask())).Subprotocol);
        else
            Assert.Equal(expected, (await FailsAsync(connect.AsTask())).Error);

        static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    [Theory]
    [InlineData("http://evil.example", NngError.PermissionDenied)]
    [InlineData("https://app.example", NngError.None)]
    [InlineData(null, NngError.None)]
    public async Task Pages_of_other_origins_are_refused(string? origin, NngError expected)
    {
        NngWebSocketListener listener = Listen(new() { Origins = [NngWebSocketOptions.SameOrigin, "https://app.example"] });
        var options = new NngWebSocketOptions { Headers = origin is null ? [] : [new("Origin", origin)] };
        Task<NngWebSocket> connect = NngWebSocket.ConnectAsync(listener.Url, options).AsTask();
        if (expected == NngError.None)
            Use(await Eventually.Completes(connect));
        else
            Assert.Equal(expected, (await FailsAsync(connect)).Error);
        string own = "http://" + listener.Url["ws://".Length..].Split('/')[0];
        Use(await Eventually.Completes(NngWebSocket.ConnectAsync(listener.Url, new() { Headers = [new("Origin", own)] }).AsTask()));
    }

    [Theory]
    [InlineData(1000, null, false)]
    [InlineData(null, 1000L, false)]
    [InlineData(1000, null, true)]
    public async Task A_message_or_frame_above_the_limit_ends_the_connection(int? messageMax, long? frameMax, bool compresses)
    {
        (NngWebSocket client, NngWebSocket server) = await JoinAsync(
            new() { Compress = compresses },
            new() { MaxMessageSize = messageMax ?? 1 << 20, MaxFrameSize = frameMax, Compress = compresses });
        await client.SendAsync(new byte[1000]);
        await client.SendAsync(new byte[1001]);
        using (NngWebSocketMessage fits = await ReceiveAsync(server))
            Assert.Equal(1000, fits.Body.Length);
        Assert.Equal(NngError.MessageTooLarge, (await FailsAsync(server.ReceiveAsync().AsTask())).Error);
        Assert.Equal(NngError.ConnectionShutdown, (await FailsAsync(client.ReceiveAsync().AsTask())).Error);
        Assert.Equal(1009, client.CloseCode);
        Assert.False(client.IsOpen || server.IsOpen);
    }

    [Fact]
    public async Task Text_must_be_UTF_8_unless_nobody_asks()
    {
        byte[] bad = [0xc3, 0x28];
        (NngWebSocket client, NngWebSocket server) = await JoinAsync(new() { ValidateText = false });
        await client.SendTextAsync(bad);
        Assert.Equal(NngError.Protocol, (await FailsAsync(server.ReceiveAsync().AsTask())).Error);
        Assert.Equal(NngError.ConnectionShutdown, (await FailsAsync(client.ReceiveAsync().AsTask())).Error);
        Assert.Equal(1007, client.CloseCode);
        await Assert.ThrowsAsync<ArgumentException>(() => server.SendTextAsync(bad).AsTask());

        (client, server) = await JoinAsync(new() { ValidateText = false }, new() { ValidateText = false });
        await client.SendTextAsync(bad);
        using NngWebSocketMessage message = await ReceiveAsync(server);
        Assert.Equal(bad, message.Body.ToArray());
        Assert.True(message.IsText);
    }

    [Fact]
    public async Task Sends_wait_for_room_in_order_and_can_be_given_up()
    {
        (NngWebSocket client, NngWebSocket server) = await JoinAsync(s_unlimited);
        var sends = new List<Task>();
        // So many that neither side's memory, nor the system's, has room for the last one.
        do
            sends.Add(client.SendAsync(Numbered(sends.Count)).AsTask());
        while (sends.Count(static send => !send.IsCompleted) < 5);
        using var cancel = new CancellationTokenSource();
        Task given = client.SendAsync(Numbered(-1), cancel.Token).AsTask();
        Task last = client.SendAsync(Numbered(sends.Count)).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Completes(given));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendAsync("never", cancel.Token).AsTask());
        for (int i = 0; i <= sends.Count; i++)
        {
            using NngWebSocketMessage message = await ReceiveAsync(server);
            Assert.Equal(i, BitConverter.ToInt32(message.Body));
        }

        await Eventually.Completes(Task.WhenAll([.. sends, last]));

        static byte[] Numbered(int number)
        {
            byte[] body = new byte[1 << 20];
            BitConverter.TryWriteBytes(body, number);
            return body;
        }
    }

    [Fact]
    public async Task A_receive_that_is_given_up_loses_no_message()
    {
        (NngWebSocket client, NngWebSocket server) = await JoinAsync();
        using var cancel = new CancellationTokenSource();
        Task<NngWebSocketMessage> given = server.ReceiveAsync(cancel.Token).AsTask();
        Task<NngWebSocketMessage> next = server.ReceiveAsync().AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Completes(given));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.ReceiveAsync(cancel.Token).AsTask());
        await client.SendAsync("for the next one");
        using NngWebSocketMessage message = await Eventually.Completes(next);
        Assert.Equal("for the next one", message.GetText());
    }

    [Fact]
    public async Task A_close_lets_what_was_sent_out_and_tells_code_and_reason()
    {
        (NngWebSocket client, NngWebSocket server) = await JoinAsync(s_unlimited);
        Task<NngWebSocketMessage> waiting = client.ReceiveAsync().AsTask();
        await client.SendAsync(new byte[500_000]);
        await client.SendAsync("last words");
        Task closed = client.CloseAsync(4001, "enough, \u00fcber").AsTask();
        Assert.Equal(NngError.Closed, (await FailsAsync(waiting)).Error);
        var received = new List<int>();
        await foreach (NngWebSocketMessage message in server.ReceiveAllAsync())
        {
            using (message)
                received.Add(message.Body.Length);
        }

        Assert.Equal([500_000, 10], received);
        Assert.Equal((4001, "enough, \u00fcber"), (server.CloseCode, server.CloseReason));
        await Eventually.Completes(closed, "the peer answers the close");
        Assert.Equal((4001, string.Empty), (client.CloseCode, client.CloseReason));
        Assert.Equal(NngError.Closed, (await FailsAsync(client.SendAsync("x").AsTask())).Error);
        Assert.Equal(NngError.ConnectionShutdown, (await FailsAsync(server.SendAsync("x").AsTask())).Error);
        await Eventually.Completes(server.CloseAsync().AsTask(), "a close of what is over");
        Assert.Equal(NngError.Closed, (await FailsAsync(server.ReceiveAsync().AsTask())).Error);
        Assert.EndsWith(", closed", server.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_before_the_peers_close_is_received_after_it()
    {
        (NngWebSocket client, NngWebSocket server) = await JoinAsync();
        await client.SendAsync("one");
        await client.SendAsync("two");
        await client.DisposeAsync();
        Eventually.True(() => !server.IsOpen, "the server knows of the close");
        using (NngWebSocketMessage one = await ReceiveAsync(server))
            Assert.Equal("one", one.GetText());
        using (NngWebSocketMessage two = await ReceiveAsync(server))
            Assert.Equal("two", two.GetText());
        Assert.Equal(NngError.ConnectionShutdown, (await FailsAsync(server.ReceiveAsync().AsTask())).Error);
        Assert.Equal((1000, string.Empty), (server.CloseCode, server.CloseReason));
    }

    [Theory]
    [InlineData("", 1005, "")]
    [InlineData("0FA1 'why'", 4001, "why")]
    [InlineData("0000", 0, "")] // No code at all, but a close.
    [InlineData("FFFF", 65535, "")]
    public async Task The_code_of_the_peer_is_told_whatever_it_is(string payload, int code, string reason)
    {
        NngWebSocketListener listener = Listen(NngWebSocketOptionsTests.Plain);
        Task<NngWebSocket> accept = listener.AcceptAsync().AsTask();
        RawPeer peer = Use(WsTalk.Upgraded(listener.Url, null));
        NngWebSocket server = Use(await Eventually.Completes(accept));
        Assert.Null(server.CloseCode);
        peer.Send(WsTalk.Masked(0x88, WireText.Bytes(payload)));
        await Eventually.Completes(Task.Run(async () =>
        {
            await foreach (NngWebSocketMessage message in server.ReceiveAllAsync())
                message.Dispose();
        }));
        Assert.Equal((code, reason), (server.CloseCode, server.CloseReason));
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1004)]
    [InlineData(1005)]
    [InlineData(1006)]
    [InlineData(1015)]
    [InlineData(2999)]
    [InlineData(5000)]
    public async Task Codes_that_must_not_be_sent_are_refused(int code)
    {
        (NngWebSocket client, _) = await JoinAsync();
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = client.CloseAsync(code); });
        Assert.Throws<ArgumentException>(() => { _ = client.CloseAsync(1000, new string('x', 124)); });
        Assert.True(client.IsOpen);
        await Eventually.Completes(client.CloseAsync(1000, new string('x', 123)).AsTask());
    }

    [Fact]
    public async Task What_cannot_be_connected_is_said_exactly()
    {
        Assert.Equal(NngError.NotSupported, (await FailsAsync(NngWebSocket.ConnectAsync("tcp://127.0.0.1:1").AsTask())).Error);
        Assert.Equal(NngError.AddressInvalid, (await FailsAsync(NngWebSocket.ConnectAsync("ws://:80/").AsTask())).Error);
        Assert.Equal(
            NngError.ConnectionRefused, (await FailsAsync(NngWebSocket.ConnectAsync(ScratchUrl.For("ws")).AsTask())).Error);
        NngWebSocketListener listener = Listen(NngWebSocketOptionsTests.Plain);
        Assert.Equal(
            NngError.ConnectionRefused, (await FailsAsync(NngWebSocket.ConnectAsync(listener.Url + "/else").AsTask())).Error);
        Assert.Equal(
            NngError.NotSupported,
            (await FailsAsync(NngWebSocket.ConnectAsync(
                listener.Url, new() { TlsConfig = TestIdentity.ClientConfig(null) }).AsTask())).Error);
        Assert.Equal(
            NngError.InvalidArgument,
            (await FailsAsync(NngWebSocket.ConnectAsync(listener.Url, new() { Headers = [new("a b", "x")] }).AsTask())).Error);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => NngWebSocket.ConnectAsync(listener.Url, null, cancelled.Token).AsTask());
    }

    [Fact]
    public async Task A_server_that_announces_and_announces_has_the_time_of_one_response()
    {
        using RawPeerListener raw = RawPeerListener.Tcp();
        Task<NngWebSocket> connect = NngWebSocket.ConnectAsync("ws" + raw.Url["tcp".Length..]).AsTask();
        using RawPeer peer = raw.Accept();
        WsTalk.ReadHead(peer);
        // Fewer than are refused for their number.
        for (int i = 0; i < 15 && !connect.IsCompleted; i++)
        {
            WsTalk.SendHead(peer, ["HTTP/1.1 103 Early Hints"]);
            await Task.WhenAny(connect, Task.Delay(500));
        }

        Assert.True(connect.IsCompleted, "the dial ends while the server goes on");
        Assert.Equal(NngError.TimedOut, (await FailsAsync(connect)).Error);
    }

    private static async Task<NngWebSocketMessage> ReceiveAsync(NngWebSocket socket) =>
        await Eventually.Completes(socket.ReceiveAsync().AsTask(), "a message");

    private static async Task<NngException> FailsAsync(Task task) =>
        await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(task));

    private NngWebSocketListener Listen(NngWebSocketOptions options, string scheme = "ws", string path = "/chat")
    {
        if (scheme == "wss")
            options = options with { TlsConfig = TestAuthority.Server.ServerConfig() };
        NngWebSocketListener listener = Use(new NngWebSocketListener(ScratchUrl.For(scheme) + path, options));
        listener.Listen();
        return listener;
    }

    /// <summary>Two ends of a connection; without options of its own the server has the client's.</summary>
    private async Task<(NngWebSocket Client, NngWebSocket Server)> JoinAsync(
        NngWebSocketOptions? client = null, NngWebSocketOptions? server = null, string scheme = "ws", string target = "/chat")
    {
        client ??= NngWebSocketOptionsTests.Plain;
        server ??= client.ValidateText ? client : NngWebSocketOptionsTests.Plain;
        NngWebSocketListener listener = Listen(server, scheme, target.Split('?')[0]);
        if (scheme == "wss")
            client = client with { TlsConfig = TestIdentity.ClientConfig(TestAuthority.Shared) };
        Task<NngWebSocket> accept = listener.AcceptAsync().AsTask();
        string url = listener.Url[..listener.Url.LastIndexOf('/')] + target;
        NngWebSocket connected = Use(await Eventually.Completes(NngWebSocket.ConnectAsync(url, client).AsTask()));
        return (connected, Use(await Eventually.Completes(accept)));
    }
}
