using System;
using System.Threading.Tasks;
using Nng.TestKit;
using Nng.Tests.Sp;
using Nng.Tests.Sp.Transports;
using Nng.WebSockets;
using Xunit;

namespace Nng.Tests.WebSockets;

/// <summary>What an application's connection says on the wire, and does with peers that say anything.</summary>
public sealed class WebSocketMessagesTests : Scenario
{
    [Fact]
    public async Task Kinds_are_opcodes_and_long_messages_fragments()
    {
        (RawPeer peer, NngWebSocket server) = await AcceptAsync(new() { FragmentSize = 4 });
        await server.SendAsync("hi"u8.ToArray());
        await server.SendAsync("hi");
        await server.SendAsync("hello you");
        await server.SendAsync(new byte[] { 1, 2, 3, 4, 5 });
        peer.ExpectHex("82 02 'hi' 81 02 'hi' 01 04 'hell' 00 04 'o yo' 80 01 'u' 02 04 01020304 80 01 05");
        peer.Send([.. WsTalk.Masked(0x01, "g"u8), .. WsTalk.Masked(0x00, [0xc3]), .. WsTalk.Masked(0x80, [0xbc])]);
        using NngWebSocketMessage message = await Eventually.Completes(server.ReceiveAsync().AsTask());
        Assert.Equal((true, "g\u00fc"), (message.IsText, message.GetText()));
    }

    [Fact]
    public async Task Pings_are_answered_while_nobody_receives()
    {
        (RawPeer peer, _) = await AcceptAsync();
        peer.Send(WsTalk.Masked(0x82, "waits"u8));
        peer.Send(WsTalk.Masked(0x89, "there?"u8));
        peer.ExpectHex("8A 06 'there?'");
    }

    [Fact]
    public async Task Reading_stops_when_nobody_takes_what_comes()
    {
        (RawPeer peer, NngWebSocket server) = await AcceptAsync();
        // More than is kept; the ping behind it is seen only when there is room.
        peer.Send(WsTalk.Masked(0x82, new byte[100_000]));
        peer.Send(WsTalk.Masked(0x82, "second"u8));
        peer.Send(WsTalk.Masked(0x89, "now"u8));
        Eventually.Stays(() => peer.Socket.Available == 0, "nothing is answered");
        using (NngWebSocketMessage first = await Eventually.Completes(server.ReceiveAsync().AsTask()))
            Assert.Equal(100_000, first.Body.Length);
        peer.ExpectHex("8A 03 'now'");
        using NngWebSocketMessage second = await Eventually.Completes(server.ReceiveAsync().AsTask());
        Assert.Equal("second", second.GetText());
    }

    [Fact]
    public async Task Empty_messages_are_kept_to_a_number()
    {
        (RawPeer peer, NngWebSocket server) = await AcceptAsync();
        for (int i = 0; i < 1024; i++)
            peer.Send(WsTalk.Masked(0x82, default));
        peer.Send(WsTalk.Masked(0x89, "now"u8));
        Eventually.Stays(() => peer.Socket.Available == 0, "nothing is answered");
        for (int i = 0; i < 1024; i++)
        {
            using NngWebSocketMessage message = await Eventually.Completes(server.ReceiveAsync().AsTask());
            Assert.Equal(0, message.Body.Length);
        }

        peer.ExpectHex("8A 03 'now'");
    }

