using System;

namespace Nng.WebSockets;

/// <summary>Judges heads of frames in the order the transports sheet has (13.8), and knows the message that is open.</summary>
/// <remarks>Wire code: no I/O. Not thread-safe: it belongs to whoever receives.</remarks>
/// <param name="settings">Whose frames, and how long.</param>
internal struct WebSocketReader(WebSocketSettings settings)
{
    private readonly WebSocketSettings _settings = settings;

    /// <summary>Payload bytes of the open message so far.</summary>
    private long _length;

    /// <summary>A message is open: its last frame has not come.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The message, open or just complete, is text.</summary>
    public bool IsText { get; private set; }

    /// <summary>The message, open or just complete, is compressed.</summary>
    public bool IsCompressed { get; private set; }

    /// <summary>Judges a head; an accepted one of a data frame is the next of its message.</summary>
    /// <param name="head">As read.</param>
    /// <param name="isMinimal">Its length is in as few bytes as it needs.</param>
    /// <param name="max">Longest message; 0 for what a message object holds.</param>
    public WebSocketRefusal Accept(in WebSocketHead head, bool isMinimal, long max)
    {
        if (!isMinimal)
            return WebSocketRefusal.LengthNotMinimal;
        bool isCompressed = head.Opcode == WebSocketOpcode.Continuation
            ? IsCompressed : _settings.Deflate is not null && (head.First & WebSocketFrame.Rsv1) != 0;
        long frameMax = _settings.ReceiveFrameMax
            ?? OnWire(Math.Max(WebSocketOptions.DefaultReceiveFrameMax, max), isCompressed);
        if (frameMax > 0 && head.Length > (ulong)frameMax)
            return WebSocketRefusal.FrameTooLong;
        if (!head.IsControl && IsTooLong(head, max, isCompressed))
            return WebSocketRefusal.MessageTooLong;
        if (head.IsMasked != _settings.IsServer)
            return WebSocketRefusal.WrongMasking;
        return head.IsControl ? AcceptControl(head) : AcceptData(head);
    }

    private readonly bool IsTooLong(in WebSocketHead head, long max, bool isCompressed)
    {
        if (!_settings.IsMessageMode)
        {
            // Bytes are passed on as they come, but for compressed ones, which wait for the end of their message.
            if (!isCompressed)
                return head.Length > Streams.GrowingMessage.MaxBytes;
            max = 0;
        }

        if (max == 0)
            max = isCompressed ? WebSocketInflater.DefaultMax : Streams.GrowingMessage.MaxBytes;
        var most = (ulong)Math.Min(OnWire(max, isCompressed), Streams.GrowingMessage.MaxBytes);
        return head.Length > most || (ulong)_length + head.Length > most;
    }

    /// <summary>
    /// What bytes may become by compression, at worst; the plain message is limited when it has its true length.
    /// </summary>
    private static long OnWire(long plain, bool isCompressed) =>
        isCompressed ? plain + (plain / 8) + (plain / 64) + 64 : plain;

    private static WebSocketRefusal AcceptControl(in WebSocketHead head)
    {
        if ((head.First & WebSocketFrame.RsvMask) != 0)
            return WebSocketRefusal.ReservedBits;
        if (head.Opcode is not (WebSocketOpcode.Close or WebSocketOpcode.Ping or WebSocketOpcode.Pong))
            return WebSocketRefusal.UnknownOpcode;
        if (head.Length > WebSocketFrame.MaxControl)
            return WebSocketRefusal.ControlTooLong;
        return head.IsFinal ? WebSocketRefusal.None : WebSocketRefusal.ControlFragmented;
    }

    private WebSocketRefusal AcceptData(in WebSocketHead head)
    {
        byte allowed = _settings.Deflate is not null && head.Opcode != WebSocketOpcode.Continuation
            ? WebSocketFrame.Rsv1 : (byte)0;
        if ((head.First & WebSocketFrame.RsvMask & ~allowed) != 0)
            return WebSocketRefusal.ReservedBits;
        if (head.Opcode > WebSocketOpcode.Binary)
            return WebSocketRefusal.UnknownOpcode;
        bool continues = head.Opcode == WebSocketOpcode.Continuation;
        if (continues != IsOpen)
            return continues ? WebSocketRefusal.NothingToContinue : WebSocketRefusal.MessageOpen;
        if (!continues)
        {
            IsText = head.Opcode == WebSocketOpcode.Text;
            IsCompressed = (head.First & WebSocketFrame.Rsv1) != 0;
            if (IsText && !_settings.TakesText)
                return WebSocketRefusal.UnexpectedText;
        }

        IsOpen = !head.IsFinal;
        _length = IsOpen ? _length + (long)head.Length : 0;
        return WebSocketRefusal.None;
    }
}
