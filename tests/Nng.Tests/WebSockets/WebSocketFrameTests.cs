using System;
using System.Linq;
using Nng.TestKit;
using Nng.WebSockets;
using Xunit;

namespace Nng.Tests.WebSockets;

/// <summary>Heads of frames, both ways, and the mask.</summary>
public sealed class WebSocketFrameTests
{
    [Theory]
    [InlineData(0, "82 00")]
    [InlineData(125, "82 7D")]
    [InlineData(126, "82 7E 007E")]
    [InlineData(65535, "82 7E FFFF")]
    [InlineData(65536, "82 7F 0000000000010000")]
    [InlineData(0x7fff0000, "82 7F 000000007FFF0000")]
    public void WS_50_Lengths_are_as_short_as_they_can_be(long length, string head)
    {
        foreach (bool masked in new[] { false, true })
        {
            byte[] bytes = new byte[WebSocketFrame.MaxHead];
            int count = WebSocketFrame.Write(bytes, 0x82, length, masked, 0x44332211);
            byte[] expected = WireText.Bytes(masked ? head + " 11223344" : head);
            if (masked)
                expected[1] |= 0x80;
            Assert.Equal(WireText.Hex(expected), WireText.Hex(bytes.AsSpan(0, count)));
            for (int i = 0; i < count; i++)
                Assert.False(WebSocketFrame.TryRead(bytes.AsSpan(0, i), out _, out _));
            Assert.True(WebSocketFrame.TryRead(bytes.AsSpan(0, count), out WebSocketHead read, out bool isMinimal));
            Assert.Equal(new WebSocketHead(0x82, masked, (ulong)length, masked ? 0x44332211u : 0, count), read);
            Assert.True(isMinimal);
        }
    }

    [Theory]
    [InlineData("82 7E 007D")]
    [InlineData("82 7F 000000000000FFFF")]
    [InlineData("82 7F 0000000000000000")]
    public void Longer_lengths_than_needed_are_seen(string head)
    {
        Assert.True(WebSocketFrame.TryRead(WireText.Bytes(head), out _, out bool isMinimal));
        Assert.False(isMinimal);
    }

    [Fact]
    public void The_mask_is_the_plain_definition_for_every_length_and_phase()
    {
        var random = new Random(6455);
        byte[] key = [0x11, 0x22, 0x33, 0x44];
        for (int length = 0; length < 150; length++)
        {
            byte[] payload = new byte[length];
            random.NextBytes(payload);
            for (int phase = 0; phase < 9; phase++)
            {
                byte[] expected = [.. payload.Select((b, i) => (byte)(b ^ key[(i + phase) & 3]))];
                byte[] copy = new byte[length];
                WebSocketMask.Apply(payload, copy, 0x44332211, phase);
                Assert.Equal(expected, copy);
                WebSocketMask.Apply(copy, 0x44332211, phase);
                Assert.Equal(payload, copy);
            }
        }
    }
}
