using System;
using System.Threading;
using Nng.Core;
using Nng.Streams;

namespace Nng.WebSockets;

/// <summary>
/// An established WebSocket connection: messages out in batches, messages in as many as one read brings, control frames
/// answered between them. Beneath an SP pipe and beneath a stream it is the same.
/// </summary>
/// <remarks>
/// <para>
/// Threading: sending is its <see cref="BatchWriter"/>'s business. Receiving: <see cref="_receiver"/> is taken by one
/// ask at a time, which the channel's calls carry on; while a message is being delivered it is free, so that the next
/// ask, or a close that reads on for the peer's answer, may take it.
/// </para>
/// <para>
/// Closing: the first who wants it, this side, the peer or a refusal, moves the state from open to closing and has the
/// close frame sent; when both have closed, or after a while, the connection is given up (transports
/// sheet, 13.10).
/// </para>
/// </remarks>
internal sealed partial class WebSocketLink : IIoHandler, IBatchOwner
{
    /// <summary>How long a close frame may take to leave, and the peer's to arrive (transports sheet, WS-45).</summary>
    public const int LingerMs = 100;

    /// <summary>The same for bytes of a stream that were taken before.</summary>
    private const int DataLingerMs = 2000;

    private const int Open = 0;
    private const int Closing = 1;
    private const int Closed = 2;

    private readonly IoChannel _channel;
    private readonly BatchWriter _writer;
    private readonly WebSocketControl _control;
    private readonly WebSocketDeflater? _deflater;
    private readonly WebSocketKeepAlive? _keepAlive;
    private readonly Linger _linger;
    private int _state;

    /// <summary>1: the owner knows of the end, or wanted it.</summary>
    private int _told;

    /// <summary>1: the peer's close frame has come.</summary>
    private int _peerClosed;

    /// <param name="channel">Connected, the upgrade done; owned from now on.</param>
    /// <param name="settings">What it is made with.</param>
    /// <param name="received">Bytes received behind the upgrade.</param>
    public WebSocketLink(IoChannel channel, WebSocketSettings settings, ReadOnlySpan<byte> received)
    {
        _channel = channel;
        Settings = settings;
        ReceiveMax = settings.ReceiveMax;
        _control = new WebSocketControl(masks: !settings.IsServer);
        if (settings.Deflate is { } terms)
        {
            _deflater = new WebSocketDeflater(settings.IsServer ? terms.ServerTakeover : terms.ClientTakeover);
            _inflater = new WebSocketInflater(settings.IsServer ? terms.ClientTakeover : terms.ServerTakeover);
        }

        _writer = new BatchWriter(
            channel,
            this,
            new WebSocketBatch(settings, _control, _deflater),
            new WebSocketBatch(settings, _control, _deflater));
        _reader = new WebSocketReader(settings);
        _window.Put(received);
        _linger = new Linger(this);
        if (settings.PingIntervalMs > 0)
            _keepAlive = new WebSocketKeepAlive(this, settings.PingIntervalMs, settings.PingTimeoutMs);
        channel.Handler = this;
    }

    public WebSocketSettings Settings { get; }

    /// <summary>The code of the peer's close frame, any number; -1 before it has come.</summary>
    public int PeerCode { get; private set; } = -1;

    /// <summary>The reason in the peer's close frame.</summary>
    public string PeerReason { get; private set; } = string.Empty;

    /// <summary>Who uses it; set before anything moves.</summary>
    public IWebSocketOwner Owner { get; set; } = null!;

    /// <summary>Longest message that is received; 0 = unlimited; set before anything moves.</summary>
    public long ReceiveMax { get; set; }

    public WaitDriver? WaitDriver => _channel.WaitDriver;

    /// <summary>Messages posted and not yet with the operating system.</summary>
    public int UnsentCount => _writer.UnsentCount;

    private bool IsOpen => Volatile.Read(ref _state) == Open;

