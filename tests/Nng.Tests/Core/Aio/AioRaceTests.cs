using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Core;

/// <summary>Bad orders of events around an operation, staged (core sheet, 2.2 and 2.8).</summary>
public sealed class AioRaceTests
{
    private static void Enter(ManualResetEventSlim signal) =>
        Assert.True(signal.Wait(Eventually.DefaultTimeoutMs), "the step was not reached");

    /// <summary>Begins an operation that waits until somebody cancels it.</summary>
    private static void Submit(Aio aio, Action<Aio, NngError> onCancel)
    {
        Assert.True(aio.Begin());
        Assert.Equal(NngError.None, aio.Defer((a, _, reason) => onCancel(a, reason), null));
    }

    private static Thread Started(Action action)
    {
        var thread = new Thread(() => action()) { IsBackground = true };
        thread.Start();
        return thread;
    }

    [Fact]
    public void An_expiry_that_comes_late_does_not_hit_the_next_operation()
    {
        var aio = new Aio();
        Submit(aio, (_, _) => Assert.Fail("the first operation is not cancelled"));
        aio.Finish(NngError.None);
        var reasons = new List<NngError>();
        Submit(aio, (a, reason) =>
        {
            reasons.Add(reason);
            a.Finish(reason);
        });
        aio.OnExpired(1);
        Assert.True(aio.IsBusy);
        aio.OnExpired(2);
        Assert.Equal([NngError.TimedOut], reasons);
        Assert.False(aio.IsBusy);
    }

    [Fact]
    public void A_completion_waits_for_the_cancel_call_that_is_under_way()
    {
        using var inside = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        int calls = 0;
        var aio = new Aio(_ => Interlocked.Increment(ref calls));
        Submit(aio, (_, _) =>
        {
            inside.Set();
            Enter(leave);
        });
        Thread canceling = Started(aio.Cancel);
        Enter(inside);
        aio.Finish(NngError.None, 7);
        Eventually.Stays(() => aio.IsBusy && Volatile.Read(ref calls) == 0);
        Assert.Throws<InvalidOperationException>(() => aio.Begin());
        leave.Set();
        canceling.Join();
        aio.Wait();
        Assert.Equal((NngError.None, 7L, 1), (aio.Result, aio.Count, calls));
    }

