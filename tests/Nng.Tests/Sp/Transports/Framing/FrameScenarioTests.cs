using System;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>
/// Frames on the wire: limits, lies about the length, ends in the middle, on every stream transport (transports sheet,
/// 21.1: CS-20 to CS-31; 21.3: CS-60 to CS-65).
/// </summary>
public sealed class FrameScenarioTests : Scenario
{
    private string _url = string.Empty;

    public static TheoryData<string> Schemes() => new("tcp", "ipc", "abstract");

    [Theory]
    [MemberData(nameof(Schemes))]
    public void CS_20_A_message_of_the_limit_is_received(string scheme)
    {
        RawPeer peer = Pushing(scheme, 1024, out PullSocket pull);
        peer.SendFrame(new byte[1024]);
        Assert.Equal(1024, Recv(pull).Length);
    }

    [Theory]
    [InlineData("tcp", 1024, "0000000000000401")] // CS-21
    [InlineData("ipc", 10, "01 000000000000000B")] // CS-65
    [InlineData("abstract", 10, "01 000000000000000B")]
    [InlineData("tcp", 0, "7FFFFFFFFFFFFFFF")] // CS-24
    [InlineData("tcp", 0, "FFFFFFFFFFFFFFFF")] // CS-25
    [InlineData("tcp", 0, "8000000000000000")]
    [InlineData("ipc", 0, "01 7FFFFFFFFFFFFFFF")]
    [InlineData("ipc", 0, "01 FFFFFFFFFFFFFFFF")]
    [InlineData("abstract", 0, "01 8000000000000000")]
    [InlineData("ipc", 0, "02 0000000000000002 'hi'")] // CS-62
    [InlineData("ipc", 0, "00 0000000000000002 'hi' 0000")] // CS-63
    [InlineData("ipc", 0, "FF FFFFFFFFFFFFFFFF")]
    [InlineData("abstract", 0, "02 0000000000000002 'hi'")]
    public void CS_21_24_25_62_63_65_A_bad_head_closes_the_pipe_without_its_payload(string scheme, int limit, string head)
    {
        RawPeer bad = Pushing(scheme, limit, out PullSocket pull);
        RawPeer good = Use(RawPeer.DialAs(_url, 0x50));
        bad.SendHex(head);
        bad.DrainUntilClosed();
        good.SendFrame("'still'");
        Assert.Equal("still", Recv(pull));
        Eventually.Equal(1, () => pull.Inner.AttachedCount);
        Assert.Equal(NngError.TryAgain, PollReceive(pull));
    }

