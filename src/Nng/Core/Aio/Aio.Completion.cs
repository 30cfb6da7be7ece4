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

    /// <summary>The loop on which the operation completed; null when that was some other thread.</summary>
    private WaitDriver? _completedBy;

    /// <summary>Next in a <see cref="CompletionList"/>.</summary>
    internal Aio? NextCompletion { get; set; }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute()
    {
        // Read first: once the user's code runs, the object may carry another operation.
        WaitDriver? loop = _completedBy;
        RunDispatched();
        if (loop is not null)
            Lingerer.Linger(loop);
    }

    /// <summary>Runs the user's code for the completed operation, on a pool thread.</summary>
    internal void RunDispatched()
    {
        if (_callback is null)
            RunContinuation();
        else
            RunCallback(_callback);
    }

    /// <summary>Has the user's code run on the pool, or next on this thread, if that is one of the pool that lingers.</summary>
    private void QueueToPool()
    {
        if (Lingerer.TryCatch(this))
            return;
        _completedBy = WaitDriver.Leading;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    /// <summary>Runs the callback, and again for an operation that completed meanwhile.</summary>
    private void RunCallback(Action<Aio> callback)
    {
        bool again;
        do
        {
            Aio? outer = t_running;
            t_running = this;
            Volatile.Write(ref _calling, true);
            try
            {
                callback(this);
            }
            catch (Exception failure) when (!_inline)
            {
                CoreLog.CallbackFailed("an aio", failure);
            }
            finally
            {
                t_running = outer;
                again = Observed();
            }
        }
        while (again && _inline);

        // Others on the pool get their turn first.
        if (again)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
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
            WaitThroughInterrupts();
    }

    /// <summary>
    /// An interrupt of the thread cancels the operation, whose outcome is waited for all the same: a message must not
    /// go to somebody who has left. The interrupt stays pending.
    /// </summary>
    private void WaitThroughInterrupts()
    {
        bool interrupted = false;
        while (Volatile.Read(ref _busy) > 0)
        {
            try
            {
                Wait();
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
                Cancel();
            }
        }

        if (interrupted)
            Thread.CurrentThread.Interrupt();
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
            QueueToPool();
        else if (_awaited)
            SignalAwaiter();
        else
            Observed();
    }

    /// <summary>One operation is over and done with. True when the next one has completed and waits to be told.</summary>
    private bool Observed()
    {
        lock (_gate)
        {
            _calling = false;
            if (--_busy > 0)
            {
                bool next = _dispatchDeferred && _canceling == 0;
                if (next)
                    _dispatchDeferred = false;
                return next;
            }

            _phase = Phase.Idle;
            Monitor.PulseAll(_gate);
        }

        Volatile.Read(ref _driver)?.Interrupt();
        return false;
    }
}
