using System;
using System.Threading;
using Nng.Core;

namespace Nng.Streams;

/// <summary>
/// One direction of a stream: operations in the order of their submission, one of them in flight, each ended with the
/// exact number of bytes it moved.
/// </summary>
/// <remarks>
/// <para>
/// Threading: <see cref="_lock"/> guards the fields. The thread that moved <see cref="_stage"/> to running moves
/// bytes, without the lock; when the channel has to wait the stage is parked, and the thread that the channel calls
/// runs next. A cancel takes a parked operation at once; a running one is left to its runner, which either completes
/// it or finds the request when it would wait.
/// </para>
/// <para>
/// An operation that the running thread submits from within a completion becomes the next one of its loop, so that
/// chains of completions do not grow the stack.
/// </para>
/// </remarks>
internal abstract class TransferQueue : IAioProvider, IThreadPoolWorkItem
{
    /// <summary>Bytes one run moves before it goes on on another thread: neither submitter nor loop is held up.</summary>
    protected const int RunBytes = 1 << 20;

    private readonly Lock _lock = new();
    private readonly AioQueue _waiting = new();

    /// <summary>The operation in flight; null while parked without one, and between two.</summary>
    private Aio? _current;

    /// <summary>The operation in flight can be cancelled by its aio, and its deadline is armed.</summary>
    private bool _scheduled;

    /// <summary>Cancelled operations that have ended the direction and are being told.</summary>
    private int _wakes;

    private Stage _stage;

    /// <summary>The thread that runs the loop; 0 when none of ours does.</summary>
    private int _runner;

    /// <summary>Asked of the running operation; none = nothing asked.</summary>
    private volatile NngError _abort;

    /// <summary>Why nothing moves any more; none while the direction is open.</summary>
    private NngError _end;

    private enum Stage
    {
        /// <summary>Nothing to do.</summary>
        Idle,

        /// <summary>A thread moves bytes.</summary>
        Running,

        /// <summary>The channel will call.</summary>
        Parked,
    }

    /// <summary>Why the direction ended; none while it is open.</summary>
    public NngError Ended
    {
        get
        {
            lock (_lock)
                return _end;
        }
    }

