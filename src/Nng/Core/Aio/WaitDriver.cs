namespace Nng.Core;

/// <summary>An I/O loop that a thread blocked in a synchronous call can drive itself while it waits.</summary>
/// <remarks>
/// Threading: safe from any thread. What runs on a driven loop is library code only; user code goes to the pool.
/// </remarks>
internal abstract class WaitDriver
{
    /// <summary>
    /// Drives the loop on the calling thread until the target is done, the deadline has passed or
    /// <see cref="Interrupt"/> was called. False when the loop cannot be driven now (another thread drives it).
    /// </summary>
    /// <param name="target">What the thread waits for.</param>
    /// <param name="deadlineMs">On the system clock; <see cref="long.MaxValue"/> for none.</param>
    public abstract bool TryDrive(IWaitTarget target, long deadlineMs);

    /// <summary>
    /// Makes a driving thread look at its target again; called by whoever completed the target. Costs nothing when
    /// the caller is the driving thread itself.
    /// </summary>
    public abstract void Interrupt();
}
