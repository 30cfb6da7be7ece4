using System.Collections.Concurrent;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Conformance;

/// <content>Handshakes on the wire, good and bad (transports sheet, 21.1: CS-1 to CS-19).</content>
public abstract partial class StreamTransportConformance
{
    private const string HsPush = "00 'SP' 00 0050 0000";

    [Fact]
    public void CS_1_The_own_block_comes_before_anything_was_received()
    {
        RawPeer peer = RawDial(Listening(out _));
        peer.ExpectHex("00 'SP' 00 0051 0000");
    }

    [Fact]
    public void CS_2_A_message_follows_the_handshake()
    {
        RawPeer peer = RawDial(Listening(out PullSocket pull));
        peer.Handshake(0x50);
        peer.SendFrame("'hi'");
        Assert.Equal("hi", Recv(pull));
    }

    [Fact]
    public void CS_3_Block_and_message_may_come_in_one_segment()
    {
        RawPeer peer = RawDial(Listening(out PullSocket pull));
        peer.Send(Conversation(peer, "'hi'"));
        Assert.Equal("hi", Recv(pull));
    }

    [Fact]
    public void CS_4_Block_and_message_may_come_byte_by_byte()
    {
        RawPeer peer = RawDial(Listening(out PullSocket pull));
        foreach (byte one in Conversation(peer, "'hi'"))
            peer.Send([one]);
        Assert.Equal("hi", Recv(pull));
    }

    [Fact]
    public void CS_5_An_empty_message_is_a_message()
    {
        RawPeer peer = RawDial(Listening(out PullSocket pull));
        peer.Send(Conversation(peer, string.Empty));
        Assert.Equal(string.Empty, Recv(pull));
    }

    [Fact]
    public void CS_6_A_request_is_answered_in_frames()
    {
        var rep = Use(new RepSocket());
        RawPeer peer = RawDial(Listen(rep).Url);
        peer.SendHex("00 'SP' 00 0030 0000");
        peer.SendFrame("80000001 'ping'");
        Assert.Equal("ping", Recv(rep));
        Send(rep, "'pong'");
        peer.ExpectHex("00 'SP' 00 0031 0000");
        peer.ExpectFrame("80000001 'pong'");
    }

    [Theory]
    [InlineData("00 'SP' 01 0050 0000")] // CS-7
    [InlineData("01 'SP' 00 0050 0000")] // CS-8
    [InlineData("00 'SP' 00 0050 0001")] // CS-9
    [InlineData("00 'SP' 00 0050 0100")] // CS-10
    [InlineData("'GET / HT'")] // CS-11
    [InlineData("00 'sP' 00 0050 0000")]
    [InlineData("00 'Sp' 00 0050 0000")]
    [InlineData("FFFFFFFFFFFFFFFF")]
    [InlineData("01 00 'SP' 00 0050 00 00")] // CS-64: the frame type in front
    public void CS_7_8_9_10_11_64_Any_other_block_closes_the_connection_and_nothing_else(string block)
    {
        string url = Listening(out PullSocket pull);
        ConcurrentQueue<PipeEvent> events = EventsOf(pull);
        RawPeer good = RawDial(url);
        good.Handshake(0x50);
        RawPeer bad = RawDial(url);
        bad.SendHex(block);
        Assert.Equal(SpHandshake.Length, bad.DrainUntilClosed());
        good.SendFrame("'still here'");
        Assert.Equal("still here", Recv(pull));
        // Both of them are the good one's; a message may come before the second.
        Eventually.Equal(2, () => events.Count);
        Assert.Equal([PipeEvent.AddPre, PipeEvent.AddPost], events.ToArray());
        Assert.Equal(1, pull.Inner.PipeCount);
    }

    [Fact]
    public void CS_12_Nothing_is_judged_before_the_block_is_whole()
    {
        RawPeer peer = RawDial(Listening(out _));
        peer.Read(SpHandshake.Length);
        peer.SendHex("01 02 03 04 05 06 07");
        peer.ExpectNothing();
        peer.SendHex("08");
        peer.ExpectClosed();
    }

    [Fact]
    public void CS_13_An_end_inside_the_block_is_no_pipe()
    {
        string url = Listening(out PullSocket pull);
        ConcurrentQueue<PipeEvent> events = EventsOf(pull);
        RawPeer peer = RawDial(url);
        peer.SendHex("00 'SP' 00");
        peer.ShutdownSend();
        Assert.Equal(SpHandshake.Length, peer.DrainUntilClosed());
        Assert.Empty(events.ToArray());
        Assert.Empty(pull.Pipes);
    }

    [Fact]
    public void CS_14_Those_who_vanish_at_once_do_not_delay_the_next()
    {
        string url = Listening(out PullSocket pull);
        for (int i = 0; i < 20; i++)
            RawDial(url).Dispose();
        RawPeer good = RawDial(url);
        good.Handshake(0x50);
        good.SendFrame("'hi'");
        Assert.Equal("hi", Recv(pull));
    }

    [Fact]
    public void CS_17_Two_hundred_silent_ones_do_not_delay_the_next()
    {
        string url = Listening(out PullSocket pull);
        for (int i = 0; i < 200; i++)
        {
            RawPeer silent = RawDial(url);
            // The system queues fewer than these: wait until it was accepted.
            silent.Read(SpHandshake.Length);
        }

        RawPeer good = RawDial(url);
        good.Handshake(0x50);
        good.SendFrame("'hi'");
        Assert.Equal("hi", Recv(pull));
    }

    [Theory]
    [InlineData("0020")] // CS-18
    [InlineData("FFFF")] // CS-19
    [InlineData("0000")]
    [InlineData("0051")]
    public void CS_18_19_A_peer_of_another_protocol_is_refused_without_a_message(string number)
    {
        string url = Listening(out PullSocket pull);
        ConcurrentQueue<PipeEvent> events = EventsOf(pull);
        RawPeer peer = RawDial(url);
        peer.Read(SpHandshake.Length);
        byte[] block = WireText.Bytes($"00 'SP' 00 {number} 0000");
        peer.Send([.. block, .. RawPeer.FrameHead(peer.Framing, 4), .. "lost"u8]);
        peer.ExpectClosed();
        Eventually.True(() => events.Count == 2, "the pipe is removed");
        Assert.Equal([PipeEvent.AddPre, PipeEvent.RemovePost], events.ToArray());
        Assert.Equal(NngError.TryAgain, PollReceive(pull));
        Assert.Equal(1, pull.Inner.Rejects);
    }

    private static byte[] Conversation(RawPeer peer, string payload)
    {
        byte[] body = WireText.Bytes(payload);
        return [.. WireText.Bytes(HsPush), .. RawPeer.FrameHead(peer.Framing, (ulong)body.Length), .. body];
    }
}
