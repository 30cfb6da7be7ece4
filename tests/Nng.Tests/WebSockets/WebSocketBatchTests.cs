using System;
using System.Collections.Generic;
using System.Linq;
using Nng.Streams;
using Nng.TestKit;
using Nng.WebSockets;
using Xunit;

namespace Nng.Tests.WebSockets;

/// <summary>WebSocket frames laid out for gather writes.</summary>
public sealed class WebSocketBatchTests : IDisposable
{
    private readonly WebSocketControl _control = new(masks: false);
    private readonly List<WebSocketBatch> _batches = [];

    public void Dispose() => _batches.ForEach(batch => batch.Clear());

    [Fact]
    public void Small_messages_lie_back_to_back_headers_first()
    {
        WebSocketBatch batch = Make();
        Message first = new("ab"u8);
        first.AppendHeader([1, 2, 3, 4]);
        batch.Add(first);
        batch.Add(new Message("c"u8));
        Assert.Equal(1, batch.Segments().Length);
        Assert.Equal("82 06 01 02 03 04 61 62 82 01 63", WireText.Hex(Send(batch, int.MaxValue)));
    }

    [Fact]
    public void Long_bodies_are_not_copied_by_a_server()
    {
        WebSocketBatch batch = Make();
        Message large = new(new byte[WriteBatch.CopyLimit + 1]);
        byte[] storage = large.BodySegment.Array!;
        batch.Add(large);
        Assert.Same(storage, batch.Segments()[1].Bytes);
    }

