using System;
using System.Collections.Generic;
using System.Linq;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>Frames in: parsing, back-pressure, limits, ends (transports sheet, 6.3).</summary>
public sealed class StreamPipeReceiveTests : IDisposable
{
    private readonly List<FramedPipe> _pipes = [];

    public void Dispose()
    {
        foreach (FramedPipe pipe in _pipes)
            pipe.Dispose();
    }

    [Fact]
    public void Frames_are_found_however_the_bytes_are_cut()
    {
        Fragmenter.Run("0000000000000002 'hi' 0000000000000000 0000000000000003 'you'", parts =>
        {
            FramedPipe pipe = Open();
            foreach (byte[] part in parts)
                pipe.Channel.Arrive(part);
            Assert.Equal(["hi", "", "you"], Texts(pipe));
        });
    }

    [Fact]
    public void Typed_frames_are_found_however_the_bytes_are_cut()
    {
        Fragmenter.Run("01 0000000000000002 'hi' 01 0000000000000000", parts =>
        {
            FramedPipe pipe = Open(typed: true);
            foreach (byte[] part in parts)
                pipe.Channel.Arrive(part);
            Assert.Equal(["hi", ""], Texts(pipe));
        });
    }

    [Fact]
    public void Everything_one_read_brought_is_delivered_before_the_next_read()
    {
        FramedPipe pipe = Open();
        pipe.Channel.Arrive("0000000000000001 'a' 0000000000000001 'b' 0000000000000001 'c'");
        Assert.Equal(["a", "b", "c"], Texts(pipe));
        Assert.Single(pipe.Channel.Reads);
    }

    [Fact]
    public void F_17_Nothing_is_read_before_the_protocol_asks()
    {
        FramedPipe pipe = Open(asks: false);
        pipe.Channel.Arrive("0000000000000001 'a'");
        Assert.Empty(pipe.Channel.Reads);
        Assert.False(pipe.Channel.ReadWaits);
        pipe.Pipe.StartReceive();
        Assert.Equal(["a"], Texts(pipe));
    }

    [Fact]
    public void A_protocol_that_has_enough_gets_the_buffered_rest_when_it_asks_again()
    {
        FramedPipe pipe = Open();
        pipe.Probe.WantsMore = false;
        pipe.Channel.Arrive("0000000000000001 'a' 0000000000000001 'b' 0000000000000001 'c'");
        Assert.Equal(["a"], Texts(pipe));
        pipe.Pipe.StartReceive();
        Assert.Equal(["a", "b"], Texts(pipe));
        pipe.Probe.WantsMore = true;
        pipe.Pipe.StartReceive();
        Assert.Equal(["a", "b", "c"], Texts(pipe));
        Assert.Single(pipe.Channel.Reads);
        Assert.True(pipe.Channel.ReadWaits);
    }

    [Fact]
    public void What_was_received_and_not_asked_for_goes_back_to_the_pool_when_the_pipe_closes()
    {
        const int rounds = 600;
        byte[] more = WireText.Bytes("0000000000000001 'a' 0000000000000001 'b' 00");
        // The first round loads what the others use.
        long before = 0;
        for (int i = 0; i <= rounds; i++)
        {
            if (i == 1)
                before = GC.GetAllocatedBytesForCurrentThread();
            using var pipe = new FramedPipe();
            pipe.Probe.WantsMore = false;
            pipe.Channel.Arrive(more);
            Assert.Single(pipe.Probe.Received);
        }

        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / rounds;
        Assert.True(each < ReceiveWindow.Size / 2, $"{each} bytes for each pipe");
    }

    [Fact]
    public void Bytes_that_come_as_the_reader_turns_to_wait_are_not_missed()
    {
        FramedPipe pipe = Open(asks: false);
        pipe.Probe.WantsMore = true;
        pipe.Channel.OnWaitReadable = () => pipe.Channel.Arrive("0000000000000001 'a'");
        pipe.Pipe.StartReceive();
        Assert.Equal(["a"], Texts(pipe));
        Assert.True(pipe.Channel.ReadWaits);
    }

