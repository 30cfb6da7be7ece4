using Nng.WebSockets;
using Xunit;

namespace Nng.Tests.WebSockets;

/// <summary>One head for each reason to refuse it, and their order (transports sheet, 13.8).</summary>
public sealed class WebSocketReaderTests
{
    [Theory]
    [InlineData(0x82, 4, true, WebSocketRefusal.None)]
    [InlineData(0x82, 11, true, WebSocketRefusal.FrameTooLong)]
    [InlineData(0x82, 9, true, WebSocketRefusal.MessageTooLong)]
    [InlineData(0x82, 4, false, WebSocketRefusal.WrongMasking)]
    [InlineData(0xC2, 4, true, WebSocketRefusal.ReservedBits)]
    [InlineData(0xA2, 4, true, WebSocketRefusal.ReservedBits)]
    [InlineData(0x83, 4, true, WebSocketRefusal.UnknownOpcode)]
    [InlineData(0x87, 4, true, WebSocketRefusal.UnknownOpcode)]
    [InlineData(0x8B, 4, true, WebSocketRefusal.UnknownOpcode)]
    [InlineData(0x80, 4, true, WebSocketRefusal.NothingToContinue)]
    [InlineData(0x81, 4, true, WebSocketRefusal.UnexpectedText)]
    [InlineData(0x09, 4, true, WebSocketRefusal.ControlFragmented)]
    [InlineData(0x88, 9, true, WebSocketRefusal.None)]
    [InlineData(0xC9, 4, true, WebSocketRefusal.ReservedBits)]
    public void A_head_is_refused_by_its_first_fault(byte first, int length, bool masked, object refusal)
    {
        var reader = new WebSocketReader(Settings(10));
        var head = new WebSocketHead(first, masked, (ulong)length, 0, 2);
        Assert.Equal(refusal, reader.Accept(head, isMinimal: true, 8));
        Assert.Equal(WebSocketRefusal.LengthNotMinimal, reader.Accept(head, isMinimal: false, 8));
    }

    [Fact]
    public void Control_frames_have_a_limit_of_their_own()
    {
        var reader = new WebSocketReader(Settings(1000));
        Assert.Equal(WebSocketRefusal.None, Accept(ref reader, 0x89, 125, 8));
        Assert.Equal(WebSocketRefusal.ControlTooLong, Accept(ref reader, 0x89, 126, 8));
    }

    [Fact]
    public void Fragments_are_added_up_and_pings_leave_them_alone()
    {
        var reader = new WebSocketReader(Settings(1000));
        Assert.Equal(WebSocketRefusal.None, Accept(ref reader, 0x02, 5, 8));
        Assert.True(reader.IsOpen);
        Assert.Equal(WebSocketRefusal.None, Accept(ref reader, 0x89, 5, 8));
        Assert.Equal(WebSocketRefusal.MessageOpen, Accept(ref reader, 0x82, 1, 8));
        Assert.Equal(WebSocketRefusal.MessageTooLong, Accept(ref reader, 0x80, 4, 8));
        Assert.Equal(WebSocketRefusal.None, Accept(ref reader, 0x80, 3, 8));
        Assert.False(reader.IsOpen);
        Assert.Equal(WebSocketRefusal.None, Accept(ref reader, 0x82, 8, 8));
    }

    [Fact]
    public void What_no_message_can_hold_is_refused_without_a_limit()
    {
        var reader = new WebSocketReader(Settings(0));
        Assert.Equal(WebSocketRefusal.MessageTooLong, Accept(ref reader, 0x82, 1UL << 31, 0));
        Assert.Equal(WebSocketRefusal.MessageTooLong, Accept(ref reader, 0x82, ulong.MaxValue, 0));
        Assert.Equal(WebSocketRefusal.None, Accept(ref reader, 0x02, 0x7fff0000, 0));
        Assert.Equal(WebSocketRefusal.MessageTooLong, Accept(ref reader, 0x80, 1, 0));
    }

    [Fact]
    public void Compressed_messages_are_marked_by_their_first_frame_only()
    {
        var reader = new WebSocketReader(Settings(0) with { Deflate = new WebSocketDeflateTerms(true, true) });
        Assert.Equal(WebSocketRefusal.None, Accept(ref reader, 0x42, 1, 0));
        Assert.True(reader.IsCompressed);
        Assert.Equal(WebSocketRefusal.ReservedBits, Accept(ref reader, 0xC0, 1, 0));
        Assert.Equal(WebSocketRefusal.None, Accept(ref reader, 0x80, 1, 0));
        Assert.Equal(WebSocketRefusal.None, Accept(ref reader, 0x82, 1, 0));
        Assert.False(reader.IsCompressed);
    }

    /// <summary>What cannot be compressed gets a little longer: the limit is one of the message (F-13).</summary>
    [Theory]
    [InlineData(true, 1024, 1024 + 5, true)]
    [InlineData(true, 1024, 2048, false)]
    [InlineData(true, 0, 1 << 26, true)]
    [InlineData(true, 0, 2 << 26, false)]
    [InlineData(false, 0, 1 << 26, true)]
    [InlineData(false, 0, 2 << 26, false)]
    [InlineData(false, 1024, 1 << 26, true)]
    public void Compressed_messages_have_a_limit_on_the_wire_too(
        bool messages, long max, long length, bool isTaken)
    {
        WebSocketRefusal refusal = isTaken ? WebSocketRefusal.None : WebSocketRefusal.MessageTooLong;
        WebSocketSettings settings = Settings(0) with
        {
            IsMessageMode = messages,
            Deflate = new WebSocketDeflateTerms(true, true),
        };
        var whole = new WebSocketReader(settings);
        Assert.Equal(refusal, Accept(ref whole, 0xC2, (ulong)length, max));
        var pieces = new WebSocketReader(settings);
        Assert.Equal(WebSocketRefusal.None, Accept(ref pieces, 0x42, 1, max));
        Assert.Equal(refusal, Accept(ref pieces, 0x80, (ulong)length - 1, max));
    }

    [Fact]
    public void The_default_limit_of_frames_lets_a_compressed_message_of_that_length_pass()
    {
        var reader = new WebSocketReader(Settings(0) with
        {
            ReceiveFrameMax = null,
            Deflate = new WebSocketDeflateTerms(true, true),
        });
        Assert.Equal(WebSocketRefusal.FrameTooLong, Accept(ref reader, 0x82, (1 << 20) + 1, 0));
        Assert.Equal(WebSocketRefusal.None, Accept(ref reader, 0xC2, (1 << 20) + 400, 0));
        Assert.Equal(WebSocketRefusal.FrameTooLong, Accept(ref reader, 0xC2, 1 << 21, 0));
    }

    private static WebSocketRefusal Accept(ref WebSocketReader reader, byte first, ulong length, long max) =>
        reader.Accept(new WebSocketHead(first, true, length, 0, 2), isMinimal: true, max);

    private static WebSocketSettings Settings(long frameMax) =>
        new() { IsServer = true, IsMessageMode = true, ReceiveFrameMax = frameMax };
}
