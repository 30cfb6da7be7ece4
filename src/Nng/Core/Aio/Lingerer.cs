using System;
using System.Threading;

namespace Nng.Core;

/// <summary>
/// Keeps a pool thread near the loop: after it has run what a loop completed, it drives that loop for a moment, and
/// runs what completes next itself. A ping-pong of awaits then costs no wake-up on either side.
/// </summary>
/// <remarks>
/// Threading: one object per pool thread; only its thread touches it. It catches one operation at a time, and only
/// while it drives; all others go to the pool. User code runs after the thread has given the loop up.
/// </remarks>
internal sealed class Lingerer : IWaitTarget
{
    [ThreadStatic]
    private static Lingerer? t_own;

    private bool _drives;
    private Aio? _caught;

    bool IWaitTarget.IsDone => _caught is not null;

    /// <summary>On a lingering thread that drives: keeps the operation to run it next. False elsewhere.</summary>
    public static bool TryCatch(Aio aio)
    {
        if (t_own is not { _drives: true, _caught: null } own)
            return false;
        own._caught = aio;
        return true;
    }

    /// <summary>User code of an operation that <paramref name="loop"/> completed has run on this pool thread.</summary>
    public static void Linger(WaitDriver loop) => (t_own ??= new Lingerer()).Run(loop);

    private void Run(WaitDriver loop)
    {
        ExecutionContext? clean = ExecutionContext.Capture();
        while (TryCatchFrom(loop) is { } aio)
        {
            aio.RunDispatched();
            // As the pool does between its items.
            if (clean is not null)
                ExecutionContext.Restore(clean);
            if (SynchronizationContext.Current is not null)
                SynchronizationContext.SetSynchronizationContext(null);
        }
    }

    private Aio? TryCatchFrom(WaitDriver loop)
    {
        if (loop.IsPoolBusy)
        {
            // The pool needs its thread, and the loop another leader.
            loop.HandBack();
            return null;
        }

        _drives = true;
        try
        {
            loop.TryLinger(this);
        }
        finally
        {
            _drives = false;
        }

        Aio? caught = _caught;
        _caught = null;
        return caught;
    }
}
