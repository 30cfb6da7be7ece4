using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng;

/// <summary>
/// One reusable asynchronous operation: what is to be done (message, timeout), its result, and who is told.
/// </summary>
/// <remarks>
/// <para>
/// An operation is submitted to a socket, context or stream and completes exactly once, by success, failure, deadline
/// or cancellation. One operation at a time; the object may be reused as soon as the completion was observed, also
/// from within the callback. The callback runs on a thread-pool thread, never inside the submitting or cancelling
/// call, and never under a library lock.
/// </para>
/// <para>
/// Threading: cancel, abort, stop and wait are safe from any thread; the setters only while no operation runs.
/// C type: <c>nng_aio</c>.
/// </para>
/// </remarks>
public sealed partial class Aio : IDisposable
{
    /// <summary>Timeout: none.</summary>
    public const int Infinite = -1;

    /// <summary>Timeout: that of the socket or context the operation is submitted to; elsewhere none.</summary>
    public const int DefaultTimeout = -2;

    /// <summary>Whatever operation is under way.</summary>
    private const long AnyOperation = -1;

    /// <summary>Guards everything below; waiters of <see cref="Wait()"/> sleep on it.</summary>
    private readonly object _gate = new();

    private readonly Action<Aio>? _callback;

    private readonly bool _inline;

    /// <summary>Where the current operation stands.</summary>
    private Phase _phase;

    /// <summary>Operations accepted and not yet observed; more than one only while a callback resubmits.</summary>
    private int _busy;

    /// <summary>Counts accepted operations, so that a late expiry knows its own.</summary>
    private long _operation;

    /// <summary>The callback is running: what completes meanwhile waits, so that callbacks never overlap.</summary>
    private bool _calling;

    /// <summary>Sticky: no further operation is accepted.</summary>
    private bool _stopped;

    /// <summary>An abort that came between begin and schedule.</summary>
    private NngError _earlyAbort;

    /// <summary>Who can cancel the pending operation, and the state it asked for.</summary>
    private IAioProvider? _provider;

    private object? _providerState;

    /// <summary>The provider was asked to cancel; deadline and abort do not ask twice.</summary>
    private bool _asked;

    /// <summary>Threads inside the provider's cancel call: completion waits for them, so that a reused object
    /// cannot be hit by its former life.</summary>
    private int _canceling;

    /// <summary>The operation finished while a thread was inside the cancel call or the callback of the one before;
    /// that thread dispatches in our stead.</summary>
    private bool _dispatchDeferred;

    private NngError _result;
    private long _count;

    /// <summary>Relative timeout in milliseconds, or one of the two constants.</summary>
    private int _timeoutMs = DefaultTimeout;

    /// <summary>Stands in for <see cref="DefaultTimeout"/> in the current operation.</summary>
    private int _ownerTimeoutMs = Infinite;

    /// <summary>Absolute deadline of the next operation; null when unset.</summary>
    private long? _expireMs;

    private AioDeadline? _deadline;

    /// <summary>Creates an idle operation without a callback: wait for it, or await it.</summary>
    public Aio()
    {
    }

    /// <summary>Creates an idle operation. C function: <c>nng_aio_alloc</c>.</summary>
    /// <param name="callback">Called once per accepted operation, on a thread-pool thread; null for none. An exception
    /// that leaves it is logged and harms nobody.</param>
    public Aio(Action<Aio>? callback)
    {
        _callback = callback;
    }

    /// <summary>
    /// For the library's own operations: with <paramref name="inline"/> the callback runs on the completing thread,
    /// which holds no lock and may be inside the submitting call.
    /// </summary>
    internal Aio(Action<Aio> callback, bool inline)
    {
        _callback = callback;
        _inline = inline;
    }

    private enum Phase
    {
        Idle,
        Begun,
        Pending,
        Completing,
    }

    /// <summary>Result of the last operation; valid after completion. C function: <c>nng_aio_result</c>.</summary>
    public NngError Result => _result;

    /// <summary>
    /// Bytes moved by the last operation: the body length for messages. C function: <c>nng_aio_count</c>.
    /// </summary>
    public long Count => _count;

    /// <summary>Anything the owner wants to keep with the operation.</summary>
    public object? State { get; set; }

    /// <summary>
    /// The message to send or the message received. A successful send sets it to null; a failed one leaves it; a
    /// failed receive does not touch it. C functions: <c>nng_aio_set_msg</c>, <c>nng_aio_get_msg</c>.
    /// </summary>
    public Message? Message { get; set; }

    /// <summary>True from the acceptance of an operation until its callback has returned. C: <c>nng_aio_busy</c>.</summary>
    public bool IsBusy => Volatile.Read(ref _busy) > 0;

