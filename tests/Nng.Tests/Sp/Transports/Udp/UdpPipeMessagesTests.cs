using System;
using System.Linq;
using System.Threading;
using Nng.Core;
using Nng.Sp;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>Messages as datagrams, against raw peers (transports sheet, 16.3 and 21.6).</summary>
public sealed class UdpPipeMessagesTests : UdpScenario
{
    [Fact]
    public void CS_156_D_17_A_message_longer_than_its_datagram_closes_the_pipe()
    {
        UdpEnd rep = Use(UdpEnd.Rep(Clock));
        SpListener listener = rep.Listen();
        RawUdpPeer peer = Stranger(listener);
        peer.Send("01 01 30 00 E8 FD 01 00");
        peer.Expect("01 02 31 00 E8 FD 01 00");
        peer.Send("01 00 30 00 64 00 00 00 '0123456789'");
        peer.Expect("01 03 31 00 04 00 00 00");
        Eventually.Equal(0, () => rep.Socket.PipeCount);
        Assert.Equal(1, rep.Count(listener, "rcv_toobig"));
    }

    [Fact]
    public void D_17_D_22_A_message_longer_than_this_side_takes_closes_the_pipe()
    {
        UdpEnd end = Use(UdpEnd.Probing(Clock));
        SpListener listener = end.Listen(l => Set(l, OptionNames.ReceiveMaxSize, OptionValue.Size(100)));
        RawUdpPeer peer = Stranger(listener);
        peer.Send(Request);
        peer.Expect("01 02 F1 7F 64 00 01 00");
        ProbePipe pipe = end.Pipe();
        peer.Send(Data(new byte[100]));
        Eventually.Equal(1, () => pipe.Count);
        peer.Send(Data(new byte[101]));
        peer.Expect("01 03 F1 7F 04 00 00 00");
        Eventually.True(() => pipe.IsEnded, "the pipe is closed");
        Assert.Equal(NngError.MessageTooLarge, pipe.Pipe.CloseReason);
        Assert.Equal(1, end.Count(listener, "rcv_toobig"));
    }

    [Fact]
    public void CS_157_D_17_What_follows_a_message_is_cut_off_and_its_type_is_not_looked_at()
    {
        (_, _, RawUdpPeer peer, ProbePipe pipe) = Joined();
        peer.Send("01 00 F1 7F 02 00 00 00 'hi and more'");
        peer.Send("01 00 30 00 02 00 FF FF 'ho'");
        peer.Send("01 00 F1 7F 00 00 00 00");
        Eventually.Equal(3, () => pipe.Count);
        Assert.Equal(["hi", "ho", ""], pipe.Received.Select(System.Text.Encoding.ASCII.GetString));
    }

    [Fact]
    public void CS_160_D_16_A_message_from_a_stranger_is_ignored()
    {
        UdpEnd end = Use(UdpEnd.Probing(Clock));
        SpListener listener = end.Listen();
        RawUdpPeer stranger = Stranger(listener);
        stranger.Send(Data("hello"u8));
        AssertSilent(stranger, listener);
        Assert.Equal(1, end.Count(listener, "rcv_nomatch"));
    }

    [Fact]
    public void CS_163_D_14_A_message_longer_than_the_peer_takes_is_not_sent()
    {
        UdpEnd rep = Use(UdpEnd.Rep(Clock));
        SpListener listener = rep.Listen();
        RawUdpPeer peer = Stranger(listener);
        peer.Send("01 01 30 00 10 00 01 00");
        peer.Expect("01 02 31 00 E8 FD 01 00");
        foreach ((string answer, bool arrives) in (ReadOnlySpan<(string, bool)>)
            [("'0123456789abc'", false), ("'0123456789ab'", true)])
        {
            peer.Send("01 00 30 00 04 00 00 00 80 00 00 01");
            rep.Channel.Receive(Eventually.DefaultTimeoutMs).Dispose();
            Assert.Equal(NngError.None, rep.Channel.TrySend(Msg(answer)));
            if (arrives)
                peer.Expect("01 00 31 00 10 00 00 00 80 00 00 01 30 31 32 33 34 35 36 37 38 39 61 62");
        }

        Assert.Equal(1, rep.Count(listener, "snd_toobig"));
        Assert.Equal(1, rep.Socket.Traffic.Drops(DropReason.Unsent));
    }