    /// <summary>Takes a message, as <see cref="BatchWriter.Post"/>.</summary>
    public bool Post(Message message) => _writer.Post(message);

    /// <summary>Moves what was posted.</summary>
    public void Kick()
    {
        _writer.Kick();
        CheckEnd();
    }

    /// <summary>Sends what was posted without waiting for more.</summary>
    public void Flush()
    {
        _writer.Flush();
        CheckEnd();
    }

    /// <summary>
    /// Ends the connection in order: what is being sent may leave, what waits is dropped. Idempotent; does not wait, and
    /// not to be called under a lock.
    /// </summary>
    /// <param name="code">What the peer is told.</param>
    /// <param name="reason">The same in words, UTF-8.</param>
    public void Close(int code = WebSocketClose.Normal, ReadOnlySpan<byte> reason = default)
    {
        Interlocked.Exchange(ref _told, 1);
        if (BeginClose(code, reason))
            DrainIfFree();
    }

    void IIoHandler.OnReadable() => ContinueReceive();

    void IIoHandler.OnWritable()
    {
        _writer.Continue();
        CheckEnd();
    }

    void IIoHandler.OnFlush()
    {
        ContinueTurn();
        Flush();
    }

    void IBatchOwner.OnSendReady()
    {
        if (IsOpen)
            Owner.OnSendReady();
    }

    void IBatchOwner.OnSendFailed(NngError error) => Fail(error);

    void IBatchOwner.OnUnsent(int messages) => Owner.OnUnsent(messages);

    /// <summary>Keep-alive: asks the peer for a sign of life.</summary>
    public void Ping()
    {
        _control.SetPing();
        Flush();
    }

    /// <summary>The connection is dead, or as good as that: nothing is sent any more.</summary>
    public void Fail(NngError reason)
    {
        Finish();
        Tell(reason);
    }

    /// <summary>Moves to closing and sends the close frame; false when somebody else has.</summary>
    private bool BeginClose(int code, ReadOnlySpan<byte> reason = default)
    {
        if (Interlocked.CompareExchange(ref _state, Closing, Open) != Open)
            return false;
        _keepAlive?.Stop();
        // In this order: a close frame waits for a batch that begins when nothing is posted any more.
        _writer.ClosePosts(drops: !Settings.ClosesInOrder);
        _control.SetClose(code, reason);
        _linger.Arm(Math.Max(Settings.CloseTimeoutMs, _writer.UnsentCount == 0 ? LingerMs : DataLingerMs));
        _writer.Flush();
        CheckEnd();
        return true;
    }

    /// <summary>The peer broke a rule, or closed.</summary>
    private void EndOpen(int code, NngError reason)
    {
        BeginClose(code);
        Tell(reason);
    }

    private void Tell(NngError reason)
    {
        if (Interlocked.Exchange(ref _told, 1) == 0)
            Owner.OnEnded(reason);
    }

    /// <summary>When both sides have closed, nothing is left to wait for.</summary>
    private void CheckEnd()
    {
        if (Volatile.Read(ref _state) == Closing && _control.IsCloseSent && Volatile.Read(ref _peerClosed) != 0)
            Finish();
    }

    private void Finish()
    {
        if (Interlocked.Exchange(ref _state, Closed) == Closed)
            return;
        _linger.Disarm();
        _keepAlive?.Stop();
        _channel.Close();
        _writer.Close();
        _deflater?.Dispose();
        DrainIfFree();
        Owner.OnFinished();
    }

    /// <summary>Ends the wait for a peer that does not take, or send, the close frame.</summary>
    private sealed class Linger(WebSocketLink link) : Deadline
    {
        public void Arm(int ms)
        {
            Expirer.Default.Arm(this, Expirer.Default.Clock.NowMs + ms);
            // Finished meanwhile: that found nothing to disarm.
            if (Volatile.Read(ref link._state) == Closed)
                Disarm();
        }

        public void Disarm() => Expirer.Default.Disarm(this);

        public override void OnExpired() => link.Finish();
    }
}
