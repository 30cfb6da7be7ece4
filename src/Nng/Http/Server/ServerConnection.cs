using System;
using System.Threading;
using Nng.Core;
using Nng.Streams;

namespace Nng.Http;

/// <summary>
/// One connection of a server: parses requests, answers what the library answers by itself on the thread that
/// received it, hands functions to the pool, and sends the answers of pipelined requests together.
/// </summary>
/// <remarks>
/// Threading: one thread at a time serves the connection and owns its fields: the loop that found it readable or
/// writable, the thread of its handler, the pool after a time-out. Ownership goes from one to the next through
/// <see cref="_receiver"/> and <see cref="_sender"/>; a method that returns false has given it away, and nothing may be
/// touched after it. Only <see cref="HardClose"/>, <see cref="CheckTime"/> and <see cref="CloseIfIdle"/> come from
/// others.
/// </remarks>
internal sealed partial class ServerConnection : IIoHandler, IThreadPoolWorkItem, IListNode<ServerConnection>
{
    /// <summary>Bytes received in a row before the thread is left to other connections.</summary>
    private const int TurnBytes = 256 * 1024;

    /// <summary>Output above this is sent before the next request is parsed (sheet, S35).</summary>
    private const int FlushBytes = 64 * 1024;

    private readonly SharedServer _server;
    private readonly HttpServerOptions _options;
    private readonly NngStream _stream;
    private readonly IoChannel _channel;
    private readonly ServerInput _input = new();
    private readonly ServerOutput _output = new();
    private readonly HttpRequest _request = new();

    private Phase _phase;

    /// <summary>Who waits for input; see <see cref="Receiver"/>.</summary>
    private int _receiver;

    /// <summary>Who waits for room in the socket; see <see cref="Sender"/>.</summary>
    private int _sender;

    /// <summary>When the wait for input is too long.</summary>
    private long _readDueMs = long.MaxValue;

    /// <summary>When the wait for room is too long.</summary>
    private long _writeDueMs = long.MaxValue;

    /// <summary>The peer has ended its side, or the connection is broken.</summary>
    private volatile bool _inputEnded;

    /// <summary>Bytes that this thread may still receive before it is others' turn.</summary>
    private int _turn;

    public ServerConnection(SharedServer server, NngStream stream)
    {
        _server = server;
        _options = server.Options;
        _stream = stream;
        _channel = stream.Channel;
        _channel.Handler = this;
        _routes = RouteTable.Empty;
    }

    private enum Phase
    {
        /// <summary>Reads and answers heads.</summary>
        Head,

        /// <summary>Reads a body for its handler.</summary>
        Collect,

        /// <summary>Sends what is left before a handler is called.</summary>
        HandOver,

        /// <summary>A handler has the connection.</summary>
        Handler,

        /// <summary>Reads what a handler left of a body.</summary>
        Drain,

        /// <summary>Sends what is left before the end.</summary>
        Closing,

        /// <summary>Reads on, so that the peer gets the last answer.</summary>
        Linger,

        Closed,
    }

    /// <summary>Legal values of <see cref="_receiver"/>.</summary>
    private enum Receiver
    {
        /// <summary>Nobody waits; the owner may receive.</summary>
        Free,

        /// <summary>The connection as a whole, for more of a request: whoever takes this away is the owner.</summary>
        Parked,

        /// <summary>The same, for a request of which there is nothing yet.</summary>
        Idle,

        /// <summary>A handler reads its body.</summary>
        Body,

        /// <summary>A handler wants to know whether the peer goes away; there is no input.</summary>
        Watching,

        /// <summary>The watch receives.</summary>
        Looking,

        /// <summary>As before, and the owner has left: the watch goes on as the owner.</summary>
        LookingParked,

        /// <summary>Taken by a time-out, or at the end: the channel's call means nothing.</summary>
        Taken,
    }

    /// <summary>Legal values of <see cref="_sender"/>.</summary>
    private enum Sender
    {
        Free,

