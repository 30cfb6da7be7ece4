using System;
using System.Threading;
using Nng.Core;

namespace Nng.Streams;

/// <summary>Accepts byte streams at one address.</summary>
/// <remarks>
/// Threading: safe from any thread; <see cref="_lock"/> guards the waiting accepts. Completions that come at once are
/// drained in a loop.
/// </remarks>
internal abstract class StreamListener : IIoHandler, IAioProvider
{
    /// <summary>Pause after the process ran out of descriptors or memory (transports sheet, E-5).</summary>
    private const int FirstPauseMs = 10;

    /// <summary>Pauses in a row double up to this: each look costs the processor about half a millisecond.</summary>
    private const int LongestPauseMs = 80;

    /// <summary>Connections taken in a row before the loop that accepts is left to others.</summary>
    private const int TurnAccepts = 16;

    private readonly Lock _lock = new();
    private readonly AioQueue _accepts = new();
    private readonly PauseEnd _pause;
    private bool _listening;

    /// <summary>A call of <see cref="Listen"/> is under way.</summary>
    private bool _opening;

    private bool _closed;

    /// <summary>0 = nobody pumps, 1 = a thread pumps, 2 = it must go around again, 3 = the acceptor waits or pauses.</summary>
    private int _pump;

    /// <summary>A connection that was taken for an accept which was given up meanwhile; the next accept gets it.</summary>
    private NngStream? _kept;

    /// <summary>Connections taken in this turn; belongs to the pumping thread.</summary>
    private int _taken;

    /// <summary>The next pause; belongs to the pumping thread.</summary>
    private int _pauseMs = FirstPauseMs;

    protected StreamListener()
    {
        _pause = new PauseEnd(this);
    }

    /// <summary>
    /// Told, without locks, each time accepting pauses because the process is out of descriptors or memory.
    /// </summary>
    public Action<NngError>? Exhausted { get; set; }

    public bool IsListening
    {
        get
        {
            lock (_lock)
                return _listening;
        }
    }

    /// <summary>Unspecified before <see cref="Listen"/>.</summary>
    public abstract NngAddress LocalAddress { get; }

    /// <summary>Binds and listens; may be tried again after a failure.</summary>
    public NngError Listen()
    {
        lock (_lock)
        {
            if (_closed)
                return NngError.Closed;
            if (_listening || _opening)
                return NngError.IncorrectState;
            _opening = true;
        }

        NngError error = NngError.Internal;
        bool isClosed;
        try
        {
            error = Open();
        }
        finally
        {
            lock (_lock)
            {
                _opening = false;
                isClosed = _closed;
                _listening = error == NngError.None && !isClosed;
            }
        }

        if (error != NngError.None || !isClosed)
            return error;

        // Closed meanwhile: that close found nothing to free.
        Shut();
        return NngError.Closed;
    }

    /// <summary>Waits for a connection; output 0 is an <see cref="NngStream"/>. First come, first served.</summary>
    public void Accept(Aio aio)
    {
        if (!aio.Begin())
            return;
        OnAccepting();
        NngError error;
        lock (_lock)
        {
            error = _closed ? NngError.Closed
                : !_listening ? NngError.IncorrectState : aio.Schedule(this, null);
            if (error == NngError.None)
                _accepts.Enqueue(aio);
        }

        if (error != NngError.None)
            aio.Finish(error);
        else
            Pump();
    }

    public abstract NngError GetOption(string name, out OptionValue value);

    public abstract NngError SetOption(string name, OptionValue value);

    /// <summary>Ends pending accepts with <see cref="NngError.Closed"/> and frees the address. Idempotent.</summary>
    public virtual void Close()
    {
        var completions = default(CompletionList);
        NngStream? kept;
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
            _accepts.FailAll(ref completions, NngError.Closed);
            kept = _kept;
            _kept = null;
        }

