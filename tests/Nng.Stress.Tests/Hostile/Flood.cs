using System;
using System.Net.Sockets;
using System.Threading;
using Nng.TestKit;

namespace Nng.Stress.Tests.Hostile;

/// <summary>Peers that send the smallest messages as fast as the kernel takes them, until disposed or cut off.</summary>
/// <remarks>Threading: one thread a peer; the members are safe from any thread.</remarks>
internal sealed class Flood : IDisposable
{
    private readonly RawPeer[] _peers;
    private readonly Thread[] _threads;
    private volatile bool _stop;
    private long _bytes;
    private int _cut;

    public Flood(string url, SocketKind kind, int peers)
    {
        _peers = new RawPeer[peers];
        _threads = new Thread[peers];
        for (int i = 0; i < peers; i++)
        {
            RawPeer peer = _peers[i] = RawPeer.DialAs(url, kind.Peer);
            _threads[i] = new Thread(() => Send(peer)) { IsBackground = true };
            _threads[i].Start();
        }
    }

    /// <summary>Bytes went out since the last look.</summary>
    public bool Flows
    {
        get
        {
            long before = Interlocked.Read(ref _bytes);
            return Eventually.Holds(() => Interlocked.Read(ref _bytes) > before);
        }
    }

    /// <summary>Returns when more went out than buffers can hold: millions of messages, however long they take.</summary>
    public void WaitUntilItFlows() =>
        Eventually.True(() => Interlocked.Read(ref _bytes) > 32 << 20, "the flood flows", timeoutMs: 60_000);

    /// <summary>Returns when every peer was cut off.</summary>
    public void WaitUntilCut() => Eventually.Equal(_peers.Length, () => Volatile.Read(ref _cut), "peers cut off");

    public void Dispose()
    {
        _stop = true;
        foreach (RawPeer peer in _peers)
            peer.Dispose();
        foreach (Thread thread in _threads)
            thread.Join();
    }

    private void Send(RawPeer peer)
    {
        // A whole number of frames that every protocol can read: a word with the high bit, or nothing.
        byte[] frame = [.. RawPeer.FrameHead(peer.Framing, 4), 0x80, 0, 0, 1];
        byte[] frames = new byte[frame.Length * 4096];
        for (int at = 0; at < frames.Length; at += frame.Length)
            frame.CopyTo(frames, at);
        try
        {
            while (!_stop)
            {
                peer.Send(frames);
                Interlocked.Add(ref _bytes, frames.Length);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            Interlocked.Increment(ref _cut);
        }
    }
}
