using System;
using System.Collections.Generic;
using Nng.Core;
using Nng.Streams;

namespace Nng.WebSockets;

/// <summary>
/// A batch of WebSocket frames. Small messages are framed, and masked, when they are added; long, fragmented and
/// compressed ones by the writer, as much at a time as one gather takes, so that control frames find their way between
/// fragments (transports sheet, 13.9).
/// </summary>
internal sealed class WebSocketBatch : WriteBatch
{
    /// <summary>Elements of the gather list that leave room for one more frame.</summary>
    private const int MaxSegments = IoChannel.MaxSegments - 3;

    private readonly WebSocketControl _control;
    private readonly WebSocketDeflater? _deflater;
    private readonly bool _masks;

    /// <summary>A close frame overtakes messages; bytes of a stream that were taken go before it.</summary>
    private readonly bool _closesEarly;

    private readonly long _frameMax;

    /// <summary>Messages up to this length are copied when they are added.</summary>
    private readonly int _copyMax;

    private readonly byte _opcode;

    /// <summary>Where messages end that were framed, in bytes of all frames of the batch.</summary>
    private readonly List<long> _ends = [];

    private WebSocketKeys _keys;

    /// <summary>Messages that the writer frames.</summary>
    private MessageQueue _waiting;

    /// <summary>The message being framed; null for none.</summary>
    private Message? _current;

    /// <summary>Payload bytes of it that are in frames.</summary>
    private int _framed;

    /// <summary>The message being framed is compressed.</summary>
    private bool _compressed;

    /// <summary>Bytes of all frames, and of those that were sent.</summary>
    private long _written;

    private long _sent;

    /// <summary>Bytes of control frames put before the first data frame; the ends do not count them.</summary>
    private int _shift;

    /// <summary>Nobody has asked for the segments yet: the first byte begins a frame.</summary>
    private bool _fresh = true;

    /// <summary>The close frame is among the bytes that are being sent.</summary>
    private bool _closes;

    /// <param name="settings">Masking, fragments, text.</param>
    /// <param name="control">Control frames, shared by the batches of a connection.</param>
    /// <param name="deflater">Compresses; shared by the batches of a connection; null for none.</param>
    public WebSocketBatch(WebSocketSettings settings, WebSocketControl control, WebSocketDeflater? deflater)
    {
        _control = control;
        _deflater = deflater;
        _masks = !settings.IsServer;
        _closesEarly = !settings.ClosesInOrder;
        _frameMax = settings.SendFrameMax == 0 ? long.MaxValue : settings.SendFrameMax;
        _copyMax = deflater is null ? (int)Math.Min(CopyLimit, _frameMax) : -1;
        _opcode = (byte)(settings.SendsText ? WebSocketOpcode.Text : WebSocketOpcode.Binary);
    }

    public override bool IsEmpty => Messages == 0 && !_control.IsPending;

    public override void Add(Message message)
    {
        int payload = message.HeaderLength + message.Length;
        Messages++;
        if (payload > _copyMax || !_waiting.IsEmpty)
        {
            Bytes += WebSocketFrame.MaxHead + payload;
            _waiting.Enqueue(message);
            return;
        }

        Span<byte> target = Free;
        uint key = _masks ? _keys.Next() : 0;
        int head = WebSocketFrame.Write(target, (byte)(WebSocketFrame.Fin | OpcodeOf(message)), payload, _masks, key);
        Copy(message.Header, target[head..], key, 0);
        Copy(message.Body, target[(head + message.HeaderLength)..], key, message.HeaderLength);
        message.Dispose();
        Use(head + payload);
        Bytes += head + payload;
        _written += head + payload;
        _ends.Add(_written);
    }

    public override ReadOnlySpan<IoSegment> Segments()
    {
        if (_fresh)
        {
            _fresh = false;
            CloseSegment();
            int control = TakeControl();
            // What was copied goes out before a close frame: nothing may follow that.
            if (!_closes)
            {
                _shift = control;
                PutOpenFirst();
            }

            Frame();
        }

        return base.Segments();
    }