        Expirer.Default.Disarm(_pause);
        if (kept is not null)
            TurnAway(kept);
        if (_listening)
            Shut();
        completions.Run();
    }

    public void OnReadable()
    {
        _taken = 0;
        Volatile.Write(ref _pump, 0);
        Pump();
    }

    public void OnWritable()
    {
    }

    public void OnFlush()
    {
    }

    public void OnCancel(Aio aio, object? state, NngError reason)
    {
        lock (_lock)
        {
            if (!_accepts.Remove(aio))
                return;
        }

        aio.Finish(reason);
    }

    /// <summary>Binds and listens, so that <see cref="TryAccept"/> may be called.</summary>
    protected abstract NngError Open();

    /// <summary>
    /// Takes the next connection. <see cref="NngError.TryAgain"/>: <see cref="OnReadable"/> is called, perhaps before
    /// this returns, when to try again. Connections that were gone before they were taken are skipped.
    /// </summary>
    protected abstract NngError TryAccept(out NngStream? stream);

    /// <summary>Frees the address and ends accepting; once, after an <see cref="Open"/> that succeeded.</summary>
    protected abstract void Shut();

    /// <summary>Ends a connection that nobody accepts any more.</summary>
    protected virtual void TurnAway(NngStream stream) => stream.Channel.Close();

    /// <summary>Somebody is about to wait for a connection.</summary>
    protected virtual void OnAccepting()
    {
    }

    private void Pump()
    {
        while (true)
        {
            int seen = Volatile.Read(ref _pump);
            if (seen >= 2 || Interlocked.CompareExchange(ref _pump, seen + 1, seen) != seen)
            {
                if (seen >= 2)
                    return;
                continue;
            }

            if (seen == 1)
                return;
            break;
        }

        int next;
        do
        {
            Volatile.Write(ref _pump, 1);
            next = AcceptAll();
        }
        while (Interlocked.CompareExchange(ref _pump, next, 1) != 1 && next == 0);
    }

    /// <summary>Serves waiting accepts; 3 when the acceptor will call back, 0 when no accept waits.</summary>
    private int AcceptAll()
    {
        while (true)
        {
            NngStream? kept;
            lock (_lock)
            {
                if (_closed || _accepts.IsEmpty)
                    return 0;
                kept = _kept;
                _kept = null;
            }

            if (kept is not null)
            {
                Hand(kept, NngError.None);
                continue;
            }

            // From here on the acceptor's call may come before this thread has left the loop.
            Volatile.Write(ref _pump, 3);
            if (_taken == TurnAccepts)
            {
                ThreadPool.UnsafeQueueUserWorkItem(_pause, preferLocal: false);
                return 3;
            }

            NngError error = TryAccept(out NngStream? stream);
            if (error == NngError.TryAgain)
                return 3;
            Volatile.Write(ref _pump, 1);
            _taken++;
            if (error == NngError.Closed)
                return 0;
            if (error is NngError.OutOfFiles or NngError.OutOfMemory)
            {
                Exhausted?.Invoke(error);
                int pauseMs = _pauseMs;
                _pauseMs = Math.Min(pauseMs * 2, LongestPauseMs);
                Volatile.Write(ref _pump, 3);
                Expirer.Default.Arm(_pause, Expirer.Default.Clock.NowMs + pauseMs);
                return 3;
            }

            _pauseMs = FirstPauseMs;

            Hand(stream, error);
        }
    }

    private void Hand(NngStream? stream, NngError error)
    {
        Aio? aio;
        lock (_lock)
        {
            aio = _accepts.Dequeue();
            if (aio is null && !_closed)
            {
                _kept = stream;
                return;
            }
        }

        if (aio is not null)
        {
            aio.SetOutput(0, stream);
            aio.Finish(error);
        }
        else if (stream is not null)
        {
            TurnAway(stream);
        }
    }

    /// <summary>Accepting goes on, after a pause or on another thread.</summary>
    private sealed class PauseEnd(StreamListener listener) : Deadline, IThreadPoolWorkItem
    {
        public override void OnExpired() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

        public void Execute() => listener.OnReadable();
    }
}
