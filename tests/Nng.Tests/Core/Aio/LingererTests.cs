using System;
using System.Collections.Generic;
using System.Threading;
using Nng.Core;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Core;

public sealed class LingererTests
{
    private readonly List<string> _told = [];
    private int _threadOfFirst;

    [Fact]
    public void What_completes_while_a_pool_thread_lingers_runs_on_it_next()
    {
        var second = new Aio(_ => Tell("second"));
        var loop = new ScriptedLoop();
        loop.Script.Enqueue(() => Complete(second));
        Run(loop, () => Tell("first"));
        Assert.Equal(["first on its thread", "second on its thread"], Told(2));
        Eventually.True(() => loop.Lingers == 2);
        Assert.Equal(0, loop.HandBacks);
    }

    [Fact]
    public void Only_the_first_of_several_is_kept_and_the_others_go_to_the_pool()
    {
        using var isFree = new ManualResetEventSlim();
        var second = new Aio(_ =>
        {
            isFree.Wait(Eventually.DefaultTimeoutMs);
            Tell("second");
        });
        var third = new Aio(_ =>
        {
            Tell("third");
            isFree.Set();
        });
        var loop = new ScriptedLoop();
        loop.Script.Enqueue(() =>
        {
            Complete(second);
            Complete(third);
        });
        Run(loop, () => Tell("first"));
        Assert.Equal(["first on its thread", "third elsewhere", "second on its thread"], Told(3));
    }

    [Fact]
    public void An_item_leaves_nothing_of_its_context_to_the_next()
    {
        var ambient = new AsyncLocal<string>();
        string? seen = "nothing";
        SynchronizationContext? seenContext = new SynchronizationContext();
        using var done = new ManualResetEventSlim();
        var third = new Aio(_ =>
        {
            seen = ambient.Value;
            seenContext = SynchronizationContext.Current;
            done.Set();
        });
        var second = new Aio(_ =>
        {
            ambient.Value = "secret";
            SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
        });
        var loop = new ScriptedLoop();
        loop.Script.Enqueue(() => Complete(second));
        loop.Script.Enqueue(() => Complete(third));
        Run(loop, static () => { });
        Assert.True(done.Wait(Eventually.DefaultTimeoutMs));
        Assert.Null(seen);
        Assert.Null(seenContext);
    }

    [Fact]
    public void When_the_pool_waits_for_threads_the_loop_is_handed_back()
    {
        var loop = new ScriptedLoop { PoolIsBusy = true };
        loop.Script.Enqueue(static () => Assert.Fail("Nobody lingers."));
        Run(loop, () => Tell("first"));
        Eventually.True(() => loop.HandBacks == 1);
        Assert.Equal(0, loop.Lingers);
    }

    [Fact]
    public void A_thread_that_does_not_linger_catches_nothing()
    {
        Assert.False(Lingerer.TryCatch(new Aio(static _ => { })));
    }

    /// <summary>Completes an operation on a thread that leads the loop, as its own thread would.</summary>
    private void Run(ScriptedLoop loop, Action first)
    {
        var aio = new Aio(_ =>
        {
            _threadOfFirst = Environment.CurrentManagedThreadId;
            first();
        });
        var thread = new Thread(() => loop.LeadWhile(() => Complete(aio)));
        thread.Start();
        thread.Join();
    }

    private static void Complete(Aio aio)
    {
        Assert.True(aio.Begin());
        aio.Finish(NngError.None);
    }

    private void Tell(string what)
    {
        string where = Environment.CurrentManagedThreadId == _threadOfFirst ? "on its thread" : "elsewhere";
        lock (_told)
            _told.Add($"{what} {where}");
    }

    private string[] Told(int count)
    {
        Eventually.True(() =>
        {
            lock (_told)
                return _told.Count == count;
        });
        return [.. _told];
    }

    /// <summary>A loop whose events are the steps of a script, one for each time that somebody lingers.</summary>
    private sealed class ScriptedLoop : WaitDriver
    {
        public Queue<Action> Script { get; } = new();

        public int Lingers;
        public int HandBacks;

        /// <summary>The pool is other tests' as well.</summary>
        public override bool IsPoolBusy => PoolIsBusy;

        public bool PoolIsBusy { get; init; }

        public void LeadWhile(Action action)
        {
            Leading = this;
            action();
            Leading = null;
        }

        public override bool TryDrive(IWaitTarget target, long deadlineMs) => false;

        public override void Interrupt()
        {
        }

        public override bool TryLinger(IWaitTarget target)
        {
            if (Script.TryDequeue(out Action? step))
                LeadWhile(step);
            Interlocked.Increment(ref Lingers);
            return target.IsDone;
        }

        public override void HandBack() => Interlocked.Increment(ref HandBacks);
    }
}
