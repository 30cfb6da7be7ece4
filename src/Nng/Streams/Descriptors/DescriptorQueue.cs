using System.Collections.Generic;
using System.Net.Sockets;
using System.Threading;

namespace Nng.Streams;

/// <summary>Connections handed in by the application, waiting in order to be accepted (transports sheet, S-4, S-7).</summary>
/// <remarks>
/// Threading: any thread hands in; <see cref="_lock"/> guards the queue. The handler is called on the thread pool, not
/// on the thread that handed in.
/// </remarks>
internal sealed class DescriptorQueue : IoAcceptor, IThreadPoolWorkItem
{
    /// <summary>Connections that may wait (S-4).</summary>
    private const int Capacity = 16;

    private readonly Lock _lock = new();
    private readonly Queue<Socket> _queue = new();

    /// <summary>An accept found nothing and is to be called.</summary>
    private bool _waiting;

    private bool _closed;

    /// <summary>There is room for one more.</summary>
    public NngError Check()
    {
        lock (_lock)
            return CheckLocked();
    }

    /// <summary>Takes a connection over; after an error it is the caller's still.</summary>
    public NngError Offer(Socket socket)
    {
        lock (_lock)
        {
            NngError error = CheckLocked();
            if (error != NngError.None)
                return error;
            _queue.Enqueue(socket);
            if (!_waiting)
                return NngError.None;
            _waiting = false;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return NngError.None;
    }

    public override NngError TryAccept(out Socket? accepted)
    {
        lock (_lock)
        {
            if (_queue.TryDequeue(out accepted))
                return NngError.None;
            if (_closed)
                return NngError.Closed;
            _waiting = true;
            return NngError.TryAgain;
        }
    }

    public override void Close()
    {
        Socket[] left;
        lock (_lock)
        {
            _closed = true;
            left = [.. _queue];
            _queue.Clear();
        }

        foreach (Socket socket in left)
            socket.Dispose();
    }

    void IThreadPoolWorkItem.Execute() => Handler.OnReadable();

    private NngError CheckLocked() => _closed ? NngError.Closed
        : _queue.Count == Capacity ? NngError.OutOfSpace : NngError.None;
}
