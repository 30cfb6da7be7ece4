using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Streams;

namespace Nng.Http;

/// <summary>The server behind all holds on one address: its listener, its connections, its handlers and pages.</summary>
/// <remarks>
/// Threading: <see cref="_lock"/> guards the counts and the connections; routes are a snapshot that is replaced.
/// Connections are called without the lock.
/// </remarks>
internal sealed class SharedServer
{
    /// <summary>How often connections are looked at; waits are exact to this.</summary>
    private const int LongestBeatMs = 1000;

    private readonly Lock _lock = new();

    /// <summary>One start at a time: binding is no business of <see cref="_lock"/>. Taken before that.</summary>
    private readonly Lock _startLock = new();

    private readonly IntrusiveList<ServerConnection> _connections = new();
    private readonly Heartbeat _heartbeat;
    private readonly Expirer _expirer;
    private readonly Aio _accept;
    private readonly StreamListener _listener;
    private TaskCompletionSource? _ended;

    /// <summary>Successful starts that no stop has taken back.</summary>
    private int _starts;

    private int _holds;

    /// <summary>Holds of endpoints that may start again, each at its own time.</summary>
    private int _endpoints;

    private bool _listening;
    private bool _stopped;
    private RouteTable _routes = RouteTable.Empty;

    /// <summary>Accepts of the listener: 0 = none outstanding, 1 = in the loop, 2 = around again.</summary>
    private int _acceptLoop;

    /// <summary>There are as many connections as there may be; the next end resumes accepting.</summary>
    private bool _full;

    private long _nowMs;

    public SharedServer(NngUrl url, StreamListener listener, Expirer expirer)
    {
        Url = url;
        _listener = listener;
        _expirer = expirer;
        _nowMs = expirer.Clock.NowMs;
        _heartbeat = new Heartbeat(this);
        _accept = new Aio(OnAccepted, inline: true);
        listener.Exhausted = error => HttpLog.AcceptFailed(url, error);
    }

    public NngUrl Url { get; }

    public HttpServerOptions Options { get; private set; } = HttpServerOptions.Default;

    public ErrorPages Pages { get; } = new();

    public AccessLog? AccessLog { get; private set; }

    /// <summary>Keeps clients from flooding the log.</summary>
    public LogThrottle Complaints { get; } = new(Clock.System);

    /// <summary>The clock, as of the last heartbeat.</summary>
    public long NowMs => Volatile.Read(ref _nowMs);

    /// <summary>No further request is begun.</summary>
    public bool IsStopping => Volatile.Read(ref _stopped);

    public RouteTable Routes
    {
        get => Volatile.Read(ref _routes);
        private set => Volatile.Write(ref _routes, value);
    }

    public NngAddress LocalAddress => _listener.LocalAddress;

    /// <summary>Connections that are open.</summary>
    public int ConnectionCount
    {
        get
        {
            lock (_lock)
                return _connections.Count;
        }
    }

    /// <summary>One more hold; false when it is over.</summary>
    public bool TryHold()
    {
        lock (_lock)
        {
            if (_stopped)
                return false;
            _holds++;
            return true;
        }
    }

    /// <summary>
    /// A hold is an endpoint's: while there are such, the last stop leaves the server listening, so that the next of
    /// them to start finds it.
    /// </summary>
    /// <returns>False when it is over: the address is to be held again.</returns>
    public bool AddEndpoint()
    {
        lock (_lock)
        {
            if (_stopped)
                return false;
            _endpoints++;
            return true;
        }
    }

    /// <summary>The endpoint is closed; true when nothing keeps the server running: it is over, and is to be stopped.</summary>
    public bool RemoveEndpoint()
    {
        lock (_lock)
            return --_endpoints == 0 && _starts == 0 && _listening && EndLocked();
    }

    public void Release()
    {
        bool last;
        lock (_lock)
            last = --_holds == 0 && EndLocked();
        if (last)
            Stop();
    }

