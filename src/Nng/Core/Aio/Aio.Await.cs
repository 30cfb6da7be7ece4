using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;
using Nng.Core;

namespace Nng;

/// <content>
/// The awaitable face: pooled operations behind <see cref="ValueTask"/>. Continuations run on the thread pool or the
/// captured context, never on a library loop.
/// </content>
public sealed partial class Aio : IValueTaskSource, IValueTaskSource<Message>
{
    /// <summary>Marks a completed operation in the continuation slot.</summary>
    private static readonly Action<object?> s_completed = static _ => { };

    private bool _awaited;
    private bool _ownsMessage;
    private short _version;
    private Action<object?>? _continuation;
    private object? _continuationState;

    /// <summary>Somebody awaits; a second one would take the place of the first.</summary>
    private bool _hooked;

    /// <summary>SynchronizationContext or TaskScheduler to continue on; null for the pool.</summary>
    private object? _context;

    private ExecutionContext? _executionContext;
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;

    /// <summary>Turns a failure into the exception that the awaiter sees.</summary>
    private IAioOwner? _owner;

    /// <summary>Returns a pooled operation for one await.</summary>
    internal static Aio RentAwaited(IAioOwner owner, int timeoutMs, CancellationToken token)
    {
        Aio aio = AioPool.Rent();
        aio._awaited = true;
        aio._owner = owner;
        aio._timeoutMs = timeoutMs;
        aio._token = token;
        aio._ownsMessage = false;
        return aio;
    }

    /// <summary>The message is the library's own copy: a failed send disposes it.</summary>
    internal void OwnMessage() => _ownsMessage = true;

    /// <summary>Returns a pooled operation for one synchronous wait; give it back with <see cref="ReturnWaited"/>.</summary>
    internal static Aio RentWaited(int timeoutMs)
    {
        Aio aio = AioPool.Rent();
        aio._awaited = false;
        aio._timeoutMs = timeoutMs;
        return aio;
    }

    internal static void ReturnWaited(Aio aio)
    {
        aio.Message = null;
        aio.ClearVector();
        AioPool.Return(aio);
    }

    /// <summary>The operation as a task that yields the received message; take it before submitting.</summary>
    internal ValueTask<Message> PrepareMessageTask() => new(this, _version);

    /// <summary>The operation as a task; take it before submitting.</summary>
    internal ValueTask PrepareTask() => new(this, _version);

    /// <summary>Lets the token cancel the submitted operation. Nobody awaits yet, so the object is still ours.</summary>
    internal void RegisterToken()
    {
        if (_token.CanBeCanceled && !ReferenceEquals(Volatile.Read(ref _continuation), s_completed))
            _registration = _token.UnsafeRegister(static aio => ((Aio)aio!).Abort(NngError.Canceled), this);
    }

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => GetStatus(token);

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource<Message>.GetStatus(short token) => GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    void IValueTaskSource<Message>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        OnCompleted(continuation, state, token, flags);

    /// <inheritdoc/>
    void IValueTaskSource.GetResult(short token) => TakeResult(token);

    /// <inheritdoc/>
    Message IValueTaskSource<Message>.GetResult(short token) => TakeResult(token)!;

    private ValueTaskSourceStatus GetStatus(short token)
    {
        CheckToken(token);
        if (!ReferenceEquals(Volatile.Read(ref _continuation), s_completed))
            return ValueTaskSourceStatus.Pending;
        return _result == NngError.None ? ValueTaskSourceStatus.Succeeded
            : _result == NngError.Canceled && _token.IsCancellationRequested ? ValueTaskSourceStatus.Canceled
            : ValueTaskSourceStatus.Faulted;
    }

    private void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        CheckToken(token);
        if (_hooked)
            throw new InvalidOperationException("The operation is awaited already.");
        _hooked = true;
        if ((flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0)
            _executionContext = ExecutionContext.Capture();
        if ((flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0)
            _context = CaptureContext();
        _continuationState = state;
        if (Interlocked.CompareExchange(ref _continuation, continuation, null) is not null)
            Continue(continuation);
    }

    private Message? TakeResult(short token)
    {
        Outcome outcome = TakeOutcome(token);
        if (outcome.Error != NngError.None)
            outcome.ThrowFailure();
        return outcome.Message;
    }

    /// <summary>Takes the outcome of the completed operation, whose object goes back to its pool.</summary>
    private Outcome TakeOutcome(short token)
    {
        CheckToken(token);
        if (!ReferenceEquals(Volatile.Read(ref _continuation), s_completed))
            throw new InvalidOperationException("The operation has not completed.");
        // Before the object can be reused: waits for a cancellation that is just running.
        _registration.Dispose();
        var outcome = new Outcome(_result, _count, Message, _owner!, _token);
        bool dispose = _ownsMessage && _result != NngError.None;
        Recycle();
        if (dispose)
            outcome.Message?.Dispose();
        return outcome;
    }

    private void Recycle()
    {
        _version++;
        _hooked = false;
        _registration = default;
        _token = default;
        _owner = null;
        _continuation = null;
        _continuationState = null;
        _context = null;
        _executionContext = null;
        Message = null;
        ClearVector();
        AioPool.Return(this);
    }

    /// <summary>The operation completed: lets the awaiter, if there is one yet, continue elsewhere.</summary>
    private void SignalAwaiter()
    {
        // Whoever reuses the object needs it idle: the awaiter may continue the moment the slot is marked.
        lock (_gate)
        {
            _busy--;
            _phase = Phase.Idle;
        }

        Action<object?>? continuation = Interlocked.Exchange(ref _continuation, s_completed);
        if (continuation is not null)
        {
            Continue(continuation);
        }
    }

    /// <summary>A continuation that waits for its turn on the pool.</summary>
    private Action<object?>? _pendingContinuation;

    private void Continue(Action<object?> continuation)
    {
        _pendingContinuation = continuation;
        switch (_context)
        {
            case null:
                QueueToPool();
                break;
            case SynchronizationContext context:
                context.Post(static aio => ((Aio)aio!).RunContinuation(), this);
                break;
            case TaskScheduler scheduler:
                _ = Task.Factory.StartNew(
                    static aio => ((Aio)aio!).RunContinuation(),
                    this,
                    CancellationToken.None,
                    TaskCreationOptions.DenyChildAttach,
                    scheduler);
                break;
        }
    }

    private void RunContinuation()
    {
        if (_executionContext is { } context)
            ExecutionContext.Run(context, static aio => ((Aio)aio!).InvokeContinuation(), this);
        else
            InvokeContinuation();
    }

    private void InvokeContinuation()
    {
        Action<object?> continuation = _pendingContinuation!;
        object? state = _continuationState;
        _pendingContinuation = null;
        _continuationState = null;
        continuation(state);
    }

    private static object? CaptureContext()
    {
        if (SynchronizationContext.Current is { } context && context.GetType() != typeof(SynchronizationContext))
            return context;
        TaskScheduler scheduler = TaskScheduler.Current;
        return scheduler == TaskScheduler.Default ? null : scheduler;
    }

    private void CheckToken(short token)
    {
        if (token != _version)
            throw new InvalidOperationException("The task was awaited more than once.");
    }

    /// <summary>How an awaited operation ended, apart from the object that carried it.</summary>
    private readonly record struct Outcome(
        NngError Error, long Count, Message? Message, IAioOwner Owner, CancellationToken Token)
    {
        [DoesNotReturn]
        public void ThrowFailure() => Owner.ThrowFailure(Error, Count, Token);
    }
}
