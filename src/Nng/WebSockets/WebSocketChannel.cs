using System;
using System.Net;
using System.Threading;
using Nng.Core;
using Nng.Streams;

namespace Nng.WebSockets;

/// <summary>
/// A channel of bytes over a WebSocket connection, for streams: each send is a message of its own, boundaries of
/// received ones mean nothing (transports sheet, 13.12). An SP pipe does not use it, but the link beneath.
/// </summary>
/// <remarks>
/// Threading: as the contract says, one receiver and one sender at a time. <see cref="_lock"/> guards the pieces that
/// have arrived, and the close: a message is posted to the link under it, so that what a send reported goes out before.
/// </remarks>
internal sealed class WebSocketChannel : IoChannel, IWebSocketOwner
{
    /// <summary>No signal since the last transfer.</summary>
    private const int Quiet = 0;

    /// <summary>A signal came that no transfer has used yet.</summary>
    private const int Edge = 1;

    /// <summary>A transfer waits for a signal.</summary>
    private const int Waiting = 2;

    /// <summary>Bytes kept for a receiver before reading stops.</summary>
    private const int KeptBytes = 64 * 1024;

    /// <summary>What a kept piece counts beside its bytes: the message around it, and memory of which there is a least size.</summary>
    private const int PieceBytes = 400;

    /// <summary>Longest message of an endpoint whose frames are unlimited.</summary>
    private const int LongestSend = 1 << 20;

    private readonly IoChannel _inner;
    private readonly Lock _lock = new();
    private MessageQueue _pieces;

    /// <summary>What the pieces count.</summary>
    private int _kept;

    /// <summary>The link has been asked for pieces and not been refused one.</summary>
    private bool _asked;

    private NngError _end;
    private int _readState;
    private int _writeState;

    /// <summary>The link has said that it takes no more before it calls.</summary>
    private volatile bool _full;

    private volatile bool _closed;

    /// <param name="inner">What the link moves bytes over.</param>
    /// <param name="link">The connection, which this owns.</param>
    /// <param name="facts">What the upgrade said.</param>
    public WebSocketChannel(IoChannel inner, WebSocketLink link, WebSocketFacts facts)
        : base(inner.Socket)
    {
        _inner = inner;
        Link = link;
        Facts = facts;
        link.Owner = this;
    }

    public WebSocketLink Link { get; }

    public WebSocketFacts Facts { get; }

    public override TlsChannel? Tls => _inner.Tls;

    public override NngError EndOfStream => Link.Settings.EndError;

    public override NngError PeerGone => SaysClosed ? NngError.Closed : NngError.ConnectionReset;

    public override WaitDriver? WaitDriver => Link.WaitDriver;

    /// <summary>The C library's words for every end (transports sheet, WS-56).</summary>
    private bool SaysClosed => Link.Settings.EndError == NngError.Closed;

    /// <summary>Not for this kind: it is made of a connected channel.</summary>
    public override NngError Connect(EndPoint remote) => NngError.NotSupported;

    public override NngError FinishConnect() => NngError.NotSupported;

    public override IoResult TryReceive(Span<byte> buffer)
    {
        Interlocked.Exchange(ref _readState, Quiet);
        if (_closed)
            return IoResult.Failed(NngError.Closed);
        int count = Take(buffer, out bool asks);
        while (asks)
        {
            Link.StartReceive();
            asks = false;
            if (count == 0)
                count = Take(buffer, out asks);
        }

        if (count > 0)
            return IoResult.Moved(count);
        lock (_lock)
        {
            if (_end == NngError.None || _kept > 0)
                return IoResult.Wait;
            return _end is NngError.Closed or NngError.ConnectionShutdown || SaysClosed
                ? IoResult.Moved(0) : IoResult.Failed(_end);
        }
    }

    public override bool WaitReadable() => Interlocked.CompareExchange(ref _readState, Waiting, Quiet) == Quiet;

    public override IoResult TrySend(ReadOnlySpan<IoSegment> segments)
    {
        if (!MaySend(out IoResult refusal))
            return refusal;
        int count = 0;
        foreach (IoSegment segment in segments)
            count += segment.Count;
        Message message = Message.Rent(Limit(count));
        Span<byte> target = message.GetWritableBody();
        foreach (IoSegment segment in segments)
            Put(segment.Bytes.AsSpan(segment.Offset, segment.Count), ref target);
        return Post(message);
    }

    public override IoResult TrySend(ReadOnlySpan<byte> bytes)
    {
        if (!MaySend(out IoResult refusal))
            return refusal;
        return Post(Message.Rent(bytes[..Limit(bytes.Length)]));
    }

