using System;
using System.Collections.Generic;
using Nng.Sp.Transports;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>Frames laid out for one gather write.</summary>
public sealed class FrameBatchTests : IDisposable
{
    private readonly FrameBatch _batch = new(FrameFormat.Plain);
    private readonly FrameBatch _typed = new(FrameFormat.Typed);

    public void Dispose()
    {
        _batch.Clear();
        _typed.Clear();
    }

    [Fact]
    public void Small_frames_lie_back_to_back_in_one_segment()
    {
        Message first = new("ab"u8);
        first.AppendHeader([1, 2, 3, 4]);
        _batch.Add(first);
        _batch.Add(new Message("c"u8));
        Assert.Equal(1, _batch.Segments().Length);
        Assert.Equal("00 00 00 00 00 00 00 06 01 02 03 04 61 62 00 00 00 00 00 00 00 01 63", WireText.Hex(Bytes()));
        Assert.Equal((2, 23), (_batch.Messages, _batch.Bytes));
    }

    [Fact]
    public void Typed_frames_begin_with_their_type()
    {
        _typed.Add(new Message("c"u8));
        Assert.Equal("01 00 00 00 00 00 00 00 01 63", WireText.Hex(Bytes(_typed)));
    }

    [Fact]
    public void Bodies_above_the_limit_are_not_copied()
    {
        byte[] body = new byte[WriteBatch.CopyLimit + 1];
        body[^1] = 7;
        Message large = new(body);
        byte[] storage = large.BodySegment.Array!;
        _batch.Add(new Message("a"u8));
        _batch.Add(large);
        _batch.Add(new Message("b"u8));
        ReadOnlySpan<IoSegment> segments = _batch.Segments();
        Assert.Equal(3, segments.Length);
        Assert.Same(storage, segments[1].Bytes);
        Assert.Equal(9 + 8, segments[0].Count);
        Assert.Equal(9, segments[2].Count);
    }

    [Fact]
    public void A_body_at_the_limit_is_copied()
    {
        _batch.Add(new Message(new byte[WriteBatch.CopyLimit]));
        Assert.Equal(1, _batch.Segments().Length);
    }

    [Fact]
    public void Sent_bytes_leave_from_the_front_at_any_cut()
    {
        var random = new Random(11);
        for (int round = 0; round < 200; round++)
        {
            int messages = random.Next(1, 6);
            for (int i = 0; i < messages; i++)
                _batch.Add(new Message(RandomBytes(random, random.Next(0, 20_000))));
            byte[] all = Bytes();
            Assert.Equal(all.Length, _batch.Bytes);
            int at = 0;
            bool done = false;
            while (!done)
            {
                Assert.True(all.AsSpan(at).SequenceEqual(Bytes()));
                int count = random.Next(1, all.Length - at + 1);
                at += count;
                done = _batch.Advance(count);
            }

            Assert.Equal(all.Length, at);
            _batch.Clear();
        }
    }

    [Fact]
    public void Messages_are_unsent_until_their_last_byte_is_out()
    {
        foreach (FrameBatch batch in new[] { _batch, _typed })
        {
            int[] bodies = [3, WriteBatch.CopyLimit + 5, 0, WriteBatch.CopyLimit - 4, WriteBatch.CopyLimit - 3];
            var ends = new List<int>();
            foreach (int length in bodies)
            {
                Message message = new(length);
                message.AppendHeader([9, 9, 9, 9]);
                batch.Add(message);
                ends.Add(batch.Bytes);
            }

            Assert.Equal(bodies.Length, batch.CountUnsent());
            int sent = 0;
            while (sent < ends[^1])
            {
                _ = batch.Segments();
                int step = Math.Min(ends[^1] - sent, 1 + (sent % 611));
                batch.Advance(step);
                sent += step;
                Assert.Equal(ends.FindAll(end => end > sent).Count, batch.CountUnsent());
            }

            batch.Clear();
            Assert.Equal(0, batch.CountUnsent());
        }
    }

    [Fact]
    public void Room_ends_before_the_buffer_or_the_gather_list_overflows()
    {
        int small = 0;
        for (; _batch.HasRoom; small++)
            _batch.Add(Headed(WriteBatch.CopyLimit - 64));
        Assert.InRange(small, 6, 8);
        Assert.True(_batch.Segments().Length <= IoChannel.MaxSegments);
        _batch.Clear();
        var mixed = new List<int>();
        for (int i = 0; _batch.HasRoom; i++)
        {
            int length = i % 2 == 0 ? WriteBatch.CopyLimit + 100 : 1;
            mixed.Add(length);
            _batch.Add(Headed(length));
        }

        Assert.True(_batch.Segments().Length <= IoChannel.MaxSegments);
        Assert.NotEmpty(mixed);
    }

    [Fact]
    public void Clearing_gives_bodies_back()
    {
        Message large = new(new byte[100_000]);
        _batch.Add(large);
        _batch.Clear();
        Assert.Throws<ObjectDisposedException>(() => large.Clone());
        Assert.True(_batch.IsEmpty);
        Assert.Equal(0, _batch.Segments().Length);
        Assert.Equal(0, _batch.Bytes);
    }

    private static Message Headed(int length)
    {
        Message message = new(new byte[length]);
        message.AppendHeader(new byte[64]);
        return message;
    }

    private static byte[] RandomBytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private byte[] Bytes() => Bytes(_batch);

    private static byte[] Bytes(FrameBatch batch)
    {
        var all = new List<byte>();
        foreach (IoSegment segment in batch.Segments())
            all.AddRange(segment.Bytes.AsSpan(segment.Offset, segment.Count));
        return [.. all];
    }
}