    [Fact]
    public void Callbacks_of_one_operation_object_do_not_overlap()
    {
        using var inside = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        int running = 0;
        int most = 0;
        int calls = 0;
        var aio = new Aio(a =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            if (Interlocked.Increment(ref calls) == 1)
            {
                a.Begin();
                a.Finish(NngError.None);
                inside.Set();
                Enter(leave);
            }

            Interlocked.Decrement(ref running);
        });
        aio.Begin();
        aio.Finish(NngError.None);
        Enter(inside);
        Eventually.Stays(() => Volatile.Read(ref calls) == 1);
        // The second operation has completed and has yet to be told: a third one would overwrite it.
        Assert.Throws<InvalidOperationException>(() => aio.Begin());
        leave.Set();
        aio.Wait();
        Assert.Equal((2, 1), (calls, most));
    }

    [Fact]
    public void Inline_completions_in_a_row_do_not_nest()
    {
        const int rounds = 100_000;
        int calls = 0;
        var aio = new Aio(
            a =>
            {
                if (++calls < rounds)
                {
                    a.Begin();
                    a.Finish(NngError.None);
                }
            },
            inline: true);
        aio.Begin();
        aio.Finish(NngError.None);
        Assert.Equal(rounds, calls);
        Assert.False(aio.IsBusy);
    }

    [Fact]
    public void Finishing_twice_throws_and_changes_nothing()
    {
        var aio = new Aio();
        Assert.Throws<InvalidOperationException>(() => aio.Finish(NngError.Busy));
        aio.Begin();
        aio.Finish(NngError.None, 3);
        Assert.Throws<InvalidOperationException>(() => aio.Finish(NngError.Busy));
        Assert.Equal((NngError.None, 3L, false), (aio.Result, aio.Count, aio.IsBusy));
    }

    [Fact]
    public void A_stop_between_begin_and_defer_is_a_close()
    {
        var aio = new Aio();
        aio.Begin();
        Thread stopping = Started(aio.Stop);
        Eventually.True(() => (stopping.ThreadState & ThreadState.WaitSleepJoin) != 0);
        Assert.Equal(NngError.Closed, aio.Defer((_, _, _) => Assert.Fail("not armed"), null));
        aio.Finish(NngError.Closed);
        stopping.Join();
        Assert.Equal(NngError.Closed, aio.Result);
        Assert.False(aio.Begin());
    }

    [Fact]
    public void A_stop_asks_a_provider_again_that_has_declined()
    {
        var reasons = new ConcurrentQueue<NngError>();
        var aio = new Aio();
        Submit(aio, (a, reason) =>
        {
            reasons.Enqueue(reason);
            if (reasons.Count == 2)
                a.Finish(reason);
        });
        aio.Abort(NngError.Interrupted);
        aio.Abort(NngError.Interrupted);
        Assert.Equal([NngError.Interrupted], reasons);
        aio.Stop();
        Assert.Equal([NngError.Interrupted, NngError.Canceled], reasons);
        Assert.Equal(NngError.Canceled, aio.Result);
    }

    [Fact]
    public void Disposing_ends_a_pending_operation_as_closed()
    {
        using var pull = new PullSocket();
        var aio = new Aio();
        pull.Receive(aio);
        aio.Dispose();
        Assert.Equal((NngError.Closed, false), (aio.Result, aio.IsBusy));
    }

    [Fact]
    public void A_callback_may_stop_its_own_operation_but_not_wait_for_it()
    {
        Exception? thrown = null;
        var aio = new Aio(a =>
        {
            thrown = Record.Exception(a.Wait);
            a.Stop();
        });
        aio.Sleep(0);
        aio.Wait();
        Assert.IsType<InvalidOperationException>(thrown);
        Assert.False(aio.Begin());
    }

    [Fact]
    public async Task A_second_await_throws_and_leaves_the_first_alone()
    {
        using var push = new PushSocket();
        using var pull = new PullSocket();
        push.Dial(pull.Listen(ScratchUrl.Inproc()).Url);
        ValueTask<Message> receive = pull.ReceiveAsync();
        Task<Message> first = receive.AsTask();
        Assert.Throws<InvalidOperationException>(() => receive.GetAwaiter().OnCompleted(() => { }));
        push.Send("m"u8);
        using (Message message = await Eventually.Completes(first))
            Assert.Equal(1, message.Length);
        Assert.Throws<InvalidOperationException>(() => receive.GetAwaiter().GetResult());
        Assert.Throws<InvalidOperationException>(() => receive.IsCompleted);
    }

    [Fact]
    public void A_result_is_not_there_before_the_completion()
    {
        using var pull = new PullSocket();
        using var stop = new CancellationTokenSource();
        ValueTask<Message> receive = pull.ReceiveAsync(stop.Token);
        Assert.Throws<InvalidOperationException>(() => receive.GetAwaiter().GetResult());
        stop.Cancel();
        Assert.True(receive.IsCanceled);
        Assert.Throws<OperationCanceledException>(() => receive.GetAwaiter().GetResult());
    }

    [Fact]
    public async Task The_execution_context_goes_with_the_continuation()
    {
        using var push = new PushSocket();
        using var pull = new PullSocket();
        push.Dial(pull.Listen(ScratchUrl.Inproc()).Url);
        var local = new AsyncLocal<string?> { Value = "mine" };
        var seen = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        ValueTask<Message> receive = pull.ReceiveAsync();
        receive.GetAwaiter().OnCompleted(() =>
        {
            receive.GetAwaiter().GetResult().Dispose();
            seen.SetResult(local.Value);
        });
        local.Value = "other";
        push.Send("m"u8);
        Assert.Equal("mine", await Eventually.Completes(seen.Task));
        Assert.Equal("other", local.Value);
    }

    [Fact]
    public void Operations_of_a_list_complete_in_its_order()
    {
        var order = new List<int>();
        var list = default(CompletionList);
        for (int i = 0; i < 5; i++)
        {
            int number = i;
            var aio = new Aio(_ => order.Add(number), inline: true);
            aio.Begin();
            list.Add(aio, NngError.None);
        }

        list.Run();
        Assert.Equal([0, 1, 2, 3, 4], order);
        list.Run();
        Assert.Equal(5, order.Count);
    }

    [Theory]
    [InlineData("inproc")]
    [InlineData("tcp")]
    [InlineData("ipc")]
    public void An_interrupted_thread_leaves_no_receive_behind(string scheme)
    {
        using var push = new PushSocket();
        using var pull = new PullSocket();
        push.Dial(pull.Listen(ScratchUrl.For(scheme)).Url);
        Exception? failure = null;
        Exception? later = null;
        Thread blocked = Started(() =>
        {
            failure = Record.Exception(() => pull.Receive());
            later = Record.Exception(() => Thread.Sleep(0));
        });
        Eventually.True(() => (blocked.ThreadState & ThreadState.WaitSleepJoin) != 0);
        blocked.Interrupt();
        blocked.Join();
        Assert.Equal(NngError.Canceled, Assert.IsType<NngException>(failure).Error);
        Assert.IsType<ThreadInterruptedException>(later);
        push.Send("m"u8);
        using Message message = pull.Receive(TimeSpan.FromSeconds(10));
        Assert.Equal(1, message.Length);
    }

    [Theory]
    [InlineData("inproc")]
    [InlineData("tcp")]
    [InlineData("ipc")]
    public void An_interrupt_that_is_pending_ends_each_receive_and_nothing_else(string scheme)
    {
        using var push = new PushSocket();
        using var pull = new PullSocket();
        push.Dial(pull.Listen(ScratchUrl.For(scheme)).Url);
        var failures = new List<Exception?>();
        Thread blocked = Started(() =>
        {
            Thread.CurrentThread.Interrupt();
            for (int i = 0; i < 3; i++)
                failures.Add(Record.Exception(() => pull.Receive()));
            failures.Add(Record.Exception(() => Thread.Sleep(0)));
        });
        Assert.True(blocked.Join(Eventually.DefaultTimeoutMs), "no receive hangs");
        Assert.All(failures[..3], f => Assert.Equal(NngError.Canceled, Assert.IsType<NngException>(f).Error));
        Assert.IsType<ThreadInterruptedException>(failures[3]);
        for (int i = 0; i < 10; i++)
        {
            push.Send("m"u8);
            using Message message = pull.Receive(TimeSpan.FromSeconds(10));
            Assert.Equal(1, message.Length);
        }
    }

    /// <summary>Pooled operations live on under load: each message comes out once, whatever ends the receives.</summary>
    [Fact]
    public async Task Timeouts_cancels_and_deliveries_race_without_loss_or_repeat()
    {
        const int count = 4000;
        const int seed = 20_240_611;
        using var push = new PushSocket(new SocketOptions { SendTimeout = TimeSpan.FromSeconds(30) });
        using var pull = new PullSocket { ReceiveTimeout = TimeSpan.FromMilliseconds(1) };
        push.Dial(pull.Listen(ScratchUrl.Inproc()).Url);
        var seen = new ConcurrentQueue<int>();
        Task[] receivers = [.. Enumerable.Range(0, 4).Select(n => Task.Run(() => ReceiveAsync(new Random(seed + n))))];
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            await push.SendAsync(BitConverter.GetBytes(i));
            if (random.Next(8) == 0)
                await Task.Yield();
        }

        await Eventually.Completes(Task.WhenAll(receivers), $"all messages received (seed {seed})", 60_000);
        Assert.Equal(Enumerable.Range(0, count), seen.Order());

        async Task ReceiveAsync(Random mine)
        {
            while (seen.Count < count)
            {
                using var stop = new CancellationTokenSource();
                ValueTask<Message> receive = pull.ReceiveAsync(stop.Token);
                Task canceling = mine.Next(3) == 0 ? Task.Run(stop.Cancel) : Task.CompletedTask;
                try
                {
                    using Message message = await receive;
                    seen.Enqueue(BitConverter.ToInt32(message.Body));
                }
                catch (OperationCanceledException)
                {
                    // The message stays for another receive.
                }
                catch (NngException late)
                {
                    Assert.Equal(NngError.TimedOut, late.Error);
                }

                await canceling;
            }
        }
    }
}