    [Theory]
    [InlineData(64 * 1024 - 8)]
    [InlineData(64 * 1024 - 7)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData(5_000_000)]
    public void Frames_longer_than_the_buffer_arrive_whole(int length)
    {
        byte[] body = new byte[length];
        new Random(length).NextBytes(body);
        FramedPipe pipe = Open();
        pipe.Channel.ReadLimit = 100_000;
        pipe.Channel.Arrive([.. RawPeer.FrameHead(RawFraming.Tcp, (ulong)length), .. body, .. WireText.Bytes("0000000000000001 'z'")]);
        pipe.Channel.RunFlushes();
        Assert.Equal(2, pipe.Probe.Received.Length);
        Assert.True(body.AsSpan().SequenceEqual(pipe.Probe.Received[0]));
        Assert.Equal("z"u8, pipe.Probe.Received[1]);
    }

    [Fact]
    public void TW_2_Memory_follows_the_bytes_and_not_the_claim()
    {
        FramedPipe pipe = Open();
        pipe.Channel.Arrive("0000000040000000 '0123456789'");
        Assert.True(pipe.Channel.ReadWaits);
        Assert.Equal([64 * 1024], pipe.Channel.Reads);
        pipe.Channel.Arrive(new byte[3 << 20]);
        pipe.Channel.RunFlushes();
        Assert.True(pipe.Channel.Reads.Max() <= 2 << 20, $"offered {pipe.Channel.Reads.Max()} bytes of room");
        Assert.False(pipe.Pipe.IsClosed);
    }

    [Fact]
    public void TW_2_A_claim_gets_more_at_once_from_a_peer_that_kept_one_before()
    {
        FramedPipe pipe = Open();
        byte[] frame = [.. RawPeer.FrameHead(RawFraming.Tcp, 1 << 20), .. new byte[1 << 20]];
        pipe.Channel.Arrive(frame.AsSpan(0, 1000));
        pipe.Channel.Arrive(frame.AsSpan(1000));
        pipe.Channel.RunFlushes();
        Assert.InRange(pipe.Channel.Reads[1], 1, 128 * 1024);
        int before = pipe.Channel.Reads.Count;
        pipe.Channel.Arrive(frame.AsSpan(0, 1000));
        pipe.Channel.Arrive(frame.AsSpan(1000));
        pipe.Channel.RunFlushes();
        Assert.InRange(pipe.Channel.Reads[before + 1], (1 << 20) - 1000, 1 << 20);
        Assert.Equal(2, pipe.Probe.Received.Length);
    }

    [Theory]
    [InlineData(8, 20_000)]
    [InlineData(3000, 1000)]
    [InlineData(300_000, 20)]
    public void A_peer_that_floods_is_left_for_others_in_between(int length, int count)
    {
        FramedPipe pipe = Open();
        byte[] frame = [.. RawPeer.FrameHead(RawFraming.Tcp, (ulong)length), .. new byte[length]];
        var frames = new byte[frame.Length * count];
        for (int i = 0; i < count; i++)
            frame.CopyTo(frames, i * frame.Length);
        pipe.Channel.Arrive(frames);
        Assert.Equal(1, pipe.Channel.Flushes);
        Assert.InRange(pipe.Probe.Received.Length, 0, count / 5);
        pipe.Channel.RunFlushes();
        Assert.Equal(count, pipe.Probe.Received.Length);
        Assert.True(pipe.Channel.ReadWaits);
    }

    [Fact]
    public void A_pipe_closed_between_two_turns_delivers_nothing_more()
    {
        FramedPipe pipe = Open();
        pipe.Channel.Arrive(new byte[8 * 20_000]);
        int delivered = pipe.Probe.Count;
        pipe.Pipe.Close(NngError.Closed);
        pipe.Channel.RunFlushes();
        Assert.Equal(delivered, pipe.Probe.Count);
    }

    [Fact]
    public void A_frame_whose_rest_was_put_aside_is_completed()
    {
        FramedPipe pipe = Open();
        byte[] body = new byte[40_000];
        new Random(7).NextBytes(body);
        byte[] frame = [.. RawPeer.FrameHead(RawFraming.Tcp, 40_000), .. body];
        foreach (int cut in (int[])[1, 7, 8, 9, 255, 256, 4000, 4096, 4097, 30_000])
        {
            pipe.Channel.Arrive(frame.AsSpan(0, cut));
            pipe.Channel.Arrive(frame.AsSpan(cut));
        }

        Assert.Equal(10, pipe.Probe.Received.Length);
        Assert.All(pipe.Probe.Received, received => Assert.True(body.AsSpan().SequenceEqual(received)));
    }

