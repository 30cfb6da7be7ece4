using System;
using System.IO;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.Streams;

/// <summary>
/// One full-duplex byte connection of any kind: TCP, Unix socket, TLS. C type: <c>nng_stream</c>.
/// </summary>
/// <remarks>
/// <para>
/// Each direction serves its operations in the order of their submission and one at a time, so that bytes of two
/// writes are never mixed. A failure of a direction (the peer's reset, the end of the stream) ends it: all later
/// operations of that direction have the same result.
/// </para>
/// <para>
/// Memory handed to an operation must stay valid and, for sends, unchanged until it has ended; then the library no
/// longer touches it. It need not be pinned.
/// </para>
/// <para>Threading: every member is safe from any thread.</para>
/// </remarks>
public sealed partial class NngStream : IDisposable, IAsyncDisposable, IIoHandler, IByteConnection
{
    private readonly OptionTable<NngStream> _options;
    private readonly SendQueue _sends;
    private readonly ReceiveQueue _receives;
    private readonly TransferFaces _faces;
    private int _closed;

    internal NngStream(IoChannel channel, NngAddress local, NngAddress remote, OptionTable<NngStream> options)
    {
        Channel = channel;
        LocalAddress = local;
        RemoteAddress = remote;
        _options = options;
        _sends = new SendQueue(channel);
        _receives = new ReceiveQueue(channel, _sends);
        _faces = new TransferFaces("stream", this, _sends, _receives);
        channel.Handler = this;
    }

    /// <summary>The local end.</summary>
    public NngAddress LocalAddress { get; }

    /// <summary>The peer's end.</summary>
    public NngAddress RemoteAddress { get; }

    /// <summary>
    /// TLS: who the peer is. Null before the handshake has ended, which is not later than the first byte was received,
    /// and for streams of other kinds.
    /// </summary>
    public TlsPeer? TlsPeer => Channel.Tls?.Peer;

    /// <summary>It was closed from here.</summary>
    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>
    /// For those who move bytes themselves: they take over its handler, and then leave the stream's own operations
    /// alone.
    /// </summary>
    internal IoChannel Channel { get; }

    internal Socket Socket => Channel.Socket;

    /// <summary>Nothing has come to be received, the end of the stream included.</summary>
    internal bool IsQuiet => Channel.IsQuiet;

    /// <summary>
    /// Submits a send of the aio's vector, of any length; it ends when at least one byte has been handed to the
    /// operating system, and its count says how many. A vector without bytes ends with 0. C function:
    /// <c>nng_stream_send</c>.
    /// </summary>
    /// <param name="aio">
    /// Idle. Results: <see cref="NngError.Closed"/>, <see cref="NngError.ConnectionReset"/> (the peer is gone),
    /// <see cref="NngError.TimedOut"/>, <see cref="NngError.Canceled"/> or the reason of an abort, TLS errors.
    /// </param>
    public void Send(Aio aio)
    {
        ArgumentNullException.ThrowIfNull(aio);
        _sends.Submit(aio, whole: false);
    }

    /// <summary>
    /// Submits a send of the aio's whole vector, of any length: it succeeds only when every byte has been handed to
    /// the operating system. After a failure the count is the exact length of the prefix that was; the stream stays
    /// open, with a truncated message on it.
    /// </summary>
    /// <param name="aio">Idle. Results as for <see cref="Send"/>; a timeout of 0 sends nothing.</param>
    public void SendAll(Aio aio)
    {
        ArgumentNullException.ThrowIfNull(aio);
        _sends.Submit(aio, whole: true);
    }

    /// <summary>
    /// Submits a receive into the aio's vector, of any length, whose memory is written to; it ends when at least one
    /// byte has arrived, and its count says how many. C function: <c>nng_stream_recv</c>.
    /// </summary>
    /// <param name="aio">
    /// Idle. Results: <see cref="NngError.ConnectionShutdown"/> (the end of the stream),
    /// <see cref="NngError.ConnectionReset"/>, <see cref="NngError.Closed"/>, <see cref="NngError.TimedOut"/>,
    /// <see cref="NngError.Canceled"/> or the reason of an abort, <see cref="NngError.InvalidArgument"/> (the vector
    /// has no room), TLS errors.
    /// </param>
    public void Receive(Aio aio)
    {
        ArgumentNullException.ThrowIfNull(aio);
        _receives.Submit(aio, whole: false);
    }

