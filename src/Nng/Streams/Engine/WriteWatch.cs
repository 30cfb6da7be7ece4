using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Nng.Streams;

/// <summary>
/// Tells the portable engine's channels when they can send again. One thread, asleep in the system's select while
/// some channel waits, and in a lock otherwise.
/// </summary>
/// <remarks>
/// Threading: <see cref="s_lock"/> guards the newcomers. Handlers are called on the pool. A socket that is closed
/// while it is watched has been shut down, which counts as being ready.
/// </remarks>
internal static class WriteWatch
{
    private static readonly Lock s_lock = new();
    private static readonly SemaphoreSlim s_work = new(0);

    /// <summary>A datagram to itself ends a select.</summary>
    private static readonly Socket s_bell = CreateBell();

    private static readonly List<PortableChannel> s_added = [];

    /// <summary>Whether the thread has been started.</summary>
    private static bool s_started;

    /// <summary>A ring is on its way, so that another one is not needed.</summary>
    private static bool s_rung;

    /// <summary>Calls the channel's <see cref="IIoHandler.OnWritable"/> once: it can send, has failed, or is closed.</summary>
    public static void Add(PortableChannel channel)
    {
        lock (s_lock)
        {
            s_added.Add(channel);
            if (!s_started)
            {
                s_started = true;
                new Thread(Run, 256 * 1024) { IsBackground = true, Name = "nng:write-watch" }.UnsafeStart();
            }

            if (s_rung)
                return;
            s_rung = true;
        }

        s_work.Release();
        _ = s_bell.Send([1], SocketFlags.None, out _);
    }

    private static void Run()
    {
        var watched = new Dictionary<Socket, PortableChannel>();
        var reads = new List<Socket>();
        var writes = new List<Socket>();
        while (true)
        {
            if (watched.Count == 0)
                s_work.Wait();
            TakeAdded(watched);
            reads.Clear();
            reads.Add(s_bell);
            writes.Clear();
            writes.AddRange(watched.Keys);
            try
            {
                Socket.Select(reads, writes, null, -1);
            }
            catch (Exception failure) when (failure is ObjectDisposedException or SocketException)
            {
                // One of them was closed: each is tried by its own thread, which finds out.
                writes.Clear();
                writes.AddRange(watched.Keys);
            }

            foreach (Socket socket in writes)
            {
                watched.Remove(socket, out PortableChannel? channel);
                ThreadPool.UnsafeQueueUserWorkItem(static c => c!.Handler.OnWritable(), channel, preferLocal: false);
            }
        }
    }

    private static void TakeAdded(Dictionary<Socket, PortableChannel> watched)
    {
        while (s_work.Wait(0))
        {
            // Counted rings are one ring.
        }

        Span<byte> rings = stackalloc byte[16];
        while (s_bell.Receive(rings, SocketFlags.None, out SocketError error) > 0 && error == SocketError.Success)
        {
            // Emptied, so that it wakes the next select only when it rings again.
        }

        lock (s_lock)
        {
            s_rung = false;
            foreach (PortableChannel channel in s_added)
                watched[channel.Socket] = channel;
            s_added.Clear();
        }
    }

    private static Socket CreateBell()
    {
        var bell = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        bell.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        bell.Connect(bell.LocalEndPoint!);
        bell.Blocking = false;
        return bell;
    }
}
