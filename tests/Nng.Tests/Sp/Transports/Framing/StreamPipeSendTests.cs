using System;
using System.Collections.Generic;
using System.Linq;
using Nng.Sp.Transports;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>Frames out: inline, batched, stalled, closed in the middle.</summary>
public sealed class StreamPipeSendTests : IDisposable
{
    private readonly FramedPipe _pipe = new();

    private ScriptedChannel Channel => _pipe.Channel;

    public void Dispose() => _pipe.Dispose();

    [Fact]
    public void F_16_A_message_leaves_as_one_write_of_length_header_and_body()
    {
        Message message = new(WireText.Bytes("'hi'"));
        message.AppendHeader(WireText.Bytes("80000001"));
        Assert.True(_pipe.Probe.Send(message));
        Assert.Equal("00 00 00 00 00 00 00 06 80 00 00 01 68 69", Channel.SentHex);
        Assert.Single(Channel.Sends);
    }

    [Fact]
    public void Typed_frames_have_a_byte_in_front()
    {
        using var ipc = new FramedPipe(typed: true);
        ipc.Probe.Send(Text("hi"));
        Assert.Equal("01 00 00 00 00 00 00 00 02 68 69", ipc.Channel.SentHex);
    }

    [Fact]
    public void Large_bodies_travel_with_their_heads_in_one_write()
    {
        byte[] body = Enumerable.Range(0, 300_000).Select(i => (byte)i).ToArray();
        _pipe.Probe.Send(new Message(body));
        Assert.Equal([300_008], Channel.Sends);
        Assert.True(body.AsSpan().SequenceEqual(Channel.Sent.AsSpan(8)));
    }

    [Fact]
    public void What_the_system_took_in_parts_arrives_in_order()
    {
        Channel.WriteLimit = 7;
        byte[] body = Enumerable.Range(0, 20_000).Select(i => (byte)(i * 7)).ToArray();
        _pipe.Probe.Send(Text("first"));
        _pipe.Probe.Send(new Message(body));
        Assert.Equal(
            [.. RawPeer.FrameHead(RawFraming.Tcp, 5), .. "first"u8, .. RawPeer.FrameHead(RawFraming.Tcp, 20_000), .. body],
            Channel.Sent);
    }

    [Fact]
    public void Messages_posted_while_a_write_waits_leave_together_when_it_goes_on()
    {
        Channel.Room = 4;
        _pipe.Probe.Send(Text("one"));
        Assert.True(Channel.WriteWaits);
        _pipe.Probe.Send(Text("two"));
        _pipe.Probe.Send(Text("three"));
        Assert.Equal(3, _pipe.Transport.UnsentCount);
        Channel.Drain(1000);
        Assert.Equal([4, 7, 24], Channel.Sends);
        Assert.Equal(0, _pipe.Transport.UnsentCount);
        Assert.EndsWith("74 68 72 65 65", Channel.SentHex);
    }

    [Fact]
    public void A_full_batch_says_no_and_calls_when_there_is_room()
    {
        Channel.Room = 0;
        int taken = Fill();
        Assert.Equal(0, _pipe.Probe.SendReadyCount);
        Channel.Drain(long.MaxValue / 2);
        Assert.Equal(1, _pipe.Probe.SendReadyCount);
        Assert.Equal(0, _pipe.Transport.UnsentCount);
        Assert.Equal((taken + 1) * 108, Channel.Sent.Length);
    }

    [Fact]
    public void A_flood_gathers_and_the_loop_flushes_the_rest()
    {
        for (int i = 0; i < WritePolicy.InlineWrites; i++)
            _pipe.Probe.Send(Text("x"));
        Assert.Equal(WritePolicy.InlineWrites, Channel.Sends.Count);
        int before = Channel.Sends.Count;
        for (int i = 0; i < 20; i++)
            _pipe.Probe.Send(Text("y"));
        // A pause of this thread may end a flood: what must hold is that nothing stays behind.
        Assert.True(Channel.Flushes > 0);
        ((Nng.Streams.IIoHandler)_pipe.Transport).OnFlush();
        Assert.Equal(0, _pipe.Transport.UnsentCount);
        Assert.True(Channel.Sends.Count - before < 20, $"{Channel.Sends.Count - before} writes for 20 messages");
        Assert.Equal(9 * (20 + WritePolicy.InlineWrites), Channel.Sent.Length);
    }

    [Fact]
    public void An_answer_ends_gathering()
    {
        for (int i = 0; i < 20; i++)
        {
            _pipe.Probe.Send(Text("ping"));
            Assert.Equal(i + 1, Channel.Sends.Count);
            Channel.Arrive("0000000000000004 'pong'");
        }

        Assert.Equal(0, Channel.Flushes);
    }