    public NngError SetOptions(HttpServerOptions options)
    {
        lock (_lock)
        {
            if (_starts > 0 || _stopped)
                return NngError.Busy;
            Options = options;
            AccessLog = options.AccessLog is null ? null : new AccessLog(options.AccessLog);
            return NngError.None;
        }
    }

    /// <summary>The configuration of TLS; not supported without TLS.</summary>
    public NngError GetTlsConfig(out TlsConfig? config)
    {
        NngError error = _listener.GetOption(OptionNames.TlsConfig, out OptionValue value);
        config = error == NngError.None ? (TlsConfig?)value.Reference : null;
        return error;
    }

    public NngError SetTlsConfig(TlsConfig config)
    {
        lock (_lock)
        {
            return HttpListeners.IsSecure(Url) && (_starts > 0 || _stopped)
                ? NngError.Busy : _listener.SetOption(OptionNames.TlsConfig, OptionValue.Object(config));
        }
    }

    /// <summary>Reads an option of the listening side: address, port, TCP, TLS.</summary>
    public NngError GetListenerOption(string name, out OptionValue value) => _listener.GetOption(name, out value);

    /// <summary>Sets one, for all holds.</summary>
    public NngError SetListenerOption(string name, OptionValue value) => _listener.SetOption(name, value);

    public NngError Start()
    {
        lock (_startLock)
        {
            NngError error = _stopped ? NngError.Closed : _listening ? NngError.None : _listener.Listen();
            if (error != NngError.None)
                return error;
            lock (_lock)
            {
                // Stopped meanwhile, which closed, or will close, the listener.
                if (_stopped)
                    return NngError.Closed;
                _starts++;
                if (_listening)
                    return NngError.None;
                _listening = true;
            }
        }

        HttpLog.Listening(Url);
        AcceptStreams();
        return NngError.None;
    }

    /// <summary>Takes a start back; true when nothing keeps the server running: it is over, and is to be stopped.</summary>
    public bool TakeBackStart()
    {
        lock (_lock)
        {
            _starts = Math.Max(0, _starts - 1);
            return _starts == 0 && _endpoints == 0 && EndLocked();
        }
    }

    /// <summary>Stops listening and ends all connections at once.</summary>
    public void Stop()
    {
        StopListening();
        foreach (ServerConnection connection in Snapshot())
            connection.HardClose();
    }