    [Theory]
    [InlineData(8, true)] // CS-22
    [InlineData(7, false)] // CS-23
    public void CS_22_23_The_limit_counts_the_protocols_header(int limit, bool accepted)
    {
        var rep = Use(new RepSocket(new SocketOptions { ReceiveMaxSize = limit }));
        RawPeer peer = Peer(rep, 0x30);
        peer.SendFrame("80000001 'ping'");
        if (accepted)
            Assert.Equal("ping", Recv(rep));
        else
            Closed(peer);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void CS_26_A_claim_without_bytes_keeps_the_pipe_open_and_costs_little(string scheme)
    {
        RawPeer peer = Pushing(scheme, 0, out PullSocket pull);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        peer.Send([.. RawPeer.FrameHead(peer.Framing, 1 << 30), .. new byte[10]]);
        peer.ExpectNothing();
        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        // Other tests run meanwhile; the claim alone would be a thousand times 1 MiB.
        Assert.True(grown < 256 << 20, $"{grown} bytes for a claim of 1 GiB");
        Assert.Equal(1, pull.Inner.AttachedCount);
    }

    [Theory]
    [InlineData("tcp", false)] // CS-27
    [InlineData("tcp", true)] // CS-28
    [InlineData("ipc", false)]
    [InlineData("abstract", false)]
    public void CS_27_28_An_end_inside_the_payload_delivers_nothing(string scheme, bool reset)
    {
        RawPeer peer = Pushing(scheme, 0, out PullSocket pull);
        peer.Send([.. RawPeer.FrameHead(peer.Framing, 16), .. new byte[8]]);
        if (reset)
            peer.Reset();
        else
            peer.Dispose();
        Eventually.Equal(0, () => pull.Inner.PipeCount);
        Assert.Equal(NngError.TryAgain, PollReceive(pull));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void CS_29_A_message_before_the_broken_head_is_delivered(string scheme)
    {
        RawPeer peer = Pushing(scheme, 0, out PullSocket pull);
        peer.SendFrame("'first'");
        peer.SendHex("000000");
        peer.Dispose();
        Assert.Equal("first", Recv(pull));
        Eventually.Equal(0, () => pull.Inner.PipeCount);
        Assert.Equal(NngError.TryAgain, PollReceive(pull));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task CS_30_A_send_blocked_by_a_peer_that_does_not_read_ends_with_the_socket(string scheme)
    {
        var push = Use(new PushSocket());
        string url = ScratchUrl.For(scheme);
        push.Listen(url);
        RawPeer peer = Use(RawPeer.DialAs(url, 0x51));
        long sent = 0;
        Task<NngError> blocked = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    while (true)
                    {
                        push.Send(new byte[100_000]);
                        Interlocked.Increment(ref sent);
                    }
                }
                catch (NngException ended)
                {
                    return ended.Error;
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        Eventually.True(
            () =>
            {
                long seen = Interlocked.Read(ref sent);
                return seen > 0 && !Eventually.Holds(() => Interlocked.Read(ref sent) != seen, 50);
            },
            "the sender is blocked");
        push.Dispose();
        Assert.Equal(NngError.Closed, await Eventually.Completes(blocked));
        peer.DrainUntilClosed();
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void CS_31_The_peers_half_close_ends_the_pipe(string scheme)
    {
        var push = Use(new PushSocket());
        string url = ScratchUrl.For(scheme);
        push.Listen(url);
        RawPeer peer = Use(RawPeer.DialAs(url, 0x51));
        for (int i = 0; i < 50; i++)
            push.Channel.TrySend(new Message(new byte[100_000]));
        peer.ShutdownSend();
        peer.DrainUntilClosed();
        Eventually.Equal(0, () => push.Inner.PipeCount);
    }

    [Theory]
    [InlineData("ipc")] // CS-60, CS-61
    [InlineData("abstract")]
    public void CS_60_61_Only_frames_have_the_type_byte(string scheme)
    {
        var rep = Use(new RepSocket());
        string url = ScratchUrl.For(scheme);
        rep.Listen(url);
        RawPeer peer = Use(RawPeer.Dial(url));
        peer.SendHex("00 'SP' 00 0030 0000 01 0000000000000008 80000001 'ping'");
        Assert.Equal("ping", Recv(rep));
        Send(rep, "'pong'");
        peer.ExpectHex("00 'SP' 00 0031 0000 01 0000000000000008 80000001 'pong'");
    }

    [Fact]
    public void A_reset_while_a_message_is_being_received_ends_only_that_pipe()
    {
        RawPeer bad = Pushing("tcp", 0, out PullSocket pull);
        RawPeer good = Use(RawPeer.DialAs(_url, 0x50));
        bad.Send([.. RawPeer.FrameHead(RawFraming.Tcp, 10 << 20), .. new byte[5 << 20]]);
        bad.Socket.LingerState = new LingerOption(true, 0);
        bad.Dispose();
        good.SendFrame("'still'");
        Assert.Equal("still", Recv(pull));
        Eventually.Equal(1, () => pull.Inner.PipeCount);
    }

    /// <summary>A pull socket with a wire peer attached.</summary>
    private RawPeer Pushing(string scheme, long limit, out PullSocket pull)
    {
        PullSocket opened = pull = Use(new PullSocket(new SocketOptions { ReceiveMaxSize = limit }));
        _url = ScratchUrl.For(scheme);
        pull.Listen(_url);
        RawPeer peer = Use(RawPeer.DialAs(_url, 0x50));
        Eventually.Equal(1, () => opened.Inner.AttachedCount);
        return peer;
    }
}