    [Fact]
    public void A_body_that_others_hold_is_not_masked_in_place()
    {
        WebSocketBatch batch = Make(isServer: false);
        Message large = new(new byte[20_000]);
        Message shared = large.Share();
        batch.Add(large);
        Send(batch, int.MaxValue);
        Assert.DoesNotContain(shared.Body.ToArray(), b => b != 0);
        shared.Dispose();
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 65536)]
    [InlineData(true, 1000)]
    [InlineData(true, 7)]
    [InlineData(false, 0)]
    [InlineData(false, 65536)]
    [InlineData(false, 20_000)]
    [InlineData(false, 3)]
    public void Frames_carry_the_messages_whatever_the_cuts(bool isServer, int frameMax)
    {
        var random = new Random(frameMax);
        WebSocketBatch batch = Make(isServer, frameMax);
        for (int round = 0; round < 40; round++)
        {
            var bodies = new List<byte[]>();
            while (batch.HasRoom && bodies.Count < 8)
            {
                byte[] body = new byte[random.Next(3) switch { 0 => random.Next(200_000), 1 => random.Next(20_000), _ => random.Next(50) }];
                random.NextBytes(body);
                var message = new Message(body.AsSpan(Math.Min(body.Length, 4)));
                message.AppendHeader(body.AsSpan(0, Math.Min(body.Length, 4)));
                batch.Add(message);
                bodies.Add(body);
            }

            byte[] stream = Send(batch, 1 + random.Next(100_000));
            Assert.Equal(bodies.Select(Convert.ToHexString), Messages(stream, !isServer, frameMax).Select(Convert.ToHexString));
            batch.Clear();
        }
    }

    [Fact]
    public void Messages_are_unsent_until_their_last_byte_is_out()
    {
        WebSocketBatch batch = Make(frameMax: 1000);
        _control.SetPing();
        int[] bodies = [3, 2500, 0, 999, 1000, 4000];
        foreach (int length in bodies)
            batch.Add(new Message(length));
        Assert.Equal(bodies.Length, batch.CountUnsent());
        var sent = new List<byte>();
        bool done = false;
        while (!done)
        {
            IoSegment first = batch.Segments()[0];
            int step = Math.Min(first.Count, 77);
            sent.AddRange(first.Bytes.AsSpan(first.Offset, step));
            done = batch.Advance(step);
            Assert.Equal(bodies.Length - Messages([.. sent.Skip(2)], false, 1000).Count(), batch.CountUnsent());
        }

        Assert.Equal(0, batch.CountUnsent());
    }

    [Fact]
    public void Control_frames_go_first_and_between_fragments()
    {
        WebSocketBatch batch = Make(frameMax: 10_000);
        batch.Add(new Message("s"u8));
        batch.Add(new Message(new byte[1 << 20]));
        _control.SetPong("1"u8);
        Assert.Equal("8A 01 31 82 01 73", WireText.Hex(Send(batch, 6, 6)));
        _control.SetPong("2"u8);
        byte[] rest = Send(batch, int.MaxValue);
        int pong = rest.AsSpan().IndexOf((byte[])[0x8a, 0x01, 0x32]);
        Assert.InRange(pong, 1, 700_000);
    }

    [Fact]
    public void Nothing_follows_a_close_frame()
    {
        WebSocketBatch batch = Make(frameMax: 10_000);
        batch.Add(new Message(new byte[1 << 20]));
        Send(batch, 1, 1);
        _control.SetClose(1000);
        byte[] rest = Send(batch, int.MaxValue);
        Assert.Equal("88 02 03 E8", WireText.Hex(rest.AsSpan(rest.Length - 4)));
        Assert.True(rest.Length < 1 << 20);
        Assert.True(_control.IsCloseSent);
        Assert.Equal(1, batch.Lost);
    }

    [Fact]
    public void Nothing_follows_a_close_frame_that_overtakes()
    {
        WebSocketBatch batch = Make();
        batch.Add(new Message("s"u8));
        batch.Add(new Message(new byte[1 << 20]));
        _control.SetPong(default);
        _control.SetClose(1000);
        Assert.Equal("82 01 73 8A 00", WireText.Hex(Send(batch, 5, 5)));
        Assert.Equal(1, batch.CountUnsent());
        Assert.Equal("88 02 03 E8", WireText.Hex(Send(batch, int.MaxValue)));
    }

    [Fact]
    public void A_close_in_order_waits_for_the_batch_behind_which_there_is_nothing()
    {
        var batch = new WebSocketBatch(new WebSocketSettings { IsServer = true }, _control, null);
        _batches.Add(batch);
        _control.SetPong(default);
        // Posted to the other batch meanwhile, and then closed.
        _control.SetClose(1000);
        Assert.Equal("8A 00", WireText.Hex(Send(batch, int.MaxValue)));
        batch.Clear();
        Assert.False(batch.IsEmpty);
        batch.IsLast = true;
        Assert.Equal("88 02 03 E8", WireText.Hex(Send(batch, int.MaxValue)));
    }

    [Fact]
    public void A_batch_without_messages_still_has_control_frames_to_send()
    {
        WebSocketBatch batch = Make();
        Assert.True(batch.IsEmpty);
        _control.SetPing();
        Assert.False(batch.IsEmpty);
        Assert.Equal("89 00", WireText.Hex(Send(batch, int.MaxValue)));
        Assert.True(batch.IsEmpty);
    }

    [Fact]
    public void Compressed_messages_are_marked_and_shorter()
    {
        using var deflater = new WebSocketDeflater(takeover: false);
        var batch = new WebSocketBatch(
            new WebSocketSettings { IsServer = true, SendFrameMax = 50 }, _control, deflater);
        _batches.Add(batch);
        batch.Add(new Message("short"u8));
        batch.Add(new Message(new byte[100_000]));
        byte[] stream = Send(batch, int.MaxValue);
        Assert.Equal("82 05", WireText.Hex(stream.AsSpan(0, 2)));
        Assert.Equal("42 32", WireText.Hex(stream.AsSpan(7, 2)));
        Assert.True(stream.Length < 10_000);
    }

    private WebSocketBatch Make(bool isServer = true, long frameMax = 65536)
    {
        var batch = new WebSocketBatch(
            new WebSocketSettings { IsServer = isServer, IsMessageMode = true, SendFrameMax = frameMax }, _control, null);
        _batches.Add(batch);
        return batch;
    }

    /// <summary>Sends all, at most so much at a time, or only so much at all.</summary>
    private static byte[] Send(WebSocketBatch batch, int step, int total = int.MaxValue)
    {
        var sent = new List<byte>();
        bool done = false;
        while (!done && sent.Count < total)
        {
            var gather = new List<byte>();
            ReadOnlySpan<IoSegment> segments = batch.Segments();
            Assert.True(segments.Length is > 0 and <= IoChannel.MaxSegments);
            foreach (IoSegment segment in segments)
                gather.AddRange(segment.Bytes.AsSpan(segment.Offset, segment.Count));
            int count = Math.Min(gather.Count, step);
            sent.AddRange(gather.Take(count));
            done = batch.Advance(count);
        }

        return [.. sent];
    }

    /// <summary>The whole messages of a stream of frames; pings and a cut end are skipped.</summary>
    private static IEnumerable<byte[]> Messages(byte[] stream, bool masked, int frameMax)
    {
        var message = new List<byte>();
        bool continues = false;
        int at = 0;
        while (WebSocketFrame.TryRead(stream.AsSpan(at), out WebSocketHead head, out bool isMinimal))
        {
            at += head.HeadLength;
            if (stream.Length - at < (int)head.Length)
                yield break;
            Assert.True(isMinimal);
            Assert.Equal(masked, head.IsMasked);
            Assert.True(frameMax == 0 || head.Length <= (ulong)frameMax);
            Assert.Equal(!continues, head.Opcode == WebSocketOpcode.Binary);
            byte[] payload = stream[at..(at + (int)head.Length)];
            if (masked)
                WebSocketMask.Apply(payload, head.Key, 0);
            message.AddRange(payload);
            at += payload.Length;
            continues = !head.IsFinal;
            if (!head.IsFinal)
                continue;
            yield return [.. message];
            message.Clear();
        }
    }
}