    public override IoResult TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> segments, int offset)
    {
        if (!MaySend(out IoResult refusal))
            return refusal;
        long count = -offset;
        foreach (ReadOnlyMemory<byte> segment in segments)
            count += segment.Length;
        Message message = Message.Rent(Limit(count));
        try
        {
            Span<byte> target = message.GetWritableBody();
            for (int i = 0; i < segments.Length && !target.IsEmpty; i++)
            {
                Put(segments[i].Span[offset..], ref target);
                offset = 0;
            }
        }
        catch
        {
            // An owner of memory that does not give it.
            message.Dispose();
            throw;
        }

        return Post(message);
    }

    /// <summary>A send of no bytes is a message without any (transports sheet, WS-62).</summary>
    public override IoResult TrySendNothing() =>
        MaySend(out IoResult refusal) ? Post(Message.Rent(0)) : refusal;

    public override bool WaitWritable() => Interlocked.CompareExchange(ref _writeState, Waiting, Quiet) == Quiet;

    public override void RequestFlush() =>
        ThreadPool.UnsafeQueueUserWorkItem(static channel => channel.Handler.OnFlush(), this, preferLocal: false);

    /// <summary>There is no half-closed WebSocket connection: after a close frame nothing is to be received.</summary>
    public override void ShutdownSend()
    {
    }

    public override void Close() => Close(WebSocketClose.Normal);

    /// <summary>Closes with a code.</summary>
    public void Close(int code)
    {
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
        }

        Link.Close(code);
        lock (_lock)
        {
            _pieces.Clear();
            _kept = 0;
        }

        Wake();
    }

    bool IWebSocketOwner.OnMessage(Message message)
    {
        bool more;
        lock (_lock)
        {
            if (_closed)
            {
                message.Dispose();
                return false;
            }

            _kept += PieceBytes + message.Length;
            _pieces.Enqueue(message);
            more = _kept < KeptBytes;
            _asked = more;
        }

        if (Signal(ref _readState))
            Handler.OnReadable();
        return more;
    }

    void IWebSocketOwner.OnSendReady()
    {
        _full = false;
        if (Signal(ref _writeState))
            Handler.OnWritable();
    }

    void IWebSocketOwner.OnEnded(NngError reason)
    {
        lock (_lock)
            _end = reason;
        Wake();
    }

    void IWebSocketOwner.OnUnsent(int messages)
    {
    }

    private static bool Signal(ref int state) => Interlocked.Exchange(ref state, Edge) == Waiting;

    private static void Put(ReadOnlySpan<byte> bytes, ref Span<byte> target)
    {
        int count = Math.Min(bytes.Length, target.Length);
        bytes[..count].CopyTo(target);
        target = target[count..];
    }

    private void Wake()
    {
        if (Signal(ref _writeState))
            Handler.OnWritable();
        if (Signal(ref _readState))
            Handler.OnReadable();
    }

    /// <summary>Moves bytes that have arrived; with less than enough left the link is to be asked for more.</summary>
    private int Take(Span<byte> buffer, out bool asks)
    {
        lock (_lock)
        {
            int count = 0;
            while (count < buffer.Length && _pieces.Peek is { } piece)
            {
                int part = Math.Min(piece.Length, buffer.Length - count);
                piece.Body[..part].CopyTo(buffer[count..]);
                count += part;
                _kept -= part;
                if (part < piece.Length)
                {
                    piece.Trim(part);
                    continue;
                }

                _pieces.Dequeue()!.Dispose();
                _kept -= PieceBytes;
            }

            asks = !_asked && _end == NngError.None && _kept < KeptBytes;
            _asked |= asks;
            return count;
        }
    }

    private bool MaySend(out IoResult refusal)
    {
        Interlocked.Exchange(ref _writeState, Quiet);
        bool ended;
        lock (_lock)
            ended = _closed || _end != NngError.None;
        refusal = ended ? IoResult.Failed(NngError.Closed) : IoResult.Wait;
        return !ended && !_full;
    }

    private int Limit(long count)
    {
        long max = Link.Settings.SendFrameMax;
        return (int)Math.Min(count, max == 0 ? LongestSend : max);
    }

    private IoResult Post(Message message)
    {
        int count = message.Length;
        lock (_lock)
        {
            // Closed meanwhile: the link would drop it.
            if (_closed)
            {
                message.Dispose();
                return IoResult.Failed(NngError.Closed);
            }

            // Set before the post: the link may call before it returns.
            _full = true;
            if (Link.Post(message))
                _full = false;
        }

        Link.Kick();
        return IoResult.Moved(count);
    }
}
