using System;
using System.Threading;
using System.Threading.Tasks;

namespace Nng;

/// <summary>
/// A level signal: set exactly while a socket can be received from (or sent to) without waiting. It takes the place
/// of the C library's pollable descriptors (<c>NNG_OPT_RECVFD</c>, <c>NNG_OPT_SENDFD</c>).
/// </summary>
/// <remarks>
/// Threading: safe from any thread. Someone else may take the message between the signal and the receive, so receive
/// without blocking after a signal. Only the socket's own operations drive it, not its contexts'.
/// </remarks>
public sealed class Readiness
{
    private readonly Func<bool> _level;
    private readonly Lock _lock = new();

    /// <summary>Completed by the next change to "set"; null while nobody waits.</summary>
    private TaskCompletionSource? _waiter;

    /// <summary>Somebody has asked; changes are looked at only from then on.</summary>
    private volatile bool _observed;

    private bool _last;

    private Action<bool>? _changed;

    internal Readiness(Func<bool> level)
    {
        _level = level;
    }

    /// <summary>The level changed. Handlers run on the changing thread and must be short and must not block.</summary>
    public event Action<bool> Changed
    {
        add
        {
            _observed = true;
            lock (_lock)
                _changed += value;
        }

        remove
        {
            lock (_lock)
                _changed -= value;
        }
    }

    /// <summary>The present level.</summary>
    public bool IsSet
    {
        get
        {
            _observed = true;
            return _level();
        }
    }

    /// <summary>Completes when the level is set.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public ValueTask WaitAsync(CancellationToken cancellationToken = default)
    {
        _observed = true;
        TaskCompletionSource waiter;
        lock (_lock)
        {
            waiter = _waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        Update();
        return new ValueTask(waiter.Task.WaitAsync(cancellationToken));
    }

    /// <summary>Owner: the state behind the level may have changed. Call without locks.</summary>
    internal void Update()
    {
        if (_observed)
            UpdateSlow();
    }

    private void UpdateSlow()
    {
        TaskCompletionSource? waiter = null;
        Action<bool>? changed = null;
        bool level;
        lock (_lock)
        {
            level = _level();
            if (level != _last)
                changed = _changed;
            _last = level;
            if (level)
                (waiter, _waiter) = (_waiter, null);
        }

        waiter?.TrySetResult();
        changed?.Invoke(level);
    }
}
