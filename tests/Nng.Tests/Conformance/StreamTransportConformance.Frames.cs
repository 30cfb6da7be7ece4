using System;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Conformance;

/// <content>
/// Frames on the wire: limits, lies about the length, ends in the middle (transports sheet, 21.1: CS-20 to CS-31).
/// </content>
public abstract partial class StreamTransportConformance
{
    [Fact]
    public void CS_20_A_message_of_the_limit_is_received()
    {
        RawPeer peer = Pushing(1024, out PullSocket pull, out _);
        peer.SendFrame(new byte[1024]);
        Assert.Equal(1024, Recv(pull).Length);
    }

    [Theory]
    [InlineData(1024, 1025ul)] // CS-21
    [InlineData(0, 0x7fff_ffff_ffff_fffful)] // CS-24
    [InlineData(0, 0xffff_ffff_ffff_fffful)] // CS-25
    [InlineData(0, 1ul << 63)]
    [InlineData(0, 0x8000_0000ul)]
    [InlineData(10, 11ul)] // CS-65
    public void CS_21_24_25_65_A_claim_that_is_too_long_closes_the_pipe_without_its_payload(long limit, ulong claim)
    {
        RawPeer bad = Pushing(limit, out PullSocket pull, out string url);
        RawPeer good = RawDialAs(url, 0x50);
        bad.Send(RawPeer.FrameHead(bad.Framing, claim));
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
        RawPeer peer = RawDialAs(Listen(rep).Url, 0x30);
        peer.SendFrame("80000001 'ping'");
        if (accepted)
            Assert.Equal("ping", Recv(rep));
        else
            Closed(peer);
    }

    [Fact]
    public void CS_26_A_claim_without_bytes_keeps_the_pipe_open_and_costs_little()
    {
        RawPeer peer = Pushing(0, out PullSocket pull, out _);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        peer.Send([.. RawPeer.FrameHead(peer.Framing, 1 << 30), .. new byte[10]]);
        peer.ExpectNothing();
        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        // Other tests run meanwhile; the claim alone would be a thousand times 1 MiB.
        Assert.True(grown < 256 << 20, $"{grown} bytes for a claim of 1 GiB");
        Assert.Equal(1, pull.Inner.AttachedCount);
    }

    [Theory]
    [InlineData(false)] // CS-27
    [InlineData(true)] // CS-28; without TCP below it is CS-27 again
    public void CS_27_28_An_end_inside_the_payload_delivers_nothing(bool reset)
    {
        RawPeer peer = Pushing(0, out PullSocket pull, out _);
        peer.Send([.. RawPeer.FrameHead(peer.Framing, 16), .. new byte[8]]);
        if (reset)
            peer.Reset();
        else
            peer.Dispose();
        Eventually.Equal(0, () => pull.Inner.PipeCount);
        Assert.Equal(NngError.TryAgain, PollReceive(pull));
    }

    [Fact]
    public void CS_29_A_message_before_the_broken_head_is_delivered()
    {
        RawPeer peer = Pushing(0, out PullSocket pull, out _);
        peer.SendFrame("'first'");
        peer.SendHex("000000");
        peer.Dispose();
        Assert.Equal("first", Recv(pull));
        Eventually.Equal(0, () => pull.Inner.PipeCount);
        Assert.Equal(NngError.TryAgain, PollReceive(pull));
    }

    [Fact]
    public async Task CS_30_A_send_blocked_by_a_peer_that_does_not_read_ends_with_the_socket()
    {
        RawPeer peer = Pulling(out PushSocket push);
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

    [Fact]
    public void CS_31_The_peers_half_close_ends_the_pipe()
    {
        RawPeer peer = Pulling(out PushSocket push);
        for (int i = 0; i < 50; i++)
            push.Channel.TrySend(new Message(new byte[100_000]));
        peer.ShutdownSend();
        peer.DrainUntilClosed();
        Eventually.Equal(0, () => push.Inner.PipeCount);
    }

    [Fact]
    public void A_reset_while_a_message_is_being_received_ends_only_that_pipe()
    {
        RawPeer bad = Pushing(0, out PullSocket pull, out string url);
        RawPeer good = RawDialAs(url, 0x50);
        bad.Send([.. RawPeer.FrameHead(bad.Framing, 10 << 20), .. new byte[5 << 20]]);
        bad.Reset();
        good.SendFrame("'still'");
        Assert.Equal("still", Recv(pull));
        Eventually.Equal(1, () => pull.Inner.PipeCount);
    }
}