    /// <summary>
    /// Submits a receive that fills the aio's whole vector and takes no byte beyond it. After a failure the count
    /// says exactly how many bytes lie in the vector.
    /// </summary>
    /// <param name="aio">Idle. Results as for <see cref="Receive"/>; a vector without room succeeds with 0.</param>
    public void ReceiveAll(Aio aio)
    {
        ArgumentNullException.ThrowIfNull(aio);
        _receives.Submit(aio, whole: true);
    }

    /// <summary>Reads an option. C functions: <c>nng_stream_get_*</c>.</summary>
    /// <typeparam name="T">bool, int, ulong, string or NngAddress, as the option has it.</typeparam>
    /// <param name="name">See <see cref="OptionNames"/>.</param>
    /// <exception cref="NngException">
    /// Not supported, of another type, or <see cref="NngError.Closed"/>: the system no longer knows.
    /// </exception>
    public T GetOption<T>(string name)
    {
        NngError error = GetOption(name, out OptionValue value);
        return OptionConversion.From<T>(error, name, value);
    }

    /// <summary>Sets an option, at once. C functions: <c>nng_stream_set_*</c>.</summary>
    /// <typeparam name="T">bool, as the option has it.</typeparam>
    /// <param name="name">See <see cref="OptionNames"/>.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="NngException">Not supported, read-only, of another type, or <see cref="NngError.Closed"/>.</exception>
    public void SetOption<T>(string name, T value) =>
        OptionConversion.Check(SetOption(name, OptionConversion.To(name, value)), name, value);

    /// <summary>
    /// Closes both directions: pending and later operations end with <see cref="NngError.Closed"/>, a send in flight
    /// with the exact count of what it sent. Idempotent. C function: <c>nng_stream_close</c>.
    /// </summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        _sends.End(NngError.Closed);
        _receives.End(NngError.Closed);
        Channel.Close();
    }

    /// <summary>As <see cref="Close"/>.</summary>
    public void Dispose() => Close();

    /// <summary>As <see cref="Close"/>.</summary>
    public ValueTask DisposeAsync()
    {
        Close();
        return default;
    }

    /// <summary>
    /// The connection as a <see cref="Stream"/>: its writes end when everything is sent, its reads with what is
    /// there, 0 at the end. Failures are <see cref="IOException"/> around an <see cref="NngException"/>.
    /// </summary>
    /// <param name="leaveOpen">Disposing the <see cref="Stream"/> does not close the connection.</param>
    public Stream AsStream(bool leaveOpen = false) => new StreamAdapter(this, leaveOpen ? null : Close);

    /// <summary>The connection as a pair of pipes; completing both ends closes it.</summary>
    public IDuplexPipe AsDuplexPipe() => new PipeAdapter(this);

    /// <summary>Local end, peer and state.</summary>
    public override string ToString() => $"{LocalAddress} to {RemoteAddress}{(IsClosed ? ", closed" : string.Empty)}";

    /// <summary>Waits for the end of the TLS handshake, if there is one.</summary>
    /// <param name="token">Gives up waiting.</param>
    /// <exception cref="NngException">Why it failed.</exception>
    internal async ValueTask EstablishAsync(CancellationToken token)
    {
        if (Channel.Tls is not { } tls)
            return;
        NngError error = await tls.Established.WaitAsync(token).ConfigureAwait(false);
        if (error != NngError.None)
            Throw.Error(error, $"The TLS handshake with {RemoteAddress} failed: {error.Text()}.");
    }

    internal NngError GetOption(string name, out OptionValue value)
    {
        value = default;
        try
        {
            return _options.Get(this, name, out value);
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

    internal NngError SetOption(string name, OptionValue value)
    {
        try
        {
            return _options.Set(this, name, value);
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

    void IIoHandler.OnReadable() => _receives.OnReady();

    void IIoHandler.OnWritable() => _sends.OnReady();

    void IIoHandler.OnFlush()
    {
    }
}
