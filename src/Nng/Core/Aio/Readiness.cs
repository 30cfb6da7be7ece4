using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

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

    /// <summary>The level seen, and told, last.</summary>
    private bool _last;

    /// <summary>A thread is inside the handlers; it looks again when they have returned.</summary>
    private bool _telling;

    private bool _closed;

    private Action<bool>? _changed;

    internal Readiness(Func<bool> level)
    {
        _level = level;
    }

    /// <summary>
    /// The level changed. Handlers are told one level after the other, never two at a time, and the last one told is
    /// the one that holds; it is that, and not <see cref="IsSet"/>, which a handler should act upon. They run on a
    /// changing thread and must be short and must not block; what they throw is logged. Adding a handler tells all of them again if the level is
    /// set.
    /// </summary>
    public event Action<bool> Changed
    {
        add
        {
            _observed = true;
            lock (_lock)
            {
                _changed += value;
                _last = false;
            }

            UpdateSlow();
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

    /// <summary>Completes when the level is set, or when the socket is closed, which the next operation says.</summary>
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

    /// <summary>Owner: the socket is closed; nobody shall wait any more.</summary>
    internal void Close()
    {
        TaskCompletionSource? waiter;
        lock (_lock)
        {
            _closed = true;
            (waiter, _waiter) = (_waiter, null);
        }

        waiter?.TrySetResult();
    }

    /// <summary>Owner: the state behind the level may have changed. Call without locks.</summary>
    internal void Update()
    {
        if (_observed)
            UpdateSlow();
    }

    private void UpdateSlow()
    {
        while (TryLook(out bool level, out Action<bool>? changed))
        {
            Callout.Enter();
            try
            {
                changed(level);
            }
            catch (Exception failure)
            {
                CoreLog.CallbackFailed("a readiness", failure);
            }
            finally
            {
                Callout.Leave();
                lock (_lock)
                    _telling = false;
            }
        }
    }

    /// <summary>Looks at the level; true when it has changed and this thread is to tell the handlers.</summary>
    private bool TryLook(out bool level, [NotNullWhen(true)] out Action<bool>? changed)
    {
        TaskCompletionSource? waiter = null;
        lock (_lock)
        {
            level = _level();
            if (level || _closed)
                (waiter, _waiter) = (_waiter, null);
            changed = _telling || level == _last ? null : _changed;
            if (!_telling)
                _last = level;
            _telling |= changed is not null;
        }

        waiter?.TrySetResult();
        return changed is not null;
    }
}
