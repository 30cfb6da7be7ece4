using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>Frames, good and bad, at a listener (transports sheet, 13.8 to 13.10 and 21.4).</summary>
public sealed class WsFramesTests : Scenario
{
    private const string ProtocolError = "88 02 03EA";

    [Fact]
    public void CS_091_A_request_is_answered()
    {
        var rep = Use(new RepSocket());
        RawPeer peer = Upgrade(rep, "rep");
        peer.SendHex("82 88 11223344 91 22 33 45 61 4B 5D 23");
        Assert.Equal("ping", Recv(rep));
        Send(rep, "'pong'");
        peer.ExpectHex("82 08 80000001 'pong'");
    }

    [Theory]
    [InlineData("82 02 68 69")] // CS-101: not masked
    [InlineData("82 FE 0002 11223344 79 4B")] // CS-102: length not minimal
    [InlineData("82 FF 0000000000000002 11223344 79 4B")]
    [InlineData("C2 82 11223344 79 4B")] // CS-103: reserved bit
    [InlineData("83 82 11223344 79 4B")] // CS-103: unknown opcode
    [InlineData("8B 80 11223344")]
    [InlineData("80 82 11223344 52 66")] // CS-104: nothing to continue
    [InlineData("02 82 11223344 79 4B 82 82 11223344 79 4B")] // CS-107: a message inside another
    [InlineData("09 80 11223344")] // CS-111: a ping that is a fragment
    [InlineData("88 FE 007E 11223344")] // a close frame of 126 bytes
    public void CS_101_102_103_104_107_111_Broken_rules_end_the_pipe(string bytes)
    {
        RawPeer peer = Pushing(out PullSocket pull);
        peer.SendHex(bytes);
        peer.ExpectHex(ProtocolError);
        peer.ExpectClosed();
        Eventually.Equal(0, () => pull.Inner.PipeCount);
        Assert.Equal(NngError.TryAgain, PollReceive(pull));
    }

    [Fact]
    public void CS_105_106_Fragments_are_one_message_and_pings_between_them_are_answered()
    {
        RawPeer peer = Pushing(out PullSocket pull);
        peer.SendHex("02 82 11223344 50 60  80 82 11223344 52 66");
        Assert.Equal("ABCD", Recv(pull));
        peer.SendHex("02 82 11223344 50 60  89 83 11223344 69 5B 49");
        peer.ExpectHex("8A 03 78 79 7A");
        peer.SendHex("00 80 11223344  80 82 11223344 52 66");
        Assert.Equal("ABCD", Recv(pull));
    }

    [Fact]
    public void CS_108_Text_ends_the_pipe_and_is_not_delivered()
    {
        RawPeer peer = Pushing(out PullSocket pull);
        peer.SendHex("81 82 11223344 79 4B");
        peer.ExpectHex("88 02 03EB");
        peer.ExpectClosed();
        Assert.Equal(NngError.TryAgain, PollReceive(pull));
    }

    [Fact]
    public void CS_110_A_ping_that_is_too_long_ends_the_pipe()
    {
        RawPeer peer = Pushing(out _);
        peer.SendHex("89 FE 007E 11223344");
        peer.Send(new byte[126]);
        peer.ExpectHex(ProtocolError);
    }

    [Theory]
    [InlineData("82 FF 0000000000100001 11223344")] // CS-112
    [InlineData("82 FF 8000000000000000 11223344")] // CS-113
    public void CS_112_113_Frames_above_the_limit_are_refused_by_their_head(string head)
    {
        RawPeer peer = Pushing(out _);
        peer.SendHex(head);
        peer.ExpectHex("88 02 03F1");
        peer.ExpectClosed();
    }

    [Fact]
    public void CS_114_A_message_above_the_limit_is_refused_by_the_head_that_exceeds_it()
    {
        RawPeer peer = Pushing(out PullSocket pull, 4);
        peer.Send(WsTalk.Masked(0x02, "abc"u8));
        peer.SendHex("80 82 11223344");
        peer.ExpectHex("88 02 03F1");
        Assert.Equal(NngError.TryAgain, PollReceive(pull));
    }

    [Fact]
    public void TW_15_A_larger_limit_of_messages_is_one_of_frames_too()
    {
        RawPeer peer = Pushing(out PullSocket pull, 2 << 20);
        peer.Send(WsTalk.Masked(0x82, new byte[(1 << 20) + 5]));
        Assert.Equal((1 << 20) + 5, Recv(pull).Length);
    }

