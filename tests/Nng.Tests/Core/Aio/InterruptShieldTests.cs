using System;
using System.Threading;
using Nng.Core;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Core;

/// <summary>Interrupts of a thread that must not be disturbed for a moment.</summary>
public sealed class InterruptShieldTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_wait_for_a_lock_goes_on_and_the_interrupt_comes_afterwards(bool isMonitor)
    {
        var door = new Lock();
        object gate = new();
        AssertSurvives(
            () =>
            {
                door.Enter();
                Monitor.Enter(gate);
            },
            () =>
            {
                Monitor.Exit(gate);
                door.Exit();
            },
            () =>
            {
                InterruptShield.Own.Raise();
                if (isMonitor)
                {
                    lock (gate)
                        return;
                }

                lock (door)
                    return;
            });
    }

    [Fact]
    public void A_wait_for_a_semaphore_goes_on_without_the_shield_being_up()
    {
        using var semaphore = new SemaphoreSlim(0);
        AssertSurvives(
            () => { },
            () => semaphore.Release(),
            () =>
            {
                InterruptShield.Own.Wait(semaphore);
                InterruptShield.Own.Raise();
            });
    }

    [Fact]
    public void The_threads_own_context_comes_back()
    {
        var context = new SynchronizationContext();
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            InterruptShield.Own.Raise();
            Assert.Same(InterruptShield.Own, SynchronizationContext.Current);
            InterruptShield.Own.Lower();
            Assert.Same(context, SynchronizationContext.Current);
            Thread.Sleep(0);
        }));
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    [Fact]
    public void It_can_be_put_aside_while_it_is_up()
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() =>
        {
            Assert.False(InterruptShield.PutAside());
            Assert.False(InterruptShield.PutBack());
            InterruptShield.Own.Raise();
            Assert.True(InterruptShield.PutAside());
            Assert.Null(SynchronizationContext.Current);
            Assert.True(InterruptShield.PutBack());
            Assert.Same(InterruptShield.Own, SynchronizationContext.Current);
            Assert.False(InterruptShield.PutBack());
            InterruptShield.Own.Lower();
            Assert.False(InterruptShield.PutAside());
        }));
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    /// <summary>What waits is interrupted, waits on, and finds the interrupt when the shield is down.</summary>
    private static void AssertSurvives(Action block, Action release, Action wait)
    {
        Exception? early = null;
        bool ready = false;
        Exception? late = null;
        var thread = new Thread(() =>
        {
            _ = InterruptShield.Own;
            Volatile.Write(ref ready, true);
            early = Record.Exception(wait);
            InterruptShield.Own.Lower();
            late = Record.Exception(() => Thread.Sleep(0));
        });
        block();
        try
        {
            thread.Start();
            Eventually.True(() => Volatile.Read(ref ready) && (thread.ThreadState & ThreadState.WaitSleepJoin) != 0, "the wait");
            thread.Interrupt();
            Eventually.Stays(() => thread.IsAlive);
        }
        finally
        {
            release();
        }

        Assert.True(thread.Join(Eventually.DefaultTimeoutMs));
        Assert.Null(early);
        Assert.IsType<ThreadInterruptedException>(late);
    }
}
