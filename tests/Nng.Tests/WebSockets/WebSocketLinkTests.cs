using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using Nng.TestKit;
using Nng.Tests.Sp.Transports;
using Nng.WebSockets;
using Xunit;

namespace Nng.Tests.WebSockets;

/// <summary>Orders and costs that only a scripted channel can bring about.</summary>
public sealed class WebSocketLinkTests
{
    private readonly ScriptedChannel _channel = new();
    private readonly Owner _owner = new();

    /// <summary>With a ping its answer goes out while the bytes are taken.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bytes_taken_when_there_is_room_again_go_out_before_the_close_frame(bool isPinged)
    {
        WebSocketLink link = Link(new WebSocketSettings { IsServer = true });
        link.StartReceive();
        _channel.Room = 0;
        Assert.False(link.Post(Message.Rent(new byte[100_000])));
        link.Kick();
        if (isPinged)
            _channel.Arrive(WsTalk.Masked(0x89, default));
        _owner.SendReady = () =>
        {
            Assert.True(link.Post(Message.Rent("last"u8)));
            link.Close();
        };
        _channel.Drain(1_000_000);
        Assert.Equal("82 04 6C 61 73 74 88 02 03 E8", WireText.Hex(_channel.Sent.AsSpan(^10..)));
        link.Fail(NngError.Closed);
    }

    [Fact]
    public void A_message_that_was_small_on_the_wire_takes_its_true_share_of_a_turn()
    {
        using var wire = new MemoryStream();
        using (var deflate = new DeflateStream(wire, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(new byte[1 << 20]);
        byte[] frame = WsTalk.Masked(0xC2, wire.ToArray());
        _channel.Arrive([.. Enumerable.Repeat(frame, 8).SelectMany(bytes => bytes)]);
        WebSocketLink link = Link(new WebSocketSettings
        {
            IsServer = true,
            IsMessageMode = true,
            Deflate = new WebSocketDeflateTerms(ClientTakeover: false, ServerTakeover: false),
        });
        link.StartReceive();
        // Nor is it made in one turn.
        Assert.Equal((0, 1), (_owner.Messages, _channel.Flushes));
        _channel.RunFlushes();
        Assert.Equal(8, _owner.Messages);
        link.Fail(NngError.Closed);
    }

    [Fact]
    public void A_message_that_is_being_inflated_when_the_connection_closes_is_dropped()
    {
        using var wire = new MemoryStream();
        using (var deflate = new DeflateStream(wire, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(new byte[1 << 20]);
        _channel.Arrive(WsTalk.Masked(0xC2, wire.ToArray()));
        WebSocketLink link = Link(new WebSocketSettings
        {
            IsServer = true,
            IsMessageMode = true,
            Deflate = new WebSocketDeflateTerms(ClientTakeover: true, ServerTakeover: true),
        });
        link.StartReceive();
        Assert.Equal((0, 1), (_owner.Messages, _channel.Flushes));
        link.Close();
        _channel.RunFlushes();
        _channel.Arrive(WsTalk.Masked(0x88, [0x03, 0xe8]));
        Assert.Equal((0, "88 02 03 E8"), (_owner.Messages, _channel.SentHex));
        Assert.True(_channel.IsClosed);
    }

    [Fact]
    public void Many_pings_at_once_are_answered_once()
    {
        byte[] pings = [.. Enumerable.Range(0, 1000).SelectMany(i => WsTalk.Masked(0x89, Encoding.ASCII.GetBytes($"{i:000}")))];
        WebSocketLink link = Link(new WebSocketSettings { IsServer = true, IsMessageMode = true });
        link.StartReceive();
        _channel.Arrive([.. pings, .. WsTalk.Masked(0x82, "!"u8)]);
        Assert.Equal("8A 03 39 39 39", _channel.SentHex);
        Assert.Equal(1, _owner.Messages);
        // Nor do they gather while the peer takes nothing.
        _channel.Room = 0;
        for (int i = 0; i < 10; i++)
            _channel.Arrive(WsTalk.Masked(0x89, Encoding.ASCII.GetBytes($"{i}")));
        _channel.Drain(1000);
        Assert.Equal("8A 03 39 39 39 8A 01 30 8A 01 39", _channel.SentHex);
        link.Fail(NngError.Closed);
    }

    [Fact]
    public void A_pong_goes_out_before_the_message_behind_its_ping_is_delivered()
    {
        WebSocketLink link = Link(new WebSocketSettings { IsServer = true, IsMessageMode = true });
        _owner.Message = () => Assert.Equal("8A 01 70", _channel.SentHex);
        link.StartReceive();
        _channel.Arrive([.. WsTalk.Masked(0x89, "p"u8), .. WsTalk.Masked(0x82, "!"u8)]);
        Assert.Equal(1, _owner.Messages);
        link.Fail(NngError.Closed);
    }

    private WebSocketLink Link(WebSocketSettings settings) => new(_channel, settings, default) { Owner = _owner };

    private sealed class Owner : IWebSocketOwner
    {
        /// <summary>Runs once when there is room again.</summary>
        public Action? SendReady { get; set; }

        /// <summary>Runs for each message.</summary>
        public Action? Message { get; set; }

        public int Messages { get; private set; }

        public bool OnMessage(Message message)
        {
            message.Dispose();
            Message?.Invoke();
            Messages++;
            return true;
        }

        public void OnSendReady()
        {
            Action? hook = SendReady;
            SendReady = null;
            hook?.Invoke();
        }

        public void OnEnded(NngError reason)
        {
        }

        public void OnUnsent(int messages)
        {
        }
    }
}