    public override bool Advance(int count)
    {
        _sent += count;
        if (!base.Advance(count))
            return false;
        if (_closes)
        {
            _control.OnCloseSent();
            return true;
        }

        if (_current is null && _waiting.IsEmpty)
            return true;
        Rewind();
        _written += TakeControl();
        Frame();
        return false;
    }

    public override int CountUnsent()
    {
        int count = Lost + _waiting.Count + (_current is null ? 0 : 1);
        foreach (long end in _ends)
        {
            if (end + _shift > _sent)
                count++;
        }

        return count;
    }

    public override void Clear()
    {
        _current?.Dispose();
        _current = null;
        _waiting.Clear();
        _ends.Clear();
        _framed = 0;
        _written = 0;
        _sent = 0;
        _shift = 0;
        _fresh = true;
        _closes = false;
        base.Clear();
    }

    /// <summary>Puts control frames that wait behind what was copied; after a close frame no data goes out.</summary>
    private int TakeControl()
    {
        if (!_control.IsPending)
            return 0;
        int count = _control.Take(Free, _closesEarly || (IsLast && Messages == 0), out _closes);
        Use(count);
        if (_closes)
        {
            Lost = _waiting.Count + (_current is null ? 0 : 1);
            _waiting.Clear();
            _current?.Dispose();
            _current = null;
        }

        return count;
    }

    /// <summary>Frames messages that wait, as long as there is room.</summary>
    private void Frame()
    {
        while (SegmentCount < MaxSegments)
        {
            if (_current is null && !TryTakeNext())
                return;
            if (BufferBytes - Used < SpareBytes + CopyLimit)
                return;
            FrameCurrent();
        }
    }

    private bool TryTakeNext()
    {
        _current = _waiting.Dequeue();
        _framed = 0;
        if (_current is null)
            return false;
        _compressed = _deflater is not null && _deflater.TryCompress(ref _current);
        return true;
    }

    /// <summary>Frames the next fragment of the message, or all of it.</summary>
    private void FrameCurrent()
    {
        Message message = _current!;
        int total = message.HeaderLength + message.Length;
        int count = (int)Math.Min(total - _framed, _frameMax);
        bool isLast = _framed + count == total;
        byte first = _framed == 0 ? OpcodeOf(message) : (byte)WebSocketOpcode.Continuation;
        if (_framed == 0 && _compressed)
            first |= WebSocketFrame.Rsv1;
        if (isLast)
            first |= WebSocketFrame.Fin;
        uint key = _masks ? _keys.Next() : 0;
        int head = WebSocketFrame.Write(Free, first, count, _masks, key);
        Use(head);
        _written += head + count;
        int ofHeader = Math.Clamp(message.HeaderLength - _framed, 0, count);
        if (ofHeader > 0)
        {
            Copy(message.Header.Slice(_framed, ofHeader), Free, key, 0);
            Use(ofHeader);
        }

        PutBody(message, Math.Max(0, _framed - message.HeaderLength), count - ofHeader, key, ofHeader);
        _framed += count;
        if (!isLast)
            return;
        _ends.Add(_written);
        Keep(message);
        _current = null;
    }

    private byte OpcodeOf(Message message) => message.IsText ? (byte)WebSocketOpcode.Text : _opcode;

    private void PutBody(Message message, int offset, int count, uint key, int phase)
    {
        if (count <= CopyLimit)
        {
            Copy(message.Body.Slice(offset, count), Free, key, phase);
            Use(count);
            return;
        }

        // A body that others hold as well is copied before it is masked.
        if (_masks)
            WebSocketMask.Apply(message.GetWritableBody().Slice(offset, count), key, phase);
        Refer(message, offset, count);
    }

    private void Copy(ReadOnlySpan<byte> bytes, Span<byte> target, uint key, int phase)
    {
        if (_masks)
            WebSocketMask.Apply(bytes, target, key, phase);
        else
            bytes.CopyTo(target);
    }
}
