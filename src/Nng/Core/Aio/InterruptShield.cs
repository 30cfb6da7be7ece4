using System;
using System.Threading;

namespace Nng.Core;

/// <summary>
/// While it is up, <see cref="Thread.Interrupt"/> ends no wait for a lock on its thread, and comes again when it is
/// lowered: for a thread that does the work of all while it waits for its own.
/// </summary>
/// <remarks>
/// <para>Threading: one object per thread; only its thread touches it.</para>
/// <para>
/// The runtime has a synchronization context do a thread's waits, if that asks for it; this one waits again.
/// </para>
/// </remarks>
internal sealed class InterruptShield : SynchronizationContext
{
    [ThreadStatic]
    private static InterruptShield? t_own;

    /// <summary>The context that comes back when the shield is lowered.</summary>
    private SynchronizationContext? _outer;

    /// <summary>Up, but put aside.</summary>
    private bool _isAside;

    private InterruptShield()
    {
        SetWaitNotificationRequired();
    }

    /// <summary>The shield of this thread.</summary>
    public static InterruptShield Own => t_own ??= new InterruptShield();

    /// <summary>An interrupt came, and is to come again.</summary>
    public bool IsHit { get; private set; }

    /// <summary>Puts the shield up; not twice.</summary>
    public void Raise()
    {
        _outer = Current;
        SetSynchronizationContext(this);
    }

    /// <summary>Takes the shield down, and interrupts the thread if an interrupt came.</summary>
    public void Lower()
    {
        SetSynchronizationContext(_outer);
        _outer = null;
        if (!IsHit)
            return;
        IsHit = false;
        Thread.CurrentThread.Interrupt();
    }

    /// <summary>
    /// Puts the shield aside, where it is up, for a task of the system's that completes: its continuations run at once
    /// only on a thread without a context. False: there was none to put aside.
    /// </summary>
    public static bool PutAside()
    {
        if (Current is not InterruptShield shield)
            return false;
        shield._isAside = true;
        SetSynchronizationContext(null);
        return true;
    }

    /// <summary>Puts it up again. False: none was put aside.</summary>
    public static bool PutBack()
    {
        if (t_own is not { _isAside: true } shield)
            return false;
        shield._isAside = false;
        SetSynchronizationContext(shield);
        return true;
    }

    /// <summary>Waits through interrupts. The shield need not be up: it keeps the interrupt until it is lowered.</summary>
    public void Wait(SemaphoreSlim semaphore)
    {
        while (true)
        {
            try
            {
                semaphore.Wait();
                return;
            }
            catch (ThreadInterruptedException)
            {
                IsHit = true;
            }
        }
    }

    /// <inheritdoc/>
    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        while (true)
        {
            try
            {
                return WaitHelper(waitHandles, waitAll, millisecondsTimeout);
            }
            catch (ThreadInterruptedException)
            {
                IsHit = true;
            }
        }
    }
}