    /// <summary>An operation has not ended, or bytes are being moved without one.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_lock)
                return _current is not null || !_waiting.IsEmpty || (_stage == Stage.Running && _runner == 0);
        }
    }

    /// <summary>Accepts an operation over its vector; every outcome goes through the aio.</summary>
    /// <param name="aio">Idle.</param>
    /// <param name="whole">It ends when all is moved; otherwise when something is.</param>
    public void Submit(Aio aio, bool whole)
    {
        if (aio.Begin())
            Accept(aio, whole, tag: null);
    }

    /// <summary>The same for an operation that was begun already.</summary>
    /// <param name="aio">Begun.</param>
    /// <param name="whole">It ends when all is moved; otherwise when something is.</param>
    /// <param name="tag">What else belongs to the operation: its provider tag.</param>
    /// <param name="refusal">Why it cannot be carried out; none when it can.</param>
    protected void Accept(Aio aio, bool whole, object? tag, NngError refusal = NngError.None)
    {
        aio.SetProviderTag(tag);
        aio.StartTransfer(whole);
        NngError error;
        lock (_lock)
        {
            error = _end != NngError.None ? _end
                : refusal != NngError.None ? refusal
                : NeedsTime(aio) && aio.IsOver ? NngError.TimedOut
                : Check(aio);
            if (error == NngError.None && TryTakeLocked(aio))
            {
                if (_stage == Stage.Running)
                    return;
                _stage = Stage.Running;
            }
            else if (error == NngError.None)
            {
                error = aio.Schedule(this, null);
                if (error == NngError.None)
                {
                    QueueLocked(aio);
                    return;
                }
            }
        }

        if (error == NngError.None)
            Run();
        else
            aio.Finish(error, 0);
    }

    /// <summary>The channel can go on.</summary>
    public void OnReady()
    {
        lock (_lock)
            _stage = Stage.Running;
        Run();
    }

    /// <summary>
    /// Ends the direction: a parked operation and those behind it end with the reason at once, a running one, and
    /// those behind it, when its thread sees it. A later reason replaces an earlier one for what comes.
    /// </summary>
    public void End(NngError reason)
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            _end = reason;
            if (_stage == Stage.Parked && _current is { } parked)
            {
                completions.Add(parked, reason, parked.Moved);
                _current = null;
            }

            if (_stage != Stage.Running)
                FailWaitingLocked(ref completions);
        }

        completions.Run();
    }

    void IAioProvider.OnCancel(Aio aio, object? state, NngError reason)
    {
        bool broken = false;
        lock (_lock)
        {
            if (!_waiting.Remove(aio))
            {
                if (!ReferenceEquals(_current, aio))
                    return;
                if (_stage == Stage.Running)
                {
                    _abort = reason;
                    return;
                }

                broken = AbandonLocked();
            }
        }

        if (broken)
            OnBroken(reason);
        aio.Finish(reason, aio.Moved);
    }

    void IAioProvider.OnCanceled()
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            if (_wakes == 0 || --_wakes > 0)
                return;
            if (_stage != Stage.Running)
                FailWaitingLocked(ref completions);
        }

        completions.Run();
    }

    void IThreadPoolWorkItem.Execute() => Run();

    /// <summary>
    /// What operations end with once one in flight has failed, whatever the reason, a cancel included. None: only the
    /// channel's failures end the direction, with themselves.
    /// </summary>
    protected virtual NngError AfterFailure => NngError.None;

    /// <summary>
    /// A failure has ended the direction, which has a result for afterwards: called once, without locks, before the
    /// failed operation ends.
    /// </summary>
    protected virtual void OnBroken(NngError cause)
    {
    }

    /// <summary>The operation is not even tried when it may not wait.</summary>
    protected virtual bool NeedsTime(Aio aio) => aio.IsWhole;

    /// <summary>Refuses vectors that make no sense in this direction.</summary>
    protected abstract NngError Check(Aio aio);

    /// <summary>
    /// Moves bytes of the operation until it is done (none), has to wait (try again), made enough way for others
    /// (busy), or failed.
    /// </summary>
    protected abstract NngError Move(Aio aio);

    /// <summary>True: the channel will call; false: moving may be tried again now.</summary>
    protected abstract bool Wait();

    /// <summary>Somebody asked for the running operation to end.</summary>
    protected bool IsAborting => _abort != NngError.None;

    /// <summary>
    /// Takes an idle, open direction for a transfer without an operation, to be followed by <see cref="Leave"/>,
    /// <see cref="Continue"/> or <see cref="Fail"/>.
    /// </summary>
    protected bool TryEnter()
    {
        lock (_lock)
        {
            if (_stage != Stage.Idle || _end != NngError.None)
                return false;
            _stage = Stage.Running;
            _runner = 0;
            return true;
        }
    }

    /// <summary>The transfer without an operation is over.</summary>
    protected void Leave()
    {
        lock (_lock)
        {
            if (_waiting.IsEmpty)
            {
                _stage = Stage.Idle;
                return;
            }
        }

        Run();
    }

    /// <summary>What the transfer without an operation could not move is left to one.</summary>
    protected void Continue(Aio aio)
    {
        aio.SetProviderTag(null);
        lock (_lock)
        {
            _current = aio;
            _scheduled = false;
        }

        Run();
    }

    /// <summary>The transfer without an operation failed; returns why the direction has ended.</summary>
    protected NngError Fail(NngError error)
    {
        error = EndFor(error, ofChannel: true);
        Leave();
        return error;
    }

    /// <summary>The operation becomes the one in flight, unscheduled, when nothing is before it.</summary>
    private bool TryTakeLocked(Aio aio)
    {
        bool next = _stage == Stage.Idle
            || (_stage == Stage.Running && _current is null && _waiting.IsEmpty
                && _runner == Environment.CurrentManagedThreadId);
        if (!next)
            return false;
        _current = aio;
        _scheduled = false;
        return true;
    }

    private void QueueLocked(Aio aio)
    {
        if (_stage == Stage.Parked && _current is null)
        {
            _current = aio;
            _scheduled = true;
        }
        else
        {
            _waiting.Enqueue(aio);
        }
    }

    /// <summary>Moves operation after operation; this thread is the runner.</summary>
    private void Run()
    {
        while (TakeCurrent() is { } aio)
        {
            NngError error = MoveOrRefuse(aio, out bool refused);
            if (refused)
            {
                error = aio.Moved == 0 ? error : EndFor(error, ofChannel: false);
            }
            else if (error is NngError.TryAgain or NngError.Busy)
            {
                bool waits = error == NngError.TryAgain;
                error = Suspend(aio, waits ? Stage.Parked : Stage.Running);
                if (error == NngError.None && !waits)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                    return;
                }

                if (error == NngError.None)
                {
                    if (Wait())
                        return;
                    Resume();
                    continue;
                }

                error = EndFor(error, ofChannel: false);
            }
            else if (error != NngError.None)
            {
                error = EndFor(error, ofChannel: true);
            }

            Complete(aio, error);
        }
    }

    /// <summary>
    /// Moves, unless the memory of the vector cannot be had: it is the operation's own failure then, and as long as
    /// nothing has moved, nobody else's.
    /// </summary>
    private NngError MoveOrRefuse(Aio aio, out bool refused)
    {
        refused = false;
        try
        {
            return Move(aio);
        }
        catch (OutOfMemoryException)
        {
            refused = true;
            return NngError.OutOfMemory;
        }
        catch (Exception failure) when (failure is ObjectDisposedException or ArgumentException or NullReferenceException)
        {
            // An owner of memory that has given it back, or never had it.
            refused = true;
            return NngError.InvalidArgument;
        }
    }

    /// <summary>The operation in flight, or the next one; null, and idle, when there is none.</summary>
    private Aio? TakeCurrent()
    {
        var completions = default(CompletionList);
        Aio? aio;
        lock (_lock)
        {
            if (_current is null)
            {
                FailWaitingLocked(ref completions);
                _current = _end == NngError.None ? _waiting.Dequeue() : null;
                _scheduled = true;
            }

            aio = _current;
            _runner = aio is null ? 0 : Environment.CurrentManagedThreadId;
            if (aio is null)
                _stage = Stage.Idle;
        }

        completions.Run();
        return aio;
    }

    /// <summary>
    /// The running operation has to wait for the channel (parked), or for its turn on another thread (running).
    /// Anything but none: it ends instead, with that.
    /// </summary>
    private NngError Suspend(Aio aio, Stage stage)
    {
        lock (_lock)
        {
            NngError error = _abort != NngError.None ? _abort
                : _end != NngError.None ? _end
                : _scheduled ? NngError.None : aio.Schedule(this, null);
            if (error != NngError.None)
                return error;
            _scheduled = true;
            _stage = stage;
            _runner = 0;
            return NngError.None;
        }
    }

    private void Resume()
    {
        lock (_lock)
            _stage = Stage.Running;
    }

    /// <summary>
    /// The operation in flight failed, and perhaps the direction with it; had that ended before, a failure of the
    /// channel is only what came of it. Returns what the operation ends with.
    /// </summary>
    private NngError EndFor(NngError error, bool ofChannel)
    {
        NngError after = AfterFailure;
        lock (_lock)
        {
            if (_end != NngError.None)
                return ofChannel ? _end : error;
            if (after == NngError.None)
            {
                if (ofChannel)
                    _end = error;
                return error;
            }

            _end = after;
        }

        OnBroken(error);
        return error;
    }

    /// <summary>
    /// A parked operation was given up: the next one takes its place, or the direction has ended. True when it has by
    /// that.
    /// </summary>
    private bool AbandonLocked()
    {
        NngError after = AfterFailure;
        if (after == NngError.None)
        {
            _current = _waiting.Dequeue();
            _scheduled = true;
            return false;
        }

        _current = null;
        _wakes++;
        if (_end != NngError.None)
            return false;
        _end = after;
        return true;
    }

    /// <summary>The direction has ended: so do those that wait, unless one before them is still to be told.</summary>
    private void FailWaitingLocked(ref CompletionList completions)
    {
        if (_wakes == 0 && _end != NngError.None)
            _waiting.FailAll(ref completions, _end);
    }

    private void Complete(Aio aio, NngError error)
    {
        lock (_lock)
        {
            _current = null;
            _abort = NngError.None;
        }

        aio.Finish(error, aio.Moved);
    }
}
