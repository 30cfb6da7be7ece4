using System;
using System.Threading;
using Nng.Core;

namespace Nng;

/// <content>Telling the owner: callback, waiter or awaiter.</content>
public sealed partial class Aio : IThreadPoolWorkItem, IWaitTarget
{
    /// <summary>How long a waiter spins before it sleeps, while spinning pays off: about the cost of a wake-up.</summary>
    private const int SpinUs = 50;

    /// <summary>The operation whose callback runs on this thread.</summary>
    [ThreadStatic]
    private static Aio? t_running;

    /// <summary>Spinning waits on this thread that paid off lately; negative after failures.</summary>
    [ThreadStatic]
    private static int t_spinCredit;

    /// <summary>The loop that a synchronous waiter drives; null for none.</summary>
    private WaitDriver? _driver;

    /// <inheritdoc/>
    bool IWaitTarget.IsDone => Volatile.Read(ref _busy) == 0;

    /// <summary>Next in a <see cref="CompletionList"/>.</summary>
    internal Aio? NextCompletion { get; set; }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute()
    {
        if (_callback is null)
            RunContinuation();
        else
            RunCallback(_callback);
    }

    private void RunCallback(Action<Aio> callback)
    {
        Aio? outer = t_running;
        t_running = this;
        try
        {
            callback(this);
        }
        finally
        {
            t_running = outer;
            Observed();
        }
    }

    /// <summary>
    /// Waits like <see cref="Wait()"/>, for an aio without callback; the thread drives <paramref name="driver"/>
    /// meanwhile, spins briefly, and then sleeps.
    /// </summary>
    internal void Wait(WaitDriver? driver)
    {
        if (Volatile.Read(ref _busy) == 0)
            return;
        if (driver is not null)
        {
            Volatile.Write(ref _driver, driver);
            Interlocked.MemoryBarrier();
            while (Volatile.Read(ref _busy) > 0 && driver.TryDrive(this, PendingDueMs))
            {
                // Driven until done, or interrupted for another reason: look again. A passed deadline is finished by
                // the expirer, which needs a moment.
                if (PendingDueMs < Clock.System.NowMs)
                    break;
            }

            Volatile.Write(ref _driver, null);
        }

        if (Volatile.Read(ref _busy) > 0 && !SpinUntilDone())
            Wait();
    }

    private bool SpinUntilDone()
    {
        if (Environment.ProcessorCount == 1 || t_spinCredit < 0 && ++t_spinCredit < 0)
            return false;
        long end = System.Diagnostics.Stopwatch.GetTimestamp() + (System.Diagnostics.Stopwatch.Frequency * SpinUs / 1_000_000);
        do
        {
            for (int i = 0; i < 8; i++)
            {
                if (Volatile.Read(ref _busy) == 0)
                {
                    t_spinCredit = 0;
                    return true;
                }

                Thread.SpinWait(4);
            }
        }
        while (System.Diagnostics.Stopwatch.GetTimestamp() < end);
        // Skip the next few attempts: nothing comes that soon.
        t_spinCredit = -8;
        return false;
    }

    /// <summary>The result stands; tells whoever is to be told. Never runs user code on this thread.</summary>
    private void Dispatch()
    {
        if (_inline)
            RunCallback(_callback!);
        else if (_callback is not null)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        else if (_awaited)
            SignalAwaiter();
        else
            Observed();
    }

    /// <summary>One operation is over and done with.</summary>
    private void Observed()
    {
        lock (_gate)
        {
            if (--_busy > 0)
                return;
            if (_phase == Phase.Completing)
                _phase = Phase.Idle;
            Monitor.PulseAll(_gate);
        }

        Volatile.Read(ref _driver)?.Interrupt();
    }
}
