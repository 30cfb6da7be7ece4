using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Nng.Core;

namespace Nng.Streams;

/// <summary>
/// A socket on non-blocking calls. What has to wait is told by an asynchronous receive of zero bytes, and for sends by
/// <see cref="WriteWatch"/>: the system never holds bytes of ours between two calls, so counts are exact and a
/// waiting send can be taken back.
/// </summary>
internal sealed class PortableChannel : IoChannel, IThreadPoolWorkItem
{
    /// <summary>Pieces up to this size are copied together into one send of at most <see cref="GatherBytes"/>.</summary>
    private const int GatherBelow = 16 * 1024;

    private const int GatherBytes = 64 * 1024;

    private readonly SocketAsyncEventArgs _receive = new();
    private readonly SocketAsyncEventArgs _connect = new();
    private int _flushRequested;
    private int _closed;

    public PortableChannel(Socket socket)
        : base(socket)
    {
        socket.Blocking = false;
        _receive.SetBuffer([], 0, 0);
        _receive.Completed += (_, _) => Handler.OnReadable();
        _connect.Completed += (_, _) => Handler.OnWritable();
    }

    private bool IsClosed => Volatile.Read(ref _closed) != 0;

    public override NngError Connect(EndPoint remote)
    {
        try
        {
            _connect.RemoteEndPoint = remote;
            return Socket.ConnectAsync(_connect) ? NngError.TryAgain : FinishConnect();
        }
        catch (ObjectDisposedException)
        {
            return NngError.Closed;
        }
        catch (SocketException failure)
        {
            return failure.ToNngError();
        }
    }

    public override NngError FinishConnect()
    {
        NngError error = ResultOf(0, _connect.SocketError).Error;
        return error == NngError.TryAgain ? NngError.Busy : error;
    }

    public override IoResult TryReceive(Span<byte> buffer)
    {
        try
        {
            int count = Socket.Receive(buffer, SocketFlags.None, out SocketError error);
            return ResultOf(count, error);
        }
        catch (ObjectDisposedException)
        {
            return IoResult.Failed(NngError.Closed);
        }
    }

    public override IoResult TrySend(ReadOnlySpan<byte> bytes)
    {
        try
        {
            int count = Socket.Send(bytes, SocketFlags.None, out SocketError error);
            return ResultOf(count, error);
        }
        catch (ObjectDisposedException)
        {
            return IoResult.Failed(NngError.Closed);
        }
    }

    public override IoResult TrySend(ReadOnlySpan<IoSegment> segments)
    {
        int moved = 0;
        foreach (IoSegment segment in segments)
        {
            IoResult result = TrySend(segment.Bytes.AsSpan(segment.Offset, segment.Count));
            if (result.Error != NngError.None)
                return moved > 0 ? IoResult.Moved(moved) : result;
            moved += result.Count;
            if (result.Count < segment.Count)
                break;
        }

        return IoResult.Moved(moved);
    }

    public override IoResult TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> segments, int offset)
    {
        ReadOnlySpan<byte> first = segments[0].Span[offset..];
        if (segments.Length == 1 || first.Length > GatherBelow)
            return TrySend(first);
        Chunk chunk = ChunkPool.Rent(GatherBytes);
        int used = 0;
        foreach (ReadOnlyMemory<byte> segment in segments)
        {
            ReadOnlySpan<byte> bytes = segment.Span[offset..];
            offset = 0;
            if (bytes.Length > GatherBytes - used)
                bytes = bytes[..(GatherBytes - used)];
            bytes.CopyTo(chunk.Bytes.AsSpan(used));
            used += bytes.Length;
            if (used == GatherBytes)
                break;
        }

        IoResult result = TrySend(chunk.Bytes.AsSpan(0, used));
        ChunkPool.Release(chunk);
        return result;
    }

    public override bool WaitReadable()
    {
        try
        {
            return Socket.ReceiveAsync(_receive);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    public override bool WaitWritable()
    {
        if (IsClosed)
            return false;
        WriteWatch.Add(this);
        return true;
    }

    public override void RequestFlush()
    {
        if (Interlocked.Exchange(ref _flushRequested, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        Volatile.Write(ref _flushRequested, 0);
        Handler.OnFlush();
    }

    public override void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        try
        {
            Socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // Not connected (any more): nothing to shut down.
        }

        Socket.Dispose();
    }

    /// <summary>What an aborted call reports differs from system to system: after a close it is "closed".</summary>
    private IoResult ResultOf(int count, SocketError error) => error switch
    {
        SocketError.Success => IoResult.Moved(count),
        SocketError.WouldBlock => IoResult.Wait,
        _ => IoResult.Failed(IsClosed ? NngError.Closed : error.ToNngError()),
    };
}
