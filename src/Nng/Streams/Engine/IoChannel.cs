using System;
using System.Net;
using System.Net.Sockets;
using Nng.Core;

namespace Nng.Streams;

/// <summary>
/// The contract of one descriptor: transfers are tried on the caller's thread first; only what has to wait involves
/// the engine. An idle channel holds no buffer.
/// </summary>
/// <remarks>
/// Threading: one receiver and one sender at a time; <see cref="Close"/> from any thread. After close no transfer
/// touches the descriptor, whatever thread is inside one.
/// </remarks>
internal abstract class IoChannel
{
    private readonly Socket? _socket;

    protected IoChannel(Socket? socket)
    {
        _socket = socket;
    }

    /// <summary>For options and addresses of streams on sockets; owned by the channel. Others have none.</summary>
    public Socket Socket => _socket ?? throw new InvalidOperationException("The channel is not a socket.");

    /// <summary>Who is told of readiness; set before the first transfer, replaced only while none waits.</summary>
    public IIoHandler Handler { get; set; } = null!;

    /// <summary>The loop that a waiting thread can drive; null for none.</summary>
    public virtual WaitDriver? WaitDriver => null;

    /// <summary>The TLS session, of this channel or one beneath; null for none.</summary>
    public virtual TlsChannel? Tls => null;

    /// <summary>
    /// Nothing has come that a receive would give, nor the end of the stream. Asked by the receiver, while it waits for
    /// nothing.
    /// </summary>
    public virtual bool IsQuiet
    {
        get
        {
            try
            {
                return !Socket.Poll(0, SelectMode.SelectRead);
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    /// <summary>What a receive ends with at the end of the stream.</summary>
    public virtual NngError EndOfStream => NngError.ConnectionShutdown;

    /// <summary>What a send ends with when the connection was closed, and not from here.</summary>
    public virtual NngError PeerGone => NngError.ConnectionReset;

    /// <summary>
    /// Starts to connect, once. <see cref="NngError.TryAgain"/>: <see cref="IIoHandler.OnWritable"/> follows, without
    /// <see cref="WaitWritable"/>. <see cref="NngError.Busy"/>, also later: the listener's queue is full, and nobody
    /// will tell when it is not.
    /// </summary>
    public abstract NngError Connect(EndPoint remote);

    /// <summary>The result of a connect that had to wait.</summary>
    public abstract NngError FinishConnect();

    /// <summary>Receives what is there; when nothing is, <see cref="WaitReadable"/> is the next call.</summary>
    public abstract IoResult TryReceive(Span<byte> buffer);

    /// <summary>
    /// Sends from a gather list of at most <see cref="MaxSegments"/>. When nothing can be sent,
    /// <see cref="WaitWritable"/> is the next call.
    /// </summary>
    public abstract IoResult TrySend(ReadOnlySpan<IoSegment> segments);

    /// <summary>
    /// Sends from memory that may move: it is pinned during the call and not touched afterwards. The same rules as
    /// for pinned segments.
    /// </summary>
    public abstract IoResult TrySend(ReadOnlySpan<byte> bytes);

    /// <summary>
    /// Sends from a gather list of any length, as much of it in one call as the system takes; empty elements are
    /// skipped. Memory as in <see cref="TrySend(ReadOnlySpan{byte})"/>.
    /// </summary>
    /// <param name="segments">The first element is longer than <paramref name="offset"/>.</param>
    /// <param name="offset">Bytes of the first element that are not to be sent.</param>
    public abstract IoResult TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> segments, int offset);

    /// <summary>A send without bytes; means nothing but to channels whose sends are messages.</summary>
    public virtual IoResult TrySendNothing() => IoResult.Moved(0);

    /// <summary>
    /// True: <see cref="IIoHandler.OnReadable"/> will be called, possibly before this returns, so the caller must not
    /// touch its receiving state any more. False: receiving may be tried again now.
    /// </summary>
    public abstract bool WaitReadable();

    /// <summary>The same for sending and <see cref="IIoHandler.OnWritable"/>.</summary>
    public abstract bool WaitWritable();

    /// <summary>Runs <see cref="IIoHandler.OnFlush"/> soon, on another thread: for what was left in a batch.</summary>
    public abstract void RequestFlush();

    /// <summary>
    /// Tells the peer that nothing more comes, when everything has been sent; receiving goes on. Without effect on a
    /// channel that has ended.
    /// </summary>
    public virtual void ShutdownSend()
    {
        try
        {
            Socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // Not connected (any more): the next transfer will tell.
        }
        catch (ObjectDisposedException)
        {
            // Closed meanwhile.
        }
    }

    /// <summary>
    /// Shuts both directions down and frees the descriptor. Whoever waits is called once more, perhaps by this thread,
    /// and finds the channel closed, as does everybody later. Idempotent; not to be called under a lock.
    /// </summary>
    public abstract void Close();

    /// <summary>Longest gather list of one call.</summary>
    public const int MaxSegments = 64;
}
