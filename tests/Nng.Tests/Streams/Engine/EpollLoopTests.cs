using System;
using System.Threading;
using Nng.Core;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>Who leads a loop: its own thread, or a thread that waits.</summary>
public sealed class EpollLoopTests
{
    private readonly OneLoop _engine = new();

    [Fact]
    public void A_driver_serves_the_loop_until_its_target_is_done()
    {
        using var pair = new ChannelPair(_engine);
        int driver = 0;
        pair.WaitReadable();
        pair.OnReadableHook = () => driver = Environment.CurrentManagedThreadId;
        var target = new Target(() => pair.Readable > 0);
        using var driving = new ManualResetEventSlim();
        target.OnLook = driving.Set;
        var sender = new Thread(() =>
        {
            driving.Wait();
            pair.Peer.Send("x"u8);
        });
        sender.Start();
        Assert.True(_engine.Loop.TryDrive(target, long.MaxValue));
        sender.Join();
        Assert.Equal(Environment.CurrentManagedThreadId, driver);
    }

    [Fact]
    public void The_loops_own_thread_takes_over_when_the_driver_is_gone()
    {
        using var pair = new ChannelPair(_engine);
        Assert.True(_engine.Loop.TryDrive(new Target(() => true), long.MaxValue));
        int thread = 0;
        pair.WaitReadable();
        pair.OnReadableHook = () => thread = Environment.CurrentManagedThreadId;
        pair.Peer.Send("x"u8);
        Eventually.Equal(1, () => pair.Readable);
        Assert.NotEqual(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public void A_lingering_thread_serves_the_loop_and_leaves_it_to_the_loops_own_thread()
    {
        using var pair = new ChannelPair(_engine);
        pair.WaitReadable();
        int thread = 0;
        pair.OnReadableHook = () => thread = Environment.CurrentManagedThreadId;
        var target = new Target(() => pair.Readable > 0);
        bool sent = false;
        target.OnLook = () =>
        {
            // Looked at by the leader, so nobody else leads when the byte comes.
            if (!sent)
                pair.Peer.Send("x"u8);
            sent = true;
        };
        // The policy passes over a chance that comes alone; these come in quick succession.
        for (int chance = 0; chance < 10_000 && !_engine.Loop.TryLinger(target); chance++)
        {
        }

        Assert.Equal(1, pair.Readable);
        Assert.Equal(Environment.CurrentManagedThreadId, thread);

        thread = 0;
        pair.Receive();
        pair.WaitReadable();
        _engine.Loop.HandBack();
        pair.Peer.Send("y"u8);
        Eventually.Equal(2, () => pair.Readable);
        Assert.NotEqual(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public void Lingering_in_vain_ends_by_itself()
    {
        using var pair = new ChannelPair(_engine);
        for (int i = 0; i < 20; i++)
            Assert.False(_engine.Loop.TryLinger(new Target(() => false)));
        pair.WaitReadable();
        pair.Peer.Send("x"u8);
        Eventually.Equal(1, () => pair.Readable);
    }

    [Fact]
    public void One_thread_drives_at_a_time()
    {
        using var driving = new ManualResetEventSlim();
        var done = new ManualResetEventSlim();
        var first = new Target(() => done.IsSet) { OnLook = driving.Set };
        var thread = new Thread(() => _engine.Loop.TryDrive(first, long.MaxValue));
        thread.Start();
        driving.Wait();
        Assert.False(_engine.Loop.TryDrive(new Target(() => false), long.MaxValue));
        done.Set();
        _engine.Loop.Interrupt();
        Assert.True(thread.Join(10_000));
        Assert.True(_engine.Loop.TryDrive(new Target(() => true), long.MaxValue));
    }

    [Fact]
    public void A_sleeping_driver_is_woken_by_an_interrupt()
    {
        for (int i = 0; i < 50; i++)
        {
            var done = new ManualResetEventSlim();
            using var looked = new ManualResetEventSlim();
            var target = new Target(() => done.IsSet) { OnLook = looked.Set };
            var thread = new Thread(() => _engine.Loop.TryDrive(target, long.MaxValue));
            thread.Start();
            looked.Wait();
            done.Set();
            _engine.Loop.Interrupt();
            Assert.True(thread.Join(10_000));
        }
    }

    [Fact]
    public void A_passed_deadline_ends_the_drive()
    {
        Assert.True(_engine.Loop.TryDrive(new Target(() => false), Clock.System.NowMs + 20));
        Assert.True(_engine.Loop.TryDrive(new Target(() => false), Clock.System.NowMs - 1));
    }

    [Fact]
    public void A_driver_that_waits_for_long_leaves_the_loop_to_its_own_thread()
    {
        using var pair = new ChannelPair(_engine);
        Assert.False(_engine.Loop.TryDrive(new Target(() => false), long.MaxValue));
        int thread = 0;
        pair.WaitReadable();
        pair.OnReadableHook = () => thread = Environment.CurrentManagedThreadId;
        pair.Peer.Send("x"u8);
        Eventually.Equal(1, () => pair.Readable);
        Assert.NotEqual(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public void An_interrupted_driver_leaves_the_loop_as_it_was()
    {
        using var pair = new ChannelPair(_engine);
        for (int i = 0; i < 3; i++)
        {
            // Now asked of the loop's own thread, which takes a moment, now of nobody.
            if (i != 1)
                _engine.Loop.HandBack();
            bool driven = true;
            Exception? later = null;
            var thread = new Thread(() =>
            {
                Thread.CurrentThread.Interrupt();
                driven = _engine.Loop.TryDrive(new Target(() => false), long.MaxValue);
                later = Record.Exception(() => Thread.Sleep(0));
            });
            thread.Start();
            Assert.True(thread.Join(10_000));
            Assert.False(driven);
            Assert.IsType<ThreadInterruptedException>(later);
            int before = pair.Readable;
            pair.WaitReadable();
            pair.Peer.Send("x"u8);
            Eventually.Equal(before + 1, () => pair.Readable);
            Assert.Equal(1, pair.Receive().Count);
        }
    }

    [Fact]
    public void An_interrupt_does_not_end_what_a_driver_does_for_others()
    {
        using var pair = new ChannelPair(_engine);
        var door = new Lock();
        bool entered = false;
        pair.OnReadableHook = () =>
        {
            lock (door)
                entered = true;
        };
        pair.WaitReadable();
        bool sent = false;
        bool driven = true;
        var target = new Target(() => false)
        {
            OnLook = () =>
            {
                // Looked at by the leader, so nobody else leads when the byte comes.
                if (!sent)
                    pair.Peer.Send("x"u8);
                sent = true;
            },
        };
        Exception? later = null;
        var thread = new Thread(() =>
        {
            driven = _engine.Loop.TryDrive(target, long.MaxValue);
            later = Record.Exception(() => Thread.Sleep(0));
        });
        lock (door)
        {
            thread.Start();
            Eventually.True(() => sent && (thread.ThreadState & ThreadState.WaitSleepJoin) != 0, "the wait");
            thread.Interrupt();
            Eventually.Stays(() => thread.IsAlive);
        }

        Assert.True(thread.Join(10_000));
        Assert.IsType<ThreadInterruptedException>(later);
        Assert.False(driven);
        Assert.True(entered, "the event is handled");
    }

    [Fact]
    public void Flushes_requested_while_nobody_leads_are_run()
    {
        using var pair = new ChannelPair(_engine);
        for (int i = 1; i <= 50; i++)
        {
            Assert.True(_engine.Loop.TryDrive(new Target(() => true), long.MaxValue));
            pair.Channel.RequestFlush();
            Eventually.Equal(i, () => pair.Flushed);
        }
    }

    [Fact]
    public void Leadership_changes_hands_without_losing_events()
    {
        using var pair = new ChannelPair(_engine);
        const int rounds = 3000;
        var echo = new Thread(() =>
        {
            byte[] one = new byte[1];
            for (int i = 0; i < rounds; i++)
            {
                if (pair.Peer.Receive(one) == 1)
                    pair.Peer.Send(one);
            }
        });
        echo.Start();
        var random = new Random(5);
        for (int i = 0; i < rounds; i++)
        {
            Assert.Equal(1, pair.Send(1).Count);
            int before = pair.Readable;
            while (pair.Receive().Error == NngError.TryAgain)
            {
                if (!pair.Channel.WaitReadable())
                    continue;
                int seen = before;
                // Now driven by this thread, now left to the loop's own.
                if (random.Next(2) == 0)
                    _engine.Loop.TryDrive(new Target(() => pair.Readable != seen), Clock.System.NowMs + 10_000);
                Eventually.True(() => pair.Readable != seen, $"echo {i} with the seed 5");
                before = pair.Readable;
            }
        }

        echo.Join();
    }

    [Fact]
    public void Many_drivers_at_once_each_get_their_answer()
    {
        var threads = new Thread[4];
        Exception? failure = null;
        for (int t = 0; t < threads.Length; t++)
        {
            threads[t] = new Thread(() =>
            {
                try
                {
                    Exchange();
                }
                catch (Exception e)
                {
                    failure = e;
                }
            });
            threads[t].Start();
        }

        foreach (Thread thread in threads)
            thread.Join();
        Assert.Null(failure);
    }

    private void Exchange()
    {
        using var pair = new ChannelPair(_engine);
        for (int i = 0; i < 500; i++)
        {
            int before = pair.WaitReadable();
            pair.Peer.Send("x"u8);
            var target = new Target(() => pair.Readable != before);
            while (!target.IsDone && _engine.Loop.TryDrive(target, Clock.System.NowMs + 1000))
            {
            }

            Eventually.True(() => target.IsDone, "the call");
            Assert.Equal(1, pair.Receive().Count);
        }
    }

    private sealed class Target(Func<bool> done) : IWaitTarget
    {
        public Action? OnLook { get; set; }

        public bool IsDone
        {
            get
            {
                OnLook?.Invoke();
                return done();
            }
        }
    }

    /// <summary>All channels on one loop.</summary>
    private sealed class OneLoop : IoEngine
    {
        public EpollLoop Loop { get; } = new();

        public override string Name => "one";

        public override IoChannel CreateChannel(System.Net.Sockets.Socket socket, bool connected) =>
            new EpollChannel(Loop, socket, connected);

        public override IoAcceptor CreateAcceptor(System.Net.Sockets.Socket listening) =>
            new EpollAcceptor(Loop, listening);
    }
}