    [Theory]
    [InlineData("88 82 11223344 12 CA")] // CS-115: 1000
    [InlineData("88 82 11223344 12 C8")] // CS-116: 1002
    [InlineData("88 80 11223344")]
    [InlineData("88 81 11223344 12")]
    public void CS_115_116_A_close_frame_is_answered_and_the_connection_ends(string close)
    {
        RawPeer peer = Pushing(out PullSocket pull);
        peer.Send(WsTalk.Masked(0x82, "last"u8));
        peer.SendHex(close);
        Assert.Equal("last", Recv(pull));
        peer.ExpectHex("88 02 03E8");
        peer.ExpectClosed();
        Eventually.Equal(0, () => pull.Inner.PipeCount);
    }

    [Fact]
    public void CS_117_A_pipe_that_is_closed_says_so_and_does_not_wait_long_for_an_answer()
    {
        RawPeer peer = Pushing(out PullSocket pull);
        pull.Pipes[0].Close();
        peer.ExpectHex("88 02 03E8");
        peer.ExpectClosed();
    }

    [Fact]
    public void Bytes_that_nobody_read_do_not_destroy_the_close_frame()
    {
        RawPeer peer = Pushing(out PullSocket pull);
        for (int i = 0; i < 64; i++)
            peer.Send(WsTalk.Masked(0x82, new byte[1000]));
        pull.Dispose();
        peer.ExpectHex("88 02 03E8");
        peer.Send(WsTalk.Masked(0x88, [0x03, 0xe8]));
        peer.ExpectClosed();
    }

    /// <summary>There is no half-closed connection, and who did not say goodbye is told none (13.10).</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CS_31_An_end_without_a_close_frame_ends_a_pipe_that_only_sends(bool resets)
    {
        var push = Use(new PushSocket());
        RawPeer peer = Upgrade(push, "push");
        Eventually.Equal(1, () => push.Inner.AttachedCount);
        if (resets)
        {
            peer.Reset();
        }
        else
        {
            peer.Socket.Shutdown(SocketShutdown.Send);
            peer.ExpectClosed();
        }

        Eventually.Equal(0, () => push.Inner.PipeCount);
    }