    /// <summary>Stops listening, lets requests that have begun end, and ends what is left after a while.</summary>
    public async Task StopAsync(TimeSpan drain, CancellationToken token)
    {
        StopListening();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_connections.IsEmpty)
                return;
            ended = _ended ??= ended;
        }

        foreach (ServerConnection connection in Snapshot())
            connection.CloseIfIdle();
        if (drain != Timeout.InfiniteTimeSpan)
        {
            Task pause = Aio.SleepAsync((int)Math.Min(drain.TotalMilliseconds, int.MaxValue));
            if (await Task.WhenAny(ended.Task, pause).WaitAsync(token).ConfigureAwait(false) != ended.Task)
            {
                foreach (ServerConnection connection in Snapshot())
                    connection.HardClose();
            }
        }

        await ended.Task.WaitAsync(token).ConfigureAwait(false);
    }

    public NngError AddHandler(HttpHandler handler)
    {
        lock (_lock)
        {
            if (Routes.With(handler) is not { } routes)
                return NngError.AddressInUse;
            handler.OnAdded();
            Routes = routes;
            return NngError.None;
        }
    }

    public bool RemoveHandler(HttpHandler handler)
    {
        lock (_lock)
        {
            if (Routes.Without(handler) is not { } routes)
                return false;
            Routes = routes;
            handler.OnRemoved();
            return true;
        }
    }

    /// <summary>A connection has ended, or has been taken over.</summary>
    public void Remove(ServerConnection connection)
    {
        bool resume;
        TaskCompletionSource? ended = null;
        lock (_lock)
        {
            if (!_connections.Remove(connection))
                return;
            resume = _full && !IsStopping;
            _full = _full && !resume;
            if (_connections.IsEmpty)
            {
                ended = _ended;
                if (_expirer.Disarm(_heartbeat))
                    _heartbeat.IsBeating = false;
            }
        }

        ended?.TrySetResult();
        if (resume)
            AcceptStreams();
    }

    /// <summary>Nobody finds the server any more, from the moment on at which it is known that it will stop.</summary>
    private bool EndLocked()
    {
        Volatile.Write(ref _stopped, true);
        return true;
    }

    private void StopListening()
    {
        lock (_lock)
            EndLocked();

        ServerRegistry.Remove(this);
        _listener.Close();
    }

    private ServerConnection[] Snapshot()
    {
        lock (_lock)
        {
            var connections = new ServerConnection[_connections.Count];
            int count = 0;
            for (ServerConnection? c = _connections.First; c is not null; c = NextOf(c))
                connections[count++] = c;
            return connections;
        }
    }

    private static ServerConnection? NextOf(IListNode<ServerConnection> connection) => connection.Next;

    private void AcceptStreams()
    {
        // Whoever finds the loop running leaves the next round to it.
        if (Interlocked.Exchange(ref _acceptLoop, 2) != 0)
            return;
        do
        {
            Volatile.Write(ref _acceptLoop, 1);
            _listener.Accept(_accept);
        }
        while (Interlocked.CompareExchange(ref _acceptLoop, 0, 1) != 1);
    }

    private void OnAccepted(Aio accept)
    {
        if (accept.Result is NngError.Closed or NngError.Canceled)
            return;
        if (accept.Result != NngError.None)
        {
            HttpLog.AcceptFailed(Url, accept.Result);
            AcceptStreams();
            return;
        }

        var connection = new ServerConnection(this, (NngStream)accept.GetOutput(0)!);
        bool full;
        lock (_lock)
        {
            full = IsStopping;
            if (!full)
            {
                _connections.Append(connection);
                _full = Options.MaxConnections > 0 && _connections.Count >= Options.MaxConnections;
                full = _full;
                if (!_heartbeat.IsBeating)
                    Beat(_expirer.Clock.NowMs);
            }
        }

        if (IsStopping)
        {
            connection.HardClose();
            Remove(connection);
            return;
        }

        connection.Start();
        if (!full)
            AcceptStreams();
    }

    /// <summary>Arms the next heartbeat; under the lock.</summary>
    private void Beat(long nowMs)
    {
        Volatile.Write(ref _nowMs, nowMs);
        _heartbeat.IsBeating = true;
        _expirer.Arm(_heartbeat, nowMs + BeatMs());
    }

    /// <summary>Half of the shortest time that is watched, at most a second.</summary>
    private int BeatMs()
    {
        double beat = LongestBeatMs;
        foreach (TimeSpan span in (ReadOnlySpan<TimeSpan>)[
            Options.KeepAliveTimeout, Options.HeadTimeout, Options.BodyGrace, Options.WriteTimeout, Options.LingerTimeout])
        {
            if (span != Timeout.InfiniteTimeSpan)
                beat = Math.Min(beat, span.TotalMilliseconds / 2);
        }

        return Math.Max(1, (int)beat);
    }

    private void OnBeat()
    {
        long nowMs = _expirer.Clock.NowMs;
        lock (_lock)
        {
            _heartbeat.IsBeating = false;
            if (_connections.IsEmpty)
                return;
            Beat(nowMs);
        }

        foreach (ServerConnection connection in Snapshot())
            connection.CheckTime(nowMs);
    }

    private sealed class Heartbeat(SharedServer server) : Deadline
    {
        /// <summary>It is armed, or about to look.</summary>
        public bool IsBeating { get; set; }

        public override void OnExpired() => server.OnBeat();
    }
}
