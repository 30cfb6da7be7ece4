using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.Streams;

/// <summary>
/// A channel of plaintext over a channel of TLS records: whoever moves bytes over channels moves them over TLS without
/// knowing. The handshake begins at once, on the thread pool; until it has ended transfers wait, and when it has
/// failed they fail with its error (transports sheet, L-17).
/// </summary>
/// <remarks>
/// <para>
/// Threading: as the contract says, one receiver and one sender at a time. Receiving: at most one look of the session
/// for data is under way; it ends on the thread that the inner channel calls. Sending: <see cref="_output"/> says who
/// owns the session's writing half and the ciphertext: nobody, a thread (the sender, the handshake, the closer), or
/// the inner channel's next call, while ciphertext waits for room in the system.
/// </para>
/// <para>
/// Bytes that a send reported as moved are encrypted and cannot be taken back: they go out whether or not anybody
/// waits, also after a close, for up to <see cref="LingerMs"/>.
/// </para>
/// </remarks>
internal sealed partial class TlsChannel : IoChannel, IIoHandler
{
    /// <summary>From the moment the connection is up until the session is established (TW-28).</summary>
    public const int HandshakeMs = 10_000;

    /// <summary>How long a close waits for the system to take what was sent before.</summary>
    private const int LingerMs = 2000;

    /// <summary>No signal since the last transfer.</summary>
    private const int Quiet = 0;

    /// <summary>A signal came that no transfer has used yet.</summary>
    private const int Edge = 1;

    /// <summary>A transfer waits for a signal.</summary>
    private const int Waiting = 2;

    private readonly IoChannel _inner;
    private readonly TlsWire _wire;
    private readonly SslStream _session;

    /// <summary>
    /// Held by whoever reads the session, also by the thread that ends a waiting read. The notice of the end is made only
    /// when nobody does: the library below is not made for that, and a peer's timing must not reach its memory.
    /// </summary>
    private readonly Lock _sessionGate = new();
    private int _closed;

    /// <summary>1: the handler has asked for a flush. The wire asks for some too, of which the handler must not hear.</summary>
    private int _flushAsked;

    /// <summary>Why the session could not be established; none until it has failed.</summary>
    private NngError _failure;

    /// <summary>Set when the session is established; <see cref="_failure"/> when it never will be.</summary>
    private volatile Phase _phase;

    /// <param name="inner">Connected; owned from now on.</param>
    /// <param name="setup">What the session is made from.</param>
    public TlsChannel(IoChannel inner, TlsSetup setup)
        : base(inner.Socket)
    {
        _inner = inner;
        _wire = new TlsWire(inner);
        _session = new SslStream(_wire, leaveInnerStreamOpen: true);
        _lookDone = OnLookDone;
        _linger = new Linger(this);
        _handshake = new TlsHandshake(this, setup);
        inner.Handler = this;
        _handshake.Start();
    }

    private enum Phase
    {
        Handshake,
        Open,
        Failed,
    }

    /// <summary>Who the peer is; null before the handshake has ended well.</summary>
    public TlsPeer? Peer => _handshake.Peer;

    /// <summary>Completes with the outcome of the handshake, and never fails.</summary>
    public Task<NngError> Established => _handshake.Done.Task;

    public override TlsChannel? Tls => this;

    public override WaitDriver? WaitDriver => _inner.WaitDriver;

    private bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>Not for this kind: it is made of a connected channel.</summary>
    public override NngError Connect(EndPoint remote) => NngError.NotSupported;

    public override NngError FinishConnect() => NngError.NotSupported;

    public override void RequestFlush()
    {
        Interlocked.Exchange(ref _flushAsked, 1);
        _inner.RequestFlush();
    }

    public override void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        if (Signal(ref _writeState))
            Handler.OnWritable();
        TellReadable();
        // Whoever owns the output finds the channel closed when it leaves.
        if (_phase == Phase.Handshake)
            _inner.Close();
        else if (Interlocked.CompareExchange(ref _output, OutputOwned, OutputFree) == OutputFree)
            LeaveOutput();
        else if (Volatile.Read(ref _output) == OutputWaits)
            _linger.Arm();
    }

    void IIoHandler.OnReadable()
    {
        if (_phase == Phase.Handshake)
        {
            _wire.OnReadable();
            return;
        }

        GoOnReading(isFlush: false);
    }

    void IIoHandler.OnWritable()
    {
        if (_phase == Phase.Handshake)
        {
            _wire.OnHandshakeWritable();
            return;
        }

        LeaveOutput();
        if (Signal(ref _writeState))
            Handler.OnWritable();
    }

    void IIoHandler.OnFlush()
    {
        // Before the read goes on: what its end makes the handler ask for is the next flush's.
        bool isAsked = Interlocked.Exchange(ref _flushAsked, 0) != 0;
        if (_wire.IsTurnOver)
            GoOnReading(isFlush: true);
        if (isAsked)
            Handler.OnFlush();
    }

    /// <summary>The session's read goes on, and perhaps ends.</summary>
    private void GoOnReading(bool isFlush)
    {
        bool isToTell;
        lock (_sessionGate)
        {
            // Two flushes may run at once, and both wait here for whoever asked for the turn.
            if (isFlush && !_wire.IsTurnOver)
                return;
            _wire.OnReadable();
            isToTell = _isLookToTell;
            _isLookToTell = false;
        }

        if (isToTell)
            TellReadable();
    }

    private static bool Signal(ref int state) => Interlocked.Exchange(ref state, Edge) == Waiting;

    /// <summary>The handshake, which owned the output so far, is over.</summary>
    private void OnHandshakeDone(NngError error)
    {
        _wire.Establish();
        _failure = error;
        _sendFailure = error;
        _phase = error == NngError.None ? Phase.Open : Phase.Failed;
        LeaveOutput();
        if (Signal(ref _writeState))
            Handler.OnWritable();
        TellReadable();
    }

    private void TellReadable()
    {
        if (Signal(ref _readState))
            Handler.OnReadable();
    }

    /// <summary>A failure of an established session, by its exception.</summary>
    private NngError ErrorOf(Exception failure) => IsClosed || failure is ObjectDisposedException
        ? NngError.Closed : TlsErrors.Of(failure);

    private static bool IsSessionFailure(Exception failure) =>
        failure is IOException or ObjectDisposedException or InvalidOperationException
            or System.Security.Authentication.AuthenticationException
            or System.Security.Cryptography.CryptographicException or System.ComponentModel.Win32Exception;
}