    [Fact]
    public void D_13_No_peer_is_sent_more_than_there_may_be()
    {
        (UdpEnd end, SpListener listener, RawUdpPeer peer, ProbePipe pipe) = Joined(request: "01 01 F1 7F FF FF 01 00");
        pipe.Send(new Message(65_001));
        pipe.Send(new Message(65_000));
        Assert.Equal(65_008, peer.Receive().Length);
        Assert.Equal(1, end.Count(listener, "snd_toobig"));
    }

    [Fact]
    public void D_18_Of_messages_that_nobody_asks_for_the_newest_sixteen_are_kept()
    {
        (UdpEnd end, SpListener listener, RawUdpPeer peer, ProbePipe pipe) = Joined(asksAtOnce: false);
        for (byte i = 0; i < 20; i++)
            peer.Send(Data([i]));
        Eventually.Equal(4, () => end.Count(listener, "rcv_nobuf"));
        Assert.Equal(4, end.Socket.Traffic.Drops(DropReason.ReceiveQueueFull));
        Assert.Equal(0, pipe.Count);
        pipe.WantsMore = true;
        pipe.Pipe.StartReceive();
        Assert.Equal(Enumerable.Range(4, 16), pipe.Received.Select(body => (int)body[0]));
        // The ask is outstanding.
        peer.Send(Data([99]));
        Eventually.Equal(17, () => pipe.Count);
    }

    [Fact]
    public void D_19_TW_42_An_ask_is_served_from_the_queue_at_once()
    {
        (_, _, RawUdpPeer peer, ProbePipe pipe) = Joined(asksAtOnce: false);
        peer.Send(Data([1]));
        peer.Send(Data([2]));
        peer.Send(Request);
        peer.Expect(Answer);
        pipe.Pipe.StartReceive();
        Assert.Equal(1, pipe.Count);
        pipe.Pipe.StartReceive();
        Assert.Equal([1, 2], pipe.Received.Select(body => (int)body[0]));
        // Nothing is there: the next one goes to who asked, the one behind it waits.
        pipe.Pipe.StartReceive();
        peer.Send(Data([3]));
        peer.Send(Data([4]));
        peer.Send(Request);
        peer.Expect(Answer);
        Assert.Equal([1, 2, 3], pipe.Received.Select(body => (int)body[0]));
    }

    [Fact]
    public void A_pipe_that_ended_before_it_was_asked_closes_when_it_is()
    {
        (UdpEnd end, _, RawUdpPeer peer, ProbePipe pipe) = Joined(asksAtOnce: false);
        peer.Send(Data([1]));
        peer.Send("01 03 F1 7F 00 00 00 00");
        Eventually.True(() => pipe.IsEnded, "the pipe is closed");
        pipe.Pipe.StartReceive();
        Assert.Equal(0, pipe.Count);
        Assert.Equal(1, end.Socket.Traffic.Drops(DropReason.Discarded));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(65_000)]
    public void D_20_Messages_are_the_same_whether_copied_or_not(int copyMax)
    {
        (_, _, RawUdpPeer peer, ProbePipe pipe) = Joined(l => Set(l, OptionNames.UdpCopyMax, OptionValue.Size(copyMax)));
        byte[][] bodies = [.. new[] { 0, 1, 9, 10, 11, 1000, 65_000, 10, 11 }.Select(Body)];
        for (int i = 0; i < bodies.Length; i++)
        {
            peer.Send(Data(bodies[i]));
            Eventually.Equal(i + 1, () => pipe.Count);
            Assert.True(bodies[i].AsSpan().SequenceEqual(pipe.Received[i]));
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1024, 1025)]
    [InlineData(1024, 32_500)]
    [InlineData(1024, 32_501)]
    [InlineData(40_000, 40_000)]
    [InlineData(1024, 16_501, 33_000)]
    public void D_20_A_message_that_waits_holds_no_more_than_twice_its_memory(int copyMax, int length, int max = 65_000)
    {
        UdpEnd end = Use(UdpEnd.Pair(Clock));
        RawUdpPeer peer = Stranger(end.Listen(l =>
        {
            Set(l, OptionNames.UdpCopyMax, OptionValue.Size(copyMax));
            Set(l, OptionNames.ReceiveMaxSize, OptionValue.Size(max));
        }));
        peer.Send("01 01 10 00 E8 FD 01 00");
        peer.Expect($"01 02 10 00 {max & 255:x2} {max >> 8:x2} 01 00");
        peer.Send(Data(new byte[length]));
        using Message message = end.Channel.Receive(Eventually.DefaultTimeoutMs);
        Assert.Equal(length, message.Length);
        // The smallest storage of messages is 256 bytes.
        Assert.InRange(message.Capacity, length, Math.Max(256, 2 * (length + 32)));
    }

