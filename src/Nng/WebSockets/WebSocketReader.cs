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
        long frameMax = _settings.ReceiveFrameMax ?? Math.Max(WebSocketOptions.DefaultReceiveFrameMax, max);
        if (frameMax > 0 && head.Length > (ulong)frameMax)
            return WebSocketRefusal.FrameTooLong;
        if (!head.IsControl && IsTooLong(head, max))
            return WebSocketRefusal.MessageTooLong;
        if (head.IsMasked != _settings.IsServer)
            return WebSocketRefusal.WrongMasking;
        return head.IsControl ? AcceptControl(head) : AcceptData(head);
    }

    private readonly bool IsTooLong(in WebSocketHead head, long max)
    {
        if (!_settings.IsMessageMode)
            return head.Length > Streams.GrowingMessage.MaxBytes;
        // Compressed bytes are limited when they have their true length, and as such.
        ulong most = max > 0 ? (ulong)Math.Min(max, Streams.GrowingMessage.MaxBytes) : Streams.GrowingMessage.MaxBytes;
        return head.Length > most || (ulong)_length + head.Length > most;
    }

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