    [Fact]
    public async Task CS_30_A_send_blocked_by_a_peer_that_does_not_read_ends_with_the_socket()
    {
        var push = Use(new PushSocket());
        RawPeer peer = Upgrade(push, "push");
        List<Task> sends = [];
        do
            sends.Add(push.SendAsync(new byte[1 << 20]).AsTask());
        while (sends.Count(static send => !send.IsCompleted) < 20);
        push.Dispose();
        NngException failure = await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(sends[^1]));
        Assert.Equal(NngError.Closed, failure.Error);
        peer.DrainUntilClosed();
    }

    [Fact]
    public void CS_118_An_empty_frame_is_an_empty_message()
    {
        RawPeer peer = Pushing(out PullSocket pull);
        peer.SendHex("82 80 11223344");
        Assert.Equal(string.Empty, Recv(pull));
    }

    [Theory]
    [InlineData("ABCDEFGHIJ", "02 04 41424344  00 04 45464748  80 02 494A")] // CS-119
    [InlineData("ABCDEFGH", "02 04 41424344  80 04 45464748")] // CS-120
    [InlineData("ABCD", "82 04 41424344")]
    [InlineData("", "82 00")] // WS-52
    public void CS_119_120_Messages_above_the_limit_go_out_in_fragments(string body, string frames)
    {
        var push = Use(new PushSocket());
        Listener listener = push.CreateListener(ScratchUrl.For("ws"));
        listener.SetOption(OptionNames.WsSendFrameMax, 4L);
        listener.Start();
        RawPeer peer = Attach(push, listener.Url, "push");
        push.Send(Encoding.ASCII.GetBytes(body));
        push.Send("."u8);
        peer.ExpectHex(frames + " 82 01 '.'");
    }

    [Fact]
    public void WS_42_A_pong_goes_out_between_the_fragments_of_a_long_message()
    {
        const int length = 32 << 20;
        var push = Use(new PushSocket());
        RawPeer peer = Attach(push, push.Listen(ScratchUrl.For("ws")).Url, "push");
        System.Threading.Tasks.Task sent = push.SendAsync(new byte[length]).AsTask();
        WsTalk.ReadFrame(peer);
        peer.Send(WsTalk.Masked(0x89, "now"u8));
        int got = 65536;
        bool ponged = false;
        while (got < length)
        {
            (byte first, _, byte[] payload) = WsTalk.ReadFrame(peer);
            if (first == 0x8a)
                ponged = Encoding.ASCII.GetString(payload) == "now";
            else
                got += payload.Length;
        }

        Assert.True(ponged, "the pong waits for the end of the message");
        Assert.True(sent.Wait(Eventually.DefaultTimeoutMs));
    }

    [Theory]
    [InlineData(true, "81 02 'hi'")]
    [InlineData(false, "82 02 'hi'")]
    public void Text_goes_out_where_that_is_wanted(bool text, string frame)
    {
        var push = Use(new PushSocket());
        Listener listener = push.CreateListener(ScratchUrl.For("ws"));
        listener.SetOption(OptionNames.WsSendText, text);
        listener.Start();
        RawPeer peer = Attach(push, listener.Url, "push");
        Send(push, "'hi'");
        peer.ExpectHex(frame);
    }

    [Theory]
    [InlineData("81 82 11223344 D2 0A", false)] // C3 28 is no UTF-8
    [InlineData("81 82 11223344 D2 8B", true)] // C3 A9 is
    [InlineData("01 81 11223344 D2  80 81 11223344 B8", true)] // in two fragments
    [InlineData("01 81 11223344 D2  80 81 11223344 39", false)]
    [InlineData("81 81 11223344 D2", false)] // it ends amid a character
    public void Text_that_is_not_utf8_ends_the_pipe_where_that_is_wanted(string bytes, bool good)
    {
        foreach (bool checks in new[] { false, true })
        {
            var pull = Use(new PullSocket());
            Listener listener = pull.CreateListener(ScratchUrl.For("ws"));
            listener.SetOption(OptionNames.WsReceiveText, true);
            listener.SetOption(OptionNames.WsCheckText, checks);
            listener.Start();
            RawPeer peer = Attach(pull, listener.Url, "pull");
            peer.SendHex(bytes);
            if (good || !checks)
                Assert.StartsWith("\xC3", Encoding.Latin1.GetString(Receive(pull)), StringComparison.Ordinal);
            else
                peer.ExpectHex("88 02 03EF");
        }
    }

    [Fact]
    public void Every_cut_of_a_stream_of_frames_gives_the_same_messages()
    {
        byte[] stream =
        [
            .. WsTalk.Masked(0x82, "one"u8),
            .. WsTalk.Masked(0x02, "tw"u8), .. WsTalk.Masked(0x89, "p"u8), .. WsTalk.Masked(0x80, "o"u8),
            .. WsTalk.Masked(0x82, default), .. WsTalk.Masked(0x82, new byte[200]),
        ];
        RawPeer peer = Pushing(out PullSocket pull);
        Fragmenter.Run(stream, parts =>
        {
            foreach (byte[] part in parts)
                peer.Send(part);
            Assert.Equal("one", Recv(pull));
            Assert.Equal("two", Recv(pull));
            Assert.Equal(string.Empty, Recv(pull));
            Assert.Equal(200, Receive(pull).Length);
            peer.ExpectHex("8A 01 'p'");
        });
    }

    private static byte[] Receive(PullSocket pull)
    {
        using Message message = pull.Receive(TimeSpan.FromSeconds(20));
        return message.Body.ToArray();
    }

    private RawPeer Pushing(out PullSocket pull, long limit = 1 << 20)
    {
        pull = Use(new PullSocket(new SocketOptions { ReceiveMaxSize = limit }));
        return Upgrade(pull, "pull");
    }

    private RawPeer Upgrade(NngSocket socket, string protocol) =>
        Attach(socket, socket.Listen(ScratchUrl.For("ws")).Url, protocol);

    private RawPeer Attach(NngSocket socket, string url, string protocol)
    {
        RawPeer peer = Use(WsTalk.Upgraded(url, protocol + ".sp.nanomsg.org"));
        Eventually.Equal(1, () => socket.Inner.AttachedCount);
        return peer;
    }
}