    [Fact]
    public void D_15_Whoever_posts_more_than_a_kick_can_send_is_told_when_there_is_room()
    {
        (_, _, RawUdpPeer peer, ProbePipe pipe) = Joined();
        for (int i = 1; i < 32; i++)
            Assert.True(pipe.Pipe.Post(Msg("'m'")));
        Assert.False(pipe.Pipe.Post(Msg("'m'")));
        Assert.Equal(32, pipe.Pipe.Transport.UnsentCount);
        // The protocol posts again from inside the call; that is sent by the same kick.
        int more = 40;
        pipe.OnRoom = () =>
        {
            while (more-- > 0 && pipe.Send(Msg("'n'")))
            {
            }
        };
        pipe.Pipe.Kick();
        for (int i = 0; i < 32; i++)
            peer.Expect("01 00 F1 7F 01 00 00 00 6D");
        for (int i = 0; i < 40; i++)
            peer.Expect("01 00 F1 7F 01 00 00 00 6E");
        Assert.Equal(0, pipe.Pipe.Transport.UnsentCount);
        Assert.Equal(2, pipe.SendReadyCount);
    }

    [Fact]
    public void A_protocol_that_always_has_more_keeps_no_thread()
    {
        ProbePipe pipe = Joined().Pipe;
        using var stop = new CancellationTokenSource();
        using var others = new ManualResetEventSlim();
        int caller = Environment.CurrentManagedThreadId;
        pipe.OnRoom = () =>
        {
            if (Environment.CurrentManagedThreadId != caller)
                others.Wait();
            while (!stop.IsCancellationRequested && pipe.Send(Msg("'m'")))
            {
            }
        };
        stop.CancelAfter(Eventually.DefaultTimeoutMs);
        for (int i = 0; i < 32; i++)
            pipe.Pipe.Post(Msg("'m'"));
        pipe.Pipe.Kick();
        Assert.False(stop.IsCancellationRequested, "the kick returned while there was more");
        int ready = pipe.SendReadyCount;
        Assert.InRange(ready, 1, 10);
        others.Set();
        Eventually.True(() => pipe.SendReadyCount > ready + 20, "others go on");
        stop.Cancel();
        Eventually.Equal(0, () => pipe.Pipe.Transport.UnsentCount);
    }

    [Fact]
    public void D_15_What_finds_the_ring_full_is_lost_and_counted()
    {
        var network = new HoldingNetwork();
        (UdpEnd end, SpListener listener, _, ProbePipe pipe) = Joined(network: network);
        network.HoldsUp = true;
        // One is with the system, thirty-two wait.
        for (int i = 0; i < 40; i++)
            Assert.True(pipe.Send(Msg("'m'")));
        Assert.Equal(7, end.Count(listener, "snd_nobuf"));
        Assert.Equal(7, end.Socket.Traffic.Drops(DropReason.SendQueueFull));
    }

    [Fact]
    public void What_the_system_refuses_is_counted()
    {
        var network = new HoldingNetwork();
        (UdpEnd end, SpListener listener, RawUdpPeer peer, ProbePipe pipe) = Joined(network: network);
        network.Refuses = true;
        Assert.True(pipe.Send(Msg("'one'")));
        Assert.True(pipe.Send(Msg("'two'")));
        Assert.Equal(2, end.Count(listener, "snd_refused"));
        Assert.Equal(2, end.Socket.Traffic.Drops(DropReason.Unsent));
        // A goodbye is no message.
        pipe.Pipe.Close(NngError.Closed);
        Assert.Equal(2, end.Count(listener, "snd_refused"));
        Assert.False(peer.HasMore);
    }

    private static byte[] Body(int size)
    {
        byte[] body = new byte[size];
        new Random(size).NextBytes(body);
        return body;
    }
}