    [Theory]
    [InlineData("88 82 00000000 03E8", 1000, "", "88 02 03E8")]
    [InlineData("88 82 00000000 0FA1", 4001, "", "88 02 0FA1")]
    [InlineData("88 80 00000000", 1005, "", "88 02 03E8")]
    [InlineData("88 85 00000000 03E9 'bye'", 1001, "bye", "88 02 03E9")]
    [InlineData("88 81 00000000 03", 1005, "", "88 02 03EA")]
    [InlineData("88 82 00000000 03EC", 1004, "", "88 02 03EA")]
    [InlineData("88 84 00000000 03E8 C328", 1000, "\ufffd(", "88 02 03EA")]
    public async Task A_peers_close_is_told_and_answered(string frame, int code, string reason, string answer)
    {
        (RawPeer peer, NngWebSocket server) = await AcceptAsync();
        Task<NngWebSocketMessage> receive = server.ReceiveAsync().AsTask();
        peer.SendHex(frame);
        peer.ExpectHex(answer);
        peer.ExpectClosed();
        NngException end = await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(receive));
        Assert.Equal(NngError.ConnectionShutdown, end.Error);
        Assert.Equal((code, reason), (server.CloseCode, server.CloseReason));
    }

    [Fact]
    public async Task A_close_waits_for_the_peers_answer_behind_what_the_peer_still_sends()
    {
        (RawPeer peer, NngWebSocket server) = await AcceptAsync();
        Task closed = server.CloseAsync(1001, "bye").AsTask();
        peer.ExpectHex("88 05 03E9 'bye'");
        peer.Send(WsTalk.Masked(0x82, "too late"u8));
        peer.SendHex("88 84 00000000 0FA1");
        Assert.False(closed.IsCompleted);
        peer.SendHex("'ok'");
        await Eventually.Completes(closed);
        peer.ExpectClosed();
        Assert.Equal((4001, "ok"), (server.CloseCode, server.CloseReason));
    }

    [Fact]
    public async Task A_close_that_is_never_answered_ends_all_the_same()
    {
        (RawPeer peer, NngWebSocket server) = await AcceptAsync(new() { CloseTimeout = TimeSpan.Zero });
        Task closed = server.CloseAsync().AsTask();
        peer.ExpectHex("88 02 03E8");
        await Eventually.Completes(closed);
        peer.ExpectClosed();
        Assert.Null(server.CloseCode);
    }

    [Theory]
    [InlineData(false, NngError.ConnectionShutdown)]
    [InlineData(true, NngError.ConnectionReset)]
    public async Task A_peer_that_vanishes_has_no_code(bool resets, NngError expected)
    {
        (RawPeer peer, NngWebSocket server) = await AcceptAsync();
        Task<NngWebSocketMessage> receive = server.ReceiveAsync().AsTask();
        if (resets)
            peer.Reset();
        else
            peer.Dispose();
        NngException end = await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(receive));
        Assert.Equal(expected, end.Error);
        Assert.Null(server.CloseCode);
        Assert.Null(server.CloseReason);
        await Eventually.Completes(server.CloseAsync().AsTask());
    }

    [Fact]
    public async Task A_peer_that_answers_no_ping_is_given_up()
    {
        var brief = TimeSpan.FromMilliseconds(20);
        (RawPeer peer, NngWebSocket server) = await AcceptAsync(new() { PingInterval = brief, PingTimeout = brief });
        peer.ExpectHex("89 00");
        NngException end = await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(server.ReceiveAsync().AsTask()));
        Assert.Equal(NngError.TimedOut, end.Error);
        peer.DrainUntilClosed();
    }

    [Theory]
    [InlineData("82 02 'hi'", "88 02 03EA")]
    [InlineData("83 80 00000000", "88 02 03EA")]
    [InlineData("C2 80 00000000", "88 02 03EA")]
    public async Task A_peer_that_breaks_a_rule_is_told(string frame, string answer)
    {
        (RawPeer peer, NngWebSocket server) = await AcceptAsync();
        peer.SendHex(frame);
        peer.ExpectHex(answer);
        NngException end = await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(server.ReceiveAsync().AsTask()));
        Assert.Equal(NngError.Protocol, end.Error);
    }

    private async Task<(RawPeer Peer, NngWebSocket Server)> AcceptAsync(NngWebSocketOptions? options = null)
    {
        NngWebSocketListener listener = Use(new NngWebSocketListener(ScratchUrl.For("ws") + "/path", options));
        listener.Listen();
        RawPeer peer = Use(WsTalk.Upgraded(listener.Url, null));
        return (peer, Use(await Eventually.Completes(listener.AcceptAsync().AsTask())));
    }
}
