using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using Nng.TestKit;
using Nng.WebSockets;
using Xunit;

namespace Nng.Tests.WebSockets;

/// <summary>Compression of messages, both ways (RFC 7692, 7.2).</summary>
public sealed class WebSocketInflaterTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_compressed_comes_back(bool takeover)
    {
        using var deflater = new WebSocketDeflater(takeover);
        using var inflater = new WebSocketInflater(takeover);
        var random = new Random(7692);
        for (int i = 0; i < 50; i++)
        {
            byte[] body = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"message {random.Next(9)}. ", 10 + random.Next(3000))));
            var message = new Message(body);
            message.AppendHeader([1, 2, 3, 4]);
            Assert.True(deflater.TryCompress(ref message));
            Assert.True(message.Length < body.Length / 2);
            Assert.Equal(WebSocketRefusal.None, Inflate(inflater, message, 0, out Message? plain));
            Assert.True(plain!.Body[..4].SequenceEqual((byte[])[1, 2, 3, 4]));
            Assert.True(plain.Body[4..].SequenceEqual(body));
            plain.Dispose();
        }
    }

    [Fact]
    public void Later_messages_refer_to_earlier_ones_only_with_takeover()
    {
        byte[] body = new byte[2000];
        new Random(1).NextBytes(body);
        foreach (bool takeover in new[] { true, false })
        {
            using var deflater = new WebSocketDeflater(takeover);
            var first = new Message(body);
            var second = new Message(body);
            Assert.True(deflater.TryCompress(ref first) && deflater.TryCompress(ref second));
            Assert.Equal(takeover, second.Length < first.Length / 4);
            first.Dispose();
            second.Dispose();
        }
    }

    [Theory]
    [InlineData("F248CDC9C90700", "Hello")] // RFC 7692, 7.2.3.1
    [InlineData("F200112200", null)]
    [InlineData("F348CDC9C9070000", "Hello")] // 7.2.3.4: a final block
    [InlineData("F24805000000FFFFCAC9C90700", "Hello")] // 7.2.3.5: two blocks
    [InlineData("000500FAFF48656C6C6F00", "Hello")] // 7.2.3.3: not compressed
    public void The_examples_of_the_rfc_are_understood(string bytes, string? text)
    {
        using var inflater = new WebSocketInflater(takeover: true);
        for (int i = 0; i < 3; i++)
        {
            WebSocketRefusal refusal = Inflate(inflater, new Message(Convert.FromHexString(bytes)), 0, out Message? plain);
            if (text is null)
            {
                // Its second message refers to bytes that the first one has to bring.
                plain?.Dispose();
                continue;
            }

            Assert.Equal(WebSocketRefusal.None, refusal);
            Assert.Equal(text, Encoding.ASCII.GetString(plain!.Body));
            plain.Dispose();
        }
    }

    [Fact]
    public void A_bomb_is_refused_at_the_limit()
    {
        using var deflater = new WebSocketDeflater(takeover: false);
        var bomb = new Message(new byte[32 << 20]);
        Assert.True(deflater.TryCompress(ref bomb));
        Assert.True(bomb.Length < 1 << 20);
        byte[] bytes = bomb.Body.ToArray();
        bomb.Dispose();
        using var inflater = new WebSocketInflater(takeover: false);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(WebSocketRefusal.MessageTooLong, Inflate(inflater, new Message(bytes), 1 << 20, out Message? none));
        Assert.Null(none);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 8 << 20);
        Assert.Equal(WebSocketRefusal.None, Inflate(inflater, new Message(bytes), 32 << 20, out Message? all));
        Assert.Equal(32 << 20, all!.Length);
        all.Dispose();
    }

    [Fact]
    public void Unlimited_is_not_without_a_limit()
    {
        using var stream = new MemoryStream();
        using (var deflate = new DeflateStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] block = new byte[1 << 20];
            for (int i = 0; i <= WebSocketInflater.DefaultMax / block.Length; i++)
                deflate.Write(block);
        }

        using var inflater = new WebSocketInflater(takeover: false);
        Assert.Equal(WebSocketRefusal.MessageTooLong, Inflate(inflater, new Message(stream.ToArray()), 0, out _));
    }

    [Fact]
    public void Garbage_is_refused()
    {
        using var inflater = new WebSocketInflater(takeover: false);
        Assert.Equal(
            WebSocketRefusal.InvalidDeflate, Inflate(inflater, new Message(WireText.Bytes("FF FF FF FF")), 0, out _));
        Assert.Equal(WebSocketRefusal.None, Inflate(inflater, new Message(Convert.FromHexString("F248CDC9C90700")), 0, out Message? good));
        good!.Dispose();
    }

    [Fact]
    public void Short_messages_stay_as_they_are()
    {
        using var deflater = new WebSocketDeflater(takeover: true);
        var message = new Message(new byte[63]);
        Assert.False(deflater.TryCompress(ref message));
        Assert.Equal(63, message.Length);
        deflater.Dispose();
        message.Append(new byte[100]);
        Assert.False(deflater.TryCompress(ref message));
        message.Dispose();
    }

    /// <summary>All of a message, step by step.</summary>
    private static WebSocketRefusal Inflate(WebSocketInflater inflater, Message compressed, long max, out Message? plain)
    {
        WebSocketRefusal refusal;
        inflater.Begin(compressed, max);
        do
            refusal = inflater.Step(out plain);
        while (inflater.IsInflating);
        return refusal;
    }
}