    [Fact]
    public void Messages_posted_during_a_write_follow_it_at_once()
    {
        Channel.OnSending = () => _pipe.Probe.Send(Text("two"));
        _pipe.Probe.Send(Text("one"));
        Assert.Equal([11, 11], Channel.Sends);
        Assert.Equal(0, _pipe.Transport.UnsentCount);
    }

    [Fact]
    public void Room_that_comes_as_the_writer_turns_to_wait_is_not_missed()
    {
        Channel.Room = 0;
        Channel.OnWaitWritable = () => Channel.Room = 1000;
        _pipe.Probe.Send(Text("one"));
        Assert.False(Channel.WriteWaits);
        Assert.Equal([11], Channel.Sends);
    }

    [Theory]
    [InlineData(NngError.ConnectionReset, NngError.ConnectionReset)]
    [InlineData(NngError.Closed, NngError.ConnectionShutdown)]
    public void A_failing_write_closes_the_pipe_with_its_reason(NngError write, NngError expected)
    {
        Channel.SendFailure = write;
        _pipe.Probe.Send(Text("one"));
        Assert.Equal(expected, _pipe.Pipe.CloseReason);
        Assert.True(Channel.IsClosed);
        Assert.Equal(0, _pipe.Transport.UnsentCount);
    }

    [Fact]
    public void Close_while_a_write_waits_drops_what_was_queued()
    {
        Channel.Room = 4;
        _pipe.Probe.Send(Text("one"));
        _pipe.Probe.Send(Text("two"));
        _pipe.Pipe.Close(NngError.Closed);
        Assert.Equal(0, _pipe.Transport.UnsentCount);
        Assert.Equal([4], Channel.Sends);
        Assert.Equal(NngError.Closed, _pipe.Pipe.CloseReason);
    }

    [Fact]
    public void Close_in_the_middle_of_a_write_leaves_the_batch_to_its_writer()
    {
        int unsentAtClose = -1;
        Channel.OnSending = () =>
        {
            _pipe.Pipe.Close(NngError.Closed);
            unsentAtClose = _pipe.Transport.UnsentCount;
        };
        _pipe.Probe.Send(Text("one"));
        Assert.Equal(1, unsentAtClose);
        Assert.Equal(0, _pipe.Transport.UnsentCount);
        Assert.Equal(NngError.Closed, _pipe.Pipe.CloseReason);
    }

    [Fact]
    public void Close_as_the_writer_turns_to_wait_ends_it()
    {
        Channel.Room = 0;
        Channel.OnWaitWritable = () => _pipe.Pipe.Close(NngError.Closed);
        _pipe.Probe.Send(Text("one"));
        Assert.False(Channel.WriteWaits);
        Assert.Equal(0, _pipe.Transport.UnsentCount);
    }

    [Fact]
    public void A_closed_pipe_drops_what_is_posted()
    {
        _pipe.Pipe.Close(NngError.Closed);
        Assert.False(_pipe.Probe.Send(Text("late")));
        _pipe.Transport.Flush();
        Assert.Empty(Channel.Sends);
    }

    [Fact]
    public void A_protocol_that_fills_every_room_at_once_does_not_deepen_the_stack()
    {
        const int rounds = 2000;
        int depth = 0;
        int deepest = 0;
        int left = rounds;
        _pipe.Probe.OnRoom = () =>
        {
            deepest = Math.Max(deepest, ++depth);
            if (left-- > 0)
                _pipe.Probe.Send(new Message(new byte[60_000]));
            depth--;
        };
        _pipe.Probe.Send(new Message(new byte[60_000]));
        Channel.RunFlushes();
        Assert.Equal(1, deepest);
        Assert.Equal((rounds + 1) * 60_008L, Channel.Sends.Sum(static sent => (long)sent));
        Assert.Equal(0, _pipe.Transport.UnsentCount);
    }

    [Fact]
    public void A_peer_that_takes_everything_is_left_for_others_in_between()
    {
        int left = 100;
        _pipe.Probe.OnRoom = () =>
        {
            if (left-- > 0)
                _pipe.Probe.Send(new Message(new byte[60_000]));
        };
        _pipe.Probe.Send(new Message(new byte[60_000]));
        Assert.Equal(1, Channel.Flushes);
        Assert.InRange(Channel.Sends.Count, 1, 10);
        Channel.RunFlushes();
        Assert.Equal(101, Channel.Sends.Count);
    }

    /// <summary>Posts 100-byte messages until the pipe says no; how many were taken with a yes.</summary>
    private int Fill()
    {
        int taken = 0;
        while (_pipe.Probe.Send(new Message(new byte[100])))
            taken++;
        return taken;
    }

    private static Message Text(string text) => new(System.Text.Encoding.ASCII.GetBytes(text));
}
