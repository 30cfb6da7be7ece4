using System;
using System.Buffers.Binary;
using System.Threading;

namespace Nng.WebSockets;

/// <summary>Control frames that wait to go out: before data, at the next end of a frame (transports sheet, WS-42).</summary>
/// <remarks>
/// Threading: anybody sets, the writer takes; a leaf lock. Of pings that came while a pong waits only the last one is
/// answered (RFC 6455, 5.5.3), so a peer cannot make this grow.
/// </remarks>
internal sealed class WebSocketControl(bool masks)
{
    /// <summary>A pong, a ping and a close frame, masked.</summary>
    public const int MaxBytes = 3 * (6 + WebSocketFrame.MaxControl);

    private readonly Lock _lock = new();
    private readonly byte[] _pong = new byte[WebSocketFrame.MaxControl];
    private WebSocketKeys _keys;
    private int _pongLength = -1;
    private bool _ping;
    private int _closeCode;
    private byte[] _closeReason = [];
    private bool _closeTaken;
    private bool _pending;
    private int _closeSent;

    /// <summary>Something waits; read without the lock.</summary>
    public bool IsPending => Volatile.Read(ref _pending);

    /// <summary>The close frame has been sent; nothing follows.</summary>
    public bool IsCloseSent => Volatile.Read(ref _closeSent) != 0;

    /// <summary>Answers a ping.</summary>
    public void SetPong(ReadOnlySpan<byte> payload)
    {
        lock (_lock)
        {
            payload.CopyTo(_pong);
            _pongLength = payload.Length;
            Volatile.Write(ref _pending, !_closeTaken);
        }
    }

    public void SetPing()
    {
        lock (_lock)
        {
            _ping = true;
            Volatile.Write(ref _pending, !_closeTaken);
        }
    }

    /// <summary>Announces the end; the first code stays.</summary>
    /// <param name="code">Of two bytes.</param>
    /// <param name="reason">UTF-8, at most <see cref="WebSocketClose.MaxReason"/> bytes.</param>
    public void SetClose(int code, ReadOnlySpan<byte> reason = default)
    {
        lock (_lock)
        {
            if (_closeCode != 0)
                return;
            _closeCode = code;
            _closeReason = reason.ToArray();
            Volatile.Write(ref _pending, true);
        }
    }

    /// <summary>Moves what waits into a buffer of at least <see cref="MaxBytes"/>; nothing follows a close frame.</summary>
    /// <param name="target">Where the frames go.</param>
    /// <param name="mayClose">A close frame is taken; else it waits on.</param>
    /// <param name="closes">A close frame is among them, the last.</param>
    /// <returns>How many bytes.</returns>
    public int Take(Span<byte> target, bool mayClose, out bool closes)
    {
        closes = false;
        lock (_lock)
        {
            Volatile.Write(ref _pending, _closeCode != 0 && !_closeTaken && !mayClose);
            if (_closeTaken)
                return 0;
            int at = 0;
            if (_pongLength >= 0)
                at += Write(target, WebSocketOpcode.Pong, _pong.AsSpan(0, _pongLength));
            if (_ping)
                at += Write(target[at..], WebSocketOpcode.Ping, default);
            _pongLength = -1;
            _ping = false;
            if (_closeCode == 0 || !mayClose)
                return at;
            Span<byte> payload = stackalloc byte[WebSocketFrame.MaxControl];
            BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)_closeCode);
            _closeReason.CopyTo(payload[2..]);
            _closeTaken = closes = true;
            return at + Write(target[at..], WebSocketOpcode.Close, payload[..(2 + _closeReason.Length)]);
        }
    }

    /// <summary>Writer: the close frame is with the operating system.</summary>
    public void OnCloseSent() => Interlocked.Exchange(ref _closeSent, 1);

    private int Write(Span<byte> target, WebSocketOpcode opcode, ReadOnlySpan<byte> payload)
    {
        uint key = masks ? _keys.Next() : 0;
        int head = WebSocketFrame.Write(
            target, (byte)(WebSocketFrame.Fin | (byte)opcode), payload.Length, masks, key);
        if (masks)
            WebSocketMask.Apply(payload, target[head..], key, 0);
        else
            payload.CopyTo(target[head..]);
        return head + payload.Length;
    }
}
