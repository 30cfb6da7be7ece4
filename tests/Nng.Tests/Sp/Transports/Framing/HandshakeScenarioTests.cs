using System;
using System.Collections.Concurrent;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>Handshakes on the wire, good and bad, on every stream transport (transports sheet, 21.1: CS-1 to CS-19).</summary>
public sealed class HandshakeScenarioTests : Scenario
{
    private const string HsPush = "00 'SP' 00 0050 0000";

    public static TheoryData<string> Schemes() => new("tcp", "ipc", "abstract");

    public static TheoryData<string, string> BadBlocks()
    {
        var blocks = new TheoryData<string, string>();
        foreach (string scheme in new[] { "tcp", "ipc", "abstract" })
        {
            blocks.Add(scheme, "00 'SP' 01 0050 0000"); // CS-7
            blocks.Add(scheme, "01 'SP' 00 0050 0000"); // CS-8
            blocks.Add(scheme, "00 'SP' 00 0050 0001"); // CS-9
            blocks.Add(scheme, "00 'SP' 00 0050 0100"); // CS-10
            blocks.Add(scheme, "'GET / HT'"); // CS-11
            blocks.Add(scheme, "00 'sP' 00 0050 0000");
            blocks.Add(scheme, "00 'Sp' 00 0050 0000");
            blocks.Add(scheme, "FFFFFFFFFFFFFFFF");
            blocks.Add(scheme, "01 00 'SP' 00 0050 00 00"); // CS-64: the frame type in front
        }

        return blocks;
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void CS_1_The_own_block_comes_before_anything_was_received(string scheme)
    {
        RawPeer peer = Dial(Listening(scheme, out _));
        peer.ExpectHex("00 'SP' 00 0051 0000");
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void CS_2_A_message_follows_the_handshake(string scheme)
    {
        RawPeer peer = Dial(Listening(scheme, out PullSocket pull));
        peer.Handshake(0x50);
        peer.SendFrame("'hi'");
        Assert.Equal("hi", Recv(pull));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void CS_3_Block_and_message_may_come_in_one_segment(string scheme)
    {
        RawPeer peer = Dial(Listening(scheme, out PullSocket pull));
        peer.Send(Conversation(peer, "'hi'"));
        Assert.Equal("hi", Recv(pull));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void CS_4_Block_and_message_may_come_byte_by_byte(string scheme)
    {
        RawPeer peer = Dial(Listening(scheme, out PullSocket pull));
        foreach (byte one in Conversation(peer, "'hi'"))
            peer.Send([one]);
        Assert.Equal("hi", Recv(pull));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void CS_5_An_empty_message_is_a_message(string scheme)
    {
        RawPeer peer = Dial(Listening(scheme, out PullSocket pull));
        peer.Send(Conversation(peer, string.Empty));
        Assert.Equal(string.Empty, Recv(pull));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void CS_6_A_request_is_answered_in_frames(string scheme)
    {
        var rep = Use(new RepSocket());
        string url = ScratchUrl.For(scheme);
        rep.Listen(url);
        RawPeer peer = Dial(url);
        peer.SendHex("00 'SP' 00 0030 0000");
        peer.SendFrame("80000001 'ping'");
        Assert.Equal("ping", Recv(rep));
        Send(rep, "'pong'");
        peer.ExpectHex("00 'SP' 00 0031 0000");
        peer.ExpectFrame("80000001 'pong'");
    }

    [Theory]
    [MemberData(nameof(BadBlocks))]
    public void CS_7_to_11_Any_other_block_closes_the_connection_and_nothing_else(string scheme, string block)
    {
        string url = Listening(scheme, out PullSocket pull);
        var events = Events(pull);
        RawPeer good = Dial(url);
        good.Handshake(0x50);
        RawPeer bad = Dial(url);
        bad.SendHex(block);
        Assert.Equal(SpHandshake.Length, bad.DrainUntilClosed());
        good.SendFrame("'still here'");
        Assert.Equal("still here", Recv(pull));
        // Both of them are the good one's; a message may come before the second.
        Eventually.Equal(2, () => events.Count);
        Assert.Equal([PipeEvent.AddPre, PipeEvent.AddPost], events.ToArray());
        Assert.Equal(1, pull.Inner.PipeCount);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void CS_12_Nothing_is_judged_before_the_block_is_whole(string scheme)
    {
        RawPeer peer = Dial(Listening(scheme, out _));
        peer.Read(SpHandshake.Length);
        peer.SendHex("01 02 03 04 05 06 07");
        peer.ExpectNothing();
        peer.SendHex("08");
        peer.ExpectClosed();
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void CS_13_An_end_inside_the_block_is_no_pipe(string scheme)
    {
        string url = Listening(scheme, out PullSocket pull);
        var events = Events(pull);
        RawPeer peer = Dial(url);
        peer.SendHex("00 'SP' 00");
        peer.ShutdownSend();
        Assert.Equal(SpHandshake.Length, peer.DrainUntilClosed());
        Assert.Empty(events.ToArray());
        Assert.Empty(pull.Pipes);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void CS_14_Those_who_vanish_at_once_do_not_delay_the_next(string scheme)
    {
        string url = Listening(scheme, out PullSocket pull);
        for (int i = 0; i < 20; i++)
            RawPeer.Dial(url).Dispose();
        RawPeer good = Dial(url);
        good.Handshake(0x50);
        good.SendFrame("'hi'");
        Assert.Equal("hi", Recv(pull));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void CS_17_Two_hundred_silent_ones_do_not_delay_the_next(string scheme)
    {
        string url = Listening(scheme, out PullSocket pull);
        for (int i = 0; i < 200; i++)
        {
            RawPeer silent = Dial(url);
            // The system queues fewer than these: wait until it was accepted.
            silent.Read(SpHandshake.Length);
        }

        RawPeer good = Dial(url);
        good.Handshake(0x50);
        good.SendFrame("'hi'");
        Assert.Equal("hi", Recv(pull));
    }

    [Theory]
    [InlineData("tcp", "0020")] // CS-18
    [InlineData("tcp", "FFFF")] // CS-19
    [InlineData("tcp", "0000")]
    [InlineData("tcp", "0051")]
    [InlineData("ipc", "0020")]
    [InlineData("abstract", "FFFF")]
    public void CS_18_19_A_peer_of_another_protocol_is_refused_without_a_message(string scheme, string number)
    {
        string url = Listening(scheme, out PullSocket pull);
        var events = Events(pull);
        RawPeer peer = Dial(url);
        // In one write: the refusal may close the connection before a second one.
        byte[] handshake = WireText.Bytes($"00 'SP' 00 {number} 0000");
        byte[] head = RawPeer.FrameHead(peer.Framing, 4);
        peer.Send([.. handshake, .. head, .. "lost"u8]);
        Assert.Equal(SpHandshake.Length, peer.DrainUntilClosed());
        Eventually.True(() => events.Count == 2, "the pipe is removed");
        Assert.Equal([PipeEvent.AddPre, PipeEvent.RemovePost], events.ToArray());
        Assert.Equal(NngError.TryAgain, PollReceive(pull));
        Assert.Equal(1, pull.Inner.Rejects);
    }

    private static ConcurrentQueue<PipeEvent> Events(NngSocket socket)
    {
        var events = new ConcurrentQueue<PipeEvent>();
        foreach (PipeEvent what in Enum.GetValues<PipeEvent>())
            socket.OnPipe(what, _ => events.Enqueue(what));
        return events;
    }

    private static byte[] Conversation(RawPeer peer, string payload)
    {
        byte[] body = WireText.Bytes(payload);
        return [.. WireText.Bytes(HsPush), .. RawPeer.FrameHead(peer.Framing, (ulong)body.Length), .. body];
    }

    private string Listening(string scheme, out PullSocket pull)
    {
        pull = Use(new PullSocket());
        string url = ScratchUrl.For(scheme);
        pull.Listen(url);
        return url;
    }

    private RawPeer Dial(string url) => Use(RawPeer.Dial(url));
}