    /// <summary>
    /// Timeout of this and the following operations in milliseconds: 0 polls, <see cref="Infinite"/>,
    /// <see cref="DefaultTimeout"/> (initial value). Takes back <see cref="SetExpire"/>.
    /// C function: <c>nng_aio_set_timeout</c>.
    /// </summary>
    public int TimeoutMs
    {
        get => _timeoutMs;
        set
        {
            _timeoutMs = value;
            _expireMs = null;
        }
    }

    /// <summary>
    /// Absolute deadline of the next operation only, on the clock of <see cref="NowMs"/>.
    /// C function: <c>nng_aio_set_expire</c>.
    /// </summary>
    /// <param name="deadlineMs">Clock milliseconds; <see cref="long.MaxValue"/> never expires.</param>
    public void SetExpire(long deadlineMs) => _expireMs = deadlineMs;

    /// <summary>Monotonic milliseconds: the clock of all deadlines. C function: <c>nng_clock</c>.</summary>
    public static long NowMs => Clock.System.NowMs;

    /// <summary>Cancels the operation, if one is pending, with <see cref="NngError.Canceled"/>.
    /// C function: <c>nng_aio_cancel</c>.</summary>
    public void Cancel() => Abort(NngError.Canceled);

    /// <summary>
    /// Asks for the pending operation to end with <paramref name="reason"/>; does not wait. Without effect on an idle
    /// or completing operation. C function: <c>nng_aio_abort</c>.
    /// </summary>
    /// <param name="reason">Any error but <see cref="NngError.None"/>.</param>
    public void Abort(NngError reason)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)reason, (int)NngError.None, nameof(reason));
        lock (_gate)
        {
            if (_phase == Phase.Begun && _earlyAbort == NngError.None)
                _earlyAbort = reason;
        }

        AskToCancel(reason, again: false, AnyOperation);
    }

    /// <summary>
    /// Refuses all further operations, cancels the pending one with <see cref="NngError.Canceled"/> and waits until
    /// its callback has returned; from within that callback it does not wait. C function: <c>nng_aio_stop</c>.
    /// </summary>
    public void Stop() => Stop(NngError.Canceled);

    /// <summary>
    /// Stops the operation for good, which ends a pending one with <see cref="NngError.Closed"/>, and waits until its
    /// callback has returned; from within that callback it does not wait. C functions: <c>nng_aio_free</c>,
    /// <c>nng_aio_reap</c>.
    /// </summary>
    public void Dispose() => Stop(NngError.Closed);

    /// <summary>
    /// Blocks until no operation is under way, its callback included. C function: <c>nng_aio_wait</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">Called from the callback it would wait for.</exception>
    public void Wait()
    {
        if (t_running == this)
            Throw.AioWaitsForItself();
        lock (_gate)
        {
            while (_busy > 0)
                Monitor.Wait(_gate);
        }
    }

    /// <summary>Completes with success after <paramref name="milliseconds"/>, or earlier with
    /// <see cref="NngError.TimedOut"/> when <see cref="TimeoutMs"/> is shorter. C function: <c>nng_sleep_aio</c>.
    /// </summary>
    /// <param name="milliseconds">Negative completes as soon as possible.</param>
    public void Sleep(int milliseconds)
    {
        if (!Begin())
            return;
        bool cut = _timeoutMs >= 0 && _timeoutMs < milliseconds;
        int sleepMs = Math.Max(0, cut ? _timeoutMs : milliseconds);
        _expireMs = Clock.System.NowMs + sleepMs;
        NngError error = Schedule(cut ? AioSleep.Cut : AioSleep.Whole, null);
        if (error != NngError.None)
            Finish(AioSleep.Outcome(cut, error));
    }

    /// <summary>
    /// Provider: accepts the operation, or refuses because the aio was stopped: then the result is
    /// <see cref="NngError.Canceled"/>, no callback follows and the provider must drop the request.
    /// C function: <c>nng_aio_begin</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">An operation is under way already.</exception>
    public bool Begin()
    {
        lock (_gate)
        {
            if (_phase is Phase.Begun or Phase.Pending || (_phase == Phase.Completing && !IsObservable))
                Throw.AioBusy();
            if (_stopped)
            {
                _result = NngError.Canceled;
                _ownerTimeoutMs = Infinite;
                return false;
            }

            _phase = Phase.Begun;
            _busy++;
            _operation++;
            _result = NngError.None;
            _count = 0;
            _earlyAbort = NngError.None;
            ClearOutputs();
            return true;
        }
    }

    /// <summary>A task that completes after a while, on the expirer like everything else.</summary>
    internal static Task SleepAsync(int milliseconds)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Aio(_ => done.SetResult()).Sleep(milliseconds);
        return done.Task;
    }

    /// <summary>
    /// Provider: the operation has to wait; registers who can cancel it and arms its deadline. Anything but
    /// <see cref="NngError.None"/> means that it was not armed and must be finished with that error.
    /// </summary>
    internal NngError Schedule(IAioProvider provider, object? state)
    {
        lock (_gate)
        {
            if (_phase != Phase.Begun)
                Throw.AioIdle();
            if (_earlyAbort != NngError.None)
                return _earlyAbort;
            if (_stopped)
                return NngError.Closed;
            long now = 0;
            long due = DueMs(ref now);
            if (due != long.MaxValue && due < (now == 0 ? Clock.System.NowMs : now))
                return NngError.TimedOut;
            _provider = provider;
            _providerState = state;
            _asked = false;
            _phase = Phase.Pending;
            if (due != long.MaxValue)
            {
                _deadline ??= new AioDeadline(this);
                Expirer.Default.Arm(_deadline, due, _operation);
            }

            return NngError.None;
        }
    }

    /// <summary>Provider: true when the operation would poll, that is, may not wait at all.</summary>
    internal bool IsPoll => _expireMs is null && EffectiveTimeoutMs == 0;

    /// <summary>Provider: the operation has no time at all, not even to try: it polls, or its deadline has passed.</summary>
    internal bool IsOver =>
        _expireMs is { } deadline ? deadline < Clock.System.NowMs : EffectiveTimeoutMs == 0;

    /// <summary>The deadline of the operation about to wait, for synchronous waiters.</summary>
    internal long PendingDueMs => _deadline is { HeapIndex: >= 0 } armed ? armed.DueMs : long.MaxValue;

    /// <summary>Socket layer: what <see cref="DefaultTimeout"/> means for the operation about to be submitted.</summary>
    internal void SetOwnerTimeout(int timeoutMs) => _ownerTimeoutMs = timeoutMs;

    /// <summary>
    /// Provider: ends the operation, exactly once per accepted one. C function: <c>nng_aio_finish</c>.
    /// </summary>
    /// <param name="error">The result; on failure the count is 0.</param>
    public void Finish(NngError error) => Finish(error, error == NngError.None ? _count : 0);

    /// <summary>Provider: ends a send: the message is gone.</summary>
    internal void FinishSent(long length)
    {
        Message = null;
        Finish(NngError.None, length);
    }

    /// <summary>Provider: ends a receive with a message.</summary>
    internal void FinishMessage(Message message)
    {
        Message = message;
        Finish(NngError.None, message.Length);
    }

    /// <summary>Provider: ends the operation, exactly once per accepted one.</summary>
    /// <param name="error">The result.</param>
    /// <param name="count">Bytes moved.</param>
    /// <exception cref="InvalidOperationException">No operation is under way.</exception>
    public void Finish(NngError error, long count)
    {
        lock (_gate)
        {
            if (_phase is not (Phase.Begun or Phase.Pending))
                Throw.AioIdle();
            bool armed = _phase == Phase.Pending;
            _provider = null;
            _providerState = null;
            _expireMs = null;
            _ownerTimeoutMs = Infinite;
            _result = error;
            _count = count;
            _phase = Phase.Completing;
            if (armed && _deadline is { HeapIndex: >= 0 })
                Expirer.Default.Disarm(_deadline);
            if (_canceling > 0 || _calling)
            {
                _dispatchDeferred = true;
                return;
            }
        }

        Dispatch();
    }

    /// <summary>The deadline of an operation passed; when that is over already nothing happens.</summary>
    internal void OnExpired(long operation) => AskToCancel(NngError.TimedOut, again: false, operation);

    /// <summary>A finished operation has been handed to its callback, which may submit the next one.</summary>
    private bool IsObservable => _calling && !_dispatchDeferred;

    private int EffectiveTimeoutMs => _timeoutMs == DefaultTimeout ? _ownerTimeoutMs : _timeoutMs;

    private long DueMs(ref long now)
    {
        if (_expireMs is { } absolute)
            return absolute;
        int timeoutMs = EffectiveTimeoutMs;
        if (timeoutMs is Infinite or DefaultTimeout)
            return long.MaxValue;
        if (timeoutMs <= 0)
            return long.MinValue;
        now = Clock.System.NowMs;
        return now + timeoutMs;
    }

    private void Stop(NngError reason)
    {
        lock (_gate)
        {
            _stopped = true;
        }

        AskToCancel(reason, again: true, AnyOperation);
        if (t_running != this)
            Wait();
    }

    private void AskToCancel(NngError reason, bool again, long operation)
    {
        IAioProvider? provider;
        object? state;
        lock (_gate)
        {
            provider = _provider;
            if (_phase != Phase.Pending || provider is null || (_asked && (!again || _canceling > 0)))
                return;
            if (operation != AnyOperation && operation != _operation)
                return;
            _asked = true;
            state = _providerState;
            _canceling++;
        }

        provider.OnCancel(this, state, reason);
        bool dispatch;
        lock (_gate)
        {
            dispatch = --_canceling == 0 && _dispatchDeferred && !_calling;
            if (dispatch)
                _dispatchDeferred = false;
        }

        if (dispatch)
            Dispatch();
        provider.OnCanceled();
    }
}