        /// <summary>The connection as a whole.</summary>
        Parked,

        /// <summary>A handler that writes.</summary>
        Handler,

        /// <summary>What a handler has left to be written by itself.</summary>
        Lent,
    }

    IntrusiveList<ServerConnection>? IListNode<ServerConnection>.List { get; set; }

    ServerConnection? IListNode<ServerConnection>.Previous { get; set; }

    ServerConnection? IListNode<ServerConnection>.Next { get; set; }

    public NngStream Stream => _stream;

    public HttpServerOptions Options => _options;

    private RouteTable Routes => _server.Routes;

    /// <summary>Serves the connection from its first byte on.</summary>
    public void Start()
    {
        // Not before: a server without connections does not look at the clock.
        _headStartMs = _server.NowMs;
        Run();
    }

    public void OnReadable()
    {
        while (true)
        {
            var receiver = (Receiver)Volatile.Read(ref _receiver);
            switch (receiver)
            {
                case Receiver.Parked or Receiver.Idle:
                    if (!TryMove(receiver, Receiver.Free))
                        continue;
                    Run();
                    return;
                case Receiver.Body:
                    if (!TryMove(receiver, Receiver.Free))
                        continue;
                    _bodySignal!.Set(NngError.None);
                    return;
                case Receiver.Watching:
                    if (!TryMove(receiver, Receiver.Looking))
                        continue;
                    Look();
                    return;
                default:
                    return;
            }
        }
    }

    public void OnWritable()
    {
        switch ((Sender)Interlocked.Exchange(ref _sender, (int)Sender.Free))
        {
            case Sender.Parked:
                Run();
                break;
            case Sender.Handler:
                _sendSignal!.Set(NngError.None);
                break;
        }
    }

    public void OnFlush() => Run();

    /// <summary>Ends the connection at once, whoever serves it.</summary>
    public void HardClose()
    {
        FireAbort();
        _stream.Close();
        _aio?.Abort(NngError.Closed);
    }

    /// <summary>Ends the connection if it waits for a request that has not begun.</summary>
    public void CloseIfIdle()
    {
        if (TryMove(Receiver.Idle, Receiver.Taken))
            ThreadPool.UnsafeQueueUserWorkItem(new TimeUp(this), preferLocal: false);
    }

    /// <summary>The heartbeat: ends waits that are too long.</summary>
    public void CheckTime(long nowMs)
    {
        var sender = (Sender)Volatile.Read(ref _sender);
        if (sender == Sender.Lent)
            LookAtLent(nowMs);
        if (sender != Sender.Free && nowMs > Volatile.Read(ref _writeDueMs))
        {
            _stream.Close();
            return;
        }

        if (_server.IsStopping)
            CloseIfIdle();
        var receiver = (Receiver)Volatile.Read(ref _receiver);
        if (receiver is not (Receiver.Parked or Receiver.Idle or Receiver.Body) || nowMs <= Volatile.Read(ref _readDueMs))
            return;
        if (TryMove(receiver, Receiver.Taken))
            ThreadPool.UnsafeQueueUserWorkItem(new TimeUp(this), preferLocal: false);
    }

    private bool TryMove(Receiver from, Receiver to) =>
        Interlocked.CompareExchange(ref _receiver, (int)to, (int)from) == (int)from;

    private void Run()
    {
        _turn = TurnBytes;
        while (Step())
        {
        }
    }

    private bool Step() => _phase switch
    {
        Phase.Head => StepHead(),
        Phase.Collect => StepCollect(),
        Phase.HandOver => StepHandOver(),
        Phase.Drain => StepDrain(),
        Phase.Closing => StepClosing(),
        Phase.Linger => StepLinger(),
        _ => false,
    };