    [Theory]
    [InlineData(10, "000000000000000A '0123456789'", true)]
    [InlineData(10, "000000000000000B", false)]
    [InlineData(0, "7FFFFFFFFFFFFFFF", false)]
    [InlineData(0, "FFFFFFFFFFFFFFFF", false)]
    [InlineData(0, "000000007FFF0001", false)]
    [InlineData(uint.MaxValue, "00000000FFFFFFFF", false)]
    public void F_13_Lengths_above_the_limit_end_the_pipe_before_their_payload(long limit, string bytes, bool accepted)
    {
        FramedPipe pipe = Open(maxLength: limit);
        pipe.Channel.Arrive(bytes);
        Assert.Equal(accepted ? NngError.None : NngError.MessageTooLarge, pipe.Pipe.CloseReason);
        Assert.Equal(accepted ? 1 : 0, pipe.Probe.Received.Length);
        Assert.Equal(accepted, !pipe.Channel.IsClosed);
    }

    [Theory]
    [InlineData("02 0000000000000002 'hi'")]
    [InlineData("00 0000000000000002 'hi'")]
    [InlineData("02 FFFFFFFFFFFFFFFF")]
    public void F_12_Other_frame_types_end_the_pipe_whatever_their_length(string bytes)
    {
        FramedPipe pipe = Open(typed: true, maxLength: 1000);
        pipe.Channel.Arrive(bytes);
        Assert.Equal(NngError.Protocol, pipe.Pipe.CloseReason);
        Assert.Empty(pipe.Probe.Received);
    }

    [Theory]
    [InlineData("")]
    [InlineData("000000")]
    [InlineData("0000000000000010 '01234567'")]
    [InlineData("0000000000200000 '01234567'")]
    public void F_18_The_end_inside_a_frame_or_between_frames_is_the_same_error(string tail)
    {
        FramedPipe pipe = Open();
        pipe.Channel.Arrive("0000000000000001 'a'" + tail);
        pipe.Channel.End();
        Assert.Equal(["a"], Texts(pipe));
        Assert.Equal(NngError.ConnectionShutdown, pipe.Pipe.CloseReason);
        Assert.True(pipe.Channel.IsClosed);
        Assert.True(pipe.Probe.IsEnded);
    }

    [Theory]
    [InlineData(NngError.ConnectionReset, NngError.ConnectionReset)]
    [InlineData(NngError.Closed, NngError.ConnectionShutdown)]
    public void Read_errors_close_the_pipe_with_their_reason(NngError read, NngError expected)
    {
        FramedPipe pipe = Open();
        pipe.Channel.Break(read);
        Assert.Equal(expected, pipe.Pipe.CloseReason);
    }

    [Fact]
    public void Frames_before_the_end_are_delivered_even_to_a_protocol_that_asks_late()
    {
        FramedPipe pipe = Open(asks: false);
        pipe.Channel.Arrive("0000000000000001 'a' 0000000000000001 'b'");
        pipe.Channel.End();
        pipe.Pipe.StartReceive();
        Assert.Equal(["a"], Texts(pipe));
        Assert.False(pipe.Pipe.IsClosed);
        pipe.Probe.WantsMore = true;
        pipe.Pipe.StartReceive();
        Assert.Equal(["a", "b"], Texts(pipe));
        Assert.Equal(NngError.ConnectionShutdown, pipe.Pipe.CloseReason);
    }

    [Fact]
    public void Closing_while_a_frame_is_half_in_delivers_nothing_more()
    {
        FramedPipe pipe = Open();
        pipe.Channel.Arrive("0000000000000004 'ab'");
        pipe.Pipe.Close(NngError.Closed);
        pipe.Channel.Arrive("'cd'");
        Assert.Empty(pipe.Probe.Received);
        Assert.Equal(NngError.Closed, pipe.Pipe.CloseReason);
    }

    private FramedPipe Open(bool asks = true, bool typed = false, long maxLength = 0)
    {
        var pipe = new FramedPipe(asks, typed, maxLength);
        _pipes.Add(pipe);
        return pipe;
    }

    private static string[] Texts(FramedPipe pipe) =>
        [.. pipe.Probe.Received.Select(body => System.Text.Encoding.ASCII.GetString(body))];
}
