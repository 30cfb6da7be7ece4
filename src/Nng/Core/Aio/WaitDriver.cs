using System;
using System.Threading;

namespace Nng.Core;

/// <summary>An I/O loop that a thread blocked in a synchronous call can drive itself while it waits.</summary>
/// <remarks>
/// Threading: safe from any thread. What runs on a driven loop is library code only; user code goes to the pool.
/// </remarks>
internal abstract class WaitDriver
{
    [ThreadStatic]
    private static WaitDriver? t_leading;

    /// <summary>The loop that this thread drives now; null on all others.</summary>
    public static WaitDriver? Leading
    {
        get => t_leading;
        protected set => t_leading = value;
    }

    /// <summary>
    /// Drives the loop on the calling thread until the target is done, the deadline has passed or
    /// <see cref="Interrupt"/> was called. False when the loop cannot be driven now (another thread drives it), or no
    /// longer: the thread was interrupted, or has driven for a while; then it waits in another way.
    /// </summary>
    /// <param name="target">What the thread waits for.</param>
    /// <param name="deadlineMs">On the system clock; <see cref="long.MaxValue"/> for none.</param>
    public abstract bool TryDrive(IWaitTarget target, long deadlineMs);

    /// <summary>
    /// Makes a driving thread look at its target again; called by whoever completed the target. Costs nothing when
    /// the caller is the driving thread itself.
    /// </summary>
    public abstract void Interrupt();

    /// <summary>The pool has work that waits for a thread; nobody lingers then.</summary>
    public virtual bool IsPoolBusy => ThreadPool.PendingWorkItemCount > 0;

    /// <summary>
    /// For a pool thread that has just run user code: drives the loop for as long as a wake-up would cost, if that has
    /// lately paid off. True when the target got done, so that the thread goes on without having slept.
    /// </summary>
    /// <param name="target">What the thread hopes for.</param>
    public abstract bool TryLinger(IWaitTarget target);

    /// <summary>A thread that has lingered does not come back: has the loop led by its own thread.</summary>
    public abstract void HandBack();
}
