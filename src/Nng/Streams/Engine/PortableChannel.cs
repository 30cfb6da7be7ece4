using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Nng.Streams;

/// <summary>
/// A socket on non-blocking calls, and on <see cref="SocketAsyncEventArgs"/> for what has to wait: a receive of zero
/// bytes tells of readability, a real send is carried out ahead and reported by the next try.
/// </summary>
internal sealed class PortableChannel : IoChannel, IThreadPoolWorkItem
{
    private readonly SocketAsyncEventArgs _receive = new();
    private readonly SocketAsyncEventArgs _send = new();
    private readonly List<ArraySegment<byte>> _list = [];

    /// <summary>A send carried out while the sender waited; taken by its next try.</summary>
    private IoResult? _ahead;

    private int _flushRequested;
    private int _closed;

    public PortableChannel(Socket socket)
        : base(socket)
    {
        socket.Blocking = false;
        _receive.SetBuffer([], 0, 0);
        _receive.Completed += (_, _) => Handler.OnReadable();
        _send.Completed += (_, args) =>
        {
            if (args.LastOperation == SocketAsyncOperation.Send)
                _ahead = ResultOf(args.BytesTransferred, args.SocketError);
            Handler.OnWritable();
        };
    }

    public override NngError Connect(EndPoint remote)
    {
        try
        {
            _send.RemoteEndPoint = remote;
            return Socket.ConnectAsync(_send) ? NngError.TryAgain : FinishConnect();
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
        NngError error = ResultOf(0, _send.SocketError).Error;
        return error == NngError.TryAgain ? NngError.Busy : error;
    }

    public override IoResult TryReceive(Span<byte> buffer)
    {
        try
        {
            int count = Socket.Receive(buffer, SocketFlags.None, out SocketError error);
            return error == SocketError.WouldBlock ? IoResult.Wait : ResultOf(count, error);
        }
        catch (ObjectDisposedException)
        {
            return IoResult.Failed(NngError.Closed);
        }
    }

    public override IoResult TrySend(ReadOnlySpan<IoSegment> segments)
    {
        if (_ahead is { } ahead)
        {
            _ahead = null;
            return ahead;
        }

        try
        {
            int count;
            SocketError error;
            if (segments.Length == 1)
            {
                count = Socket.Send(
                    segments[0].Bytes.AsSpan(segments[0].Offset, segments[0].Count), SocketFlags.None, out error);
            }
            else
            {
                Fill(segments);
                count = Socket.Send(_list, SocketFlags.None, out error);
            }

            if (error != SocketError.WouldBlock)
                return ResultOf(count, error);
            Fill(segments);
            return IoResult.Wait;
        }
        catch (ObjectDisposedException)
        {
            return IoResult.Failed(NngError.Closed);
        }
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
        try
        {
            _send.SetBuffer(null, 0, 0);
            _send.BufferList = _list;
            if (Socket.SendAsync(_send))
                return true;
            _ahead = ResultOf(_send.BytesTransferred, _send.SocketError);
        }
        catch (ObjectDisposedException)
        {
            _ahead = IoResult.Failed(NngError.Closed);
        }

        return false;
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

    private void Fill(ReadOnlySpan<IoSegment> segments)
    {
        _list.Clear();
        foreach (IoSegment segment in segments)
            _list.Add(new ArraySegment<byte>(segment.Bytes, segment.Offset, segment.Count));
    }

    /// <summary>What an aborted call reports differs from system to system: after a close it is "closed".</summary>
    private IoResult ResultOf(int count, SocketError error)
    {
        if (error == SocketError.Success)
            return IoResult.Moved(count);
        return IoResult.Failed(Volatile.Read(ref _closed) != 0 ? NngError.Closed : error.ToNngError());
    }
}
