using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>A channel of an engine, joined to a plain blocking socket in the test's hands.</summary>
internal sealed class ChannelPair : IIoHandler, IDisposable
{
    private readonly byte[] _buffer = GC.AllocateArray<byte>(1 << 20, pinned: true);
    private int _readable;
    private int _writable;
    private int _flushed;

    public ChannelPair(IoEngine engine)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        Peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Peer.Connect(listener.LocalEndPoint!);
        Channel = engine.CreateChannel(listener.Accept(), connected: true);
        Channel.Handler = this;
    }

    public IoChannel Channel { get; }

    public Socket Peer { get; }

    public int Readable => Volatile.Read(ref _readable);

    public int Writable => Volatile.Read(ref _writable);

    public int Flushed => Volatile.Read(ref _flushed);

    /// <summary>Runs inside the next call that something is readable.</summary>
    public Action? OnReadableHook { get; set; }

    public IoResult Receive(int room = 4096) => Channel.TryReceive(_buffer.AsSpan(0, room));

    public IoResult Send(int count) => Channel.TrySend([new IoSegment(_buffer, 0, count)]);

    /// <summary>Sends until the system takes no more.</summary>
    public long Fill()
    {
        long total = 0;
        while (true)
        {
            IoResult result = Send(_buffer.Length);
            if (result.Error == NngError.TryAgain)
                return total;
            Assert.Equal(NngError.None, result.Error);
            total += result.Count;
        }
    }

    /// <summary>Receives until something moved or ended, waiting as the contract says.</summary>
    public IoResult ReceiveWaiting(int room = 4096)
    {
        while (true)
        {
            IoResult result = Receive(room);
            if (result.Error != NngError.TryAgain)
                return result;
            int before = Readable;
            if (Channel.WaitReadable())
                Eventually.True(() => Readable != before, "the channel to call");
        }
    }

    /// <summary>Asks to be told of readiness until the channel will; the calls seen so far.</summary>
    public int WaitReadable()
    {
        while (true)
        {
            int before = Readable;
            Assert.Equal(NngError.TryAgain, Receive().Error);
            if (Channel.WaitReadable())
                return before;
        }
    }

    public void OnReadable()
    {
        OnReadableHook?.Invoke();
        Interlocked.Increment(ref _readable);
    }

    public void OnWritable() => Interlocked.Increment(ref _writable);

    public void OnFlush() => Interlocked.Increment(ref _flushed);

    public void Dispose()
    {
        Channel.Close();
        Peer.Dispose();
    }
}