    /// <summary>Receives more input; true when something was received or the peer has ended its side.</summary>
    private bool Receive(long dueMs)
    {
        if (_turn <= 0)
        {
            _channel.RequestFlush();
            return false;
        }

        while (!_inputEnded)
        {
            IoResult result = _input.Receive(_channel);
            if (result.Error == NngError.TryAgain)
            {
                _input.ReleaseIfEmpty();
                if (Park(dueMs))
                    return false;
                continue;
            }

            if (result.Error is NngError.PeerAuthentication or NngError.Crypto)
                HttpLog.TlsFailed(_server, _stream.RemoteAddress, result.Error);
            _turn -= result.Count;
            _inputEnded = result.Count == 0;
            break;
        }

        return true;
    }

    /// <summary>Leaves the connection until there is input; false when there is some by now.</summary>
    private bool Park(long dueMs)
    {
        Volatile.Write(ref _readDueMs, dueMs);
        Receiver receiver = _phase == Phase.Head && _input.IsEmpty ? Receiver.Idle : Receiver.Parked;
        Volatile.Write(ref _receiver, (int)receiver);
        // When the channel does not wait, a time-out may still have taken the connection.
        return _channel.WaitReadable() || !TryMove(receiver, Receiver.Free);
    }

    /// <summary>Leaves the connection to the watch that a handler has set up; false when that is over.</summary>
    private bool ParkWatched(long dueMs)
    {
        Volatile.Write(ref _readDueMs, dueMs);
        while (true)
        {
            switch ((Receiver)Volatile.Read(ref _receiver))
            {
                case Receiver.Watching:
                    if (TryMove(Receiver.Watching, Receiver.Idle))
                        return true;
                    break;
                case Receiver.Looking:
                    if (TryMove(Receiver.Looking, Receiver.LookingParked))
                        return true;
                    break;
                default:
                    return false;
            }
        }
    }

    /// <summary>Sends all output; false when that has to wait, or the connection has ended.</summary>
    private bool Flush()
    {
        while (!_output.IsEmpty)
        {
            IoResult result = TrySend();
            if (result.Error == NngError.None)
                continue;
            if (result.Error != NngError.TryAgain)
                return End();
            if (WaitForRoom(Sender.Parked))
                return false;
        }

        return true;
    }

    /// <summary>Leaves sending until the socket has room; false when it has by now.</summary>
    private bool WaitForRoom(Sender sender)
    {
        Volatile.Write(ref _writeDueMs, DueMs(_server.NowMs, _options.WriteTimeout));
        Volatile.Write(ref _sender, (int)sender);
        if (_channel.WaitWritable())
            return true;
        Volatile.Write(ref _sender, (int)Sender.Free);
        return false;
    }

    /// <summary>The connection is over. Returns false, for those who have to return that they have left it.</summary>
    private bool End()
    {
        var receiver = (Receiver)Interlocked.Exchange(ref _receiver, (int)Receiver.Taken);
        _phase = Phase.Closed;
        _stream.Close();
        _output.Clear();
        // A watch that looks still has the buffer.
        if (receiver is not (Receiver.Looking or Receiver.LookingParked))
            _input.Clear();
        FireAbort();
        _server.Remove(this);
        return false;
    }

    /// <summary>The wait for input was too long, or useless; this thread is the owner, and the channel still waits.</summary>
    private void OnTimeUp()
    {
        if (_phase == Phase.Handler)
        {
            _bodySignal!.Set(NngError.TimedOut);
            return;
        }

        bool hasBegun = _phase == Phase.Collect || (_phase == Phase.Head && !_input.IsEmpty);
        if (hasBegun && Refuse(HttpStatus.RequestTimeout, "The request took too long."))
            Run();
        else if (!hasBegun)
            End();
    }

    private static long DueMs(long nowMs, TimeSpan span) =>
        span == Timeout.InfiniteTimeSpan ? long.MaxValue : nowMs + (span.Ticks / TimeSpan.TicksPerMillisecond);

    private sealed class TimeUp(ServerConnection connection) : IThreadPoolWorkItem
    {
        public void Execute() => connection.OnTimeUp();
    }
}
