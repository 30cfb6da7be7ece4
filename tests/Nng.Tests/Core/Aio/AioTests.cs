using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Core;

/// <summary>The operation object (core sheet, section 2).</summary>
public sealed class AioTests
{
    private static readonly ReadOnlyMemory<byte> s_byte = new byte[1];

    [Fact]
    public void A_sleep_ends_with_success_and_not_early()
    {
        int calls = 0;
        var aio = new Aio(_ => Interlocked.Increment(ref calls));
        var clock = Stopwatch.StartNew();
        aio.Sleep(50);
        Assert.True(aio.IsBusy);
        aio.Wait();
        Assert.False(aio.IsBusy);
        Assert.Equal((1, NngError.None), (calls, aio.Result));
        Assert.True(clock.ElapsedMilliseconds >= 49);
    }

    [Theory]
    [InlineData(20, 2000, NngError.TimedOut)]
    [InlineData(2000, 20, NngError.None)]
    [InlineData(0, 10, NngError.TimedOut)]
    [InlineData(Aio.Infinite, 1, NngError.None)]
    [InlineData(Aio.DefaultTimeout, -5, NngError.None)]
    public void A_shorter_timeout_cuts_a_sleep(int timeoutMs, int sleepMs, NngError expected)
    {
        var aio = new Aio { TimeoutMs = timeoutMs };
        aio.Sleep(sleepMs);
        aio.Wait();
        Assert.Equal(expected, aio.Result);
    }

    [Fact]
    public void A_timed_receive_after_a_sleep_times_out_as_such()
    {
        using var pull = new PullSocket();
        var aio = new Aio();
        aio.Sleep(1);
        aio.Wait();
        aio.TimeoutMs = 10;
        pull.Receive(aio);
        aio.Wait();
        Assert.Equal((NngError.TimedOut, null), (aio.Result, aio.Message));
    }

    [Fact]
    public void The_default_timeout_stays_default()
    {
        using var first = new PullSocket { ReceiveTimeout = TimeSpan.FromMilliseconds(10) };
        using var second = new PullSocket();
        var aio = new Aio();
        first.Receive(aio);
        aio.Wait();
        Assert.Equal((NngError.TimedOut, Aio.DefaultTimeout), (aio.Result, aio.TimeoutMs));
        second.Receive(aio);
        aio.Cancel();
        aio.Wait();
        Assert.Equal(NngError.Canceled, aio.Result);
    }

    [Fact]
    public void An_absolute_deadline_holds_for_one_operation()
    {
        using var pull = new PullSocket();
        var aio = new Aio();
        aio.SetExpire(Aio.NowMs + 20);
        pull.Receive(aio);
        aio.Wait();
        Assert.Equal(NngError.TimedOut, aio.Result);
        pull.Receive(aio);
        aio.Cancel();
        aio.Wait();
        Assert.Equal(NngError.Canceled, aio.Result);
    }

    [Fact]
    public void A_provider_is_asked_once_and_finishes()
    {
        var asked = new List<NngError>();
        int calls = 0;
        var aio = new Aio(_ => Interlocked.Increment(ref calls));
        Assert.True(aio.Begin());
        Assert.Equal(NngError.None, aio.Defer(
            (a, state, reason) =>
            {
                Assert.Equal("state", state);
                asked.Add(reason);
                a.Finish(reason);
            },
            "state"));
        aio.Cancel();
        aio.Abort(NngError.Busy);
        aio.Wait();
        Assert.Equal([NngError.Canceled], asked);
        Assert.Equal((NngError.Canceled, 1), (aio.Result, calls));
    }

    [Fact]
    public void An_abort_between_begin_and_defer_fails_the_defer()
    {
        var aio = new Aio();
        aio.Begin();
        aio.Abort(NngError.Interrupted);
        Assert.Equal(NngError.Interrupted, aio.Defer((_, _, _) => Assert.Fail("not armed"), null));
        aio.Finish(NngError.Interrupted);
        Assert.Equal(NngError.Interrupted, aio.Result);
    }

    [Fact]
    public void A_zero_timeout_refuses_to_wait_but_not_to_complete()
    {
        var aio = new Aio { TimeoutMs = 0 };
        aio.Begin();
        Assert.Equal(NngError.TimedOut, aio.Defer((_, _, _) => { }, null));
        aio.Finish(NngError.TimedOut);
        aio.Begin();
        aio.Finish(NngError.None, 5);
        Assert.Equal((NngError.None, 5L), (aio.Result, aio.Count));
    }

    [Fact]
    public void An_abort_of_an_idle_operation_is_forgotten_and_changes_no_result()
    {
        var aio = new Aio();
        aio.Begin();
        aio.Finish(NngError.None);
        aio.Abort(NngError.Busy);
        Assert.Equal(NngError.None, aio.Result);
        aio.Begin();
        Assert.Equal(NngError.None, aio.Defer((a, _, reason) => a.Finish(reason), null));
        aio.Cancel();
        Assert.Equal(NngError.Canceled, aio.Result);
    }

    [Fact]
    public void A_stopped_operation_refuses_everything()
    {
        using var push = new PushSocket();
        int calls = 0;
        var aio = new Aio(_ => calls++) { Message = new Message() };
        aio.Stop();
        push.Send(aio);
        aio.Sleep(1);
        Assert.Equal((NngError.Canceled, 0), (aio.Result, calls));
        Assert.NotNull(aio.Message);
    }

    [Fact]
    public void Stop_waits_for_the_callback()
    {
        bool done = false;
        using var entered = new ManualResetEventSlim();
        var aio = new Aio(_ =>
        {
            entered.Set();
            Thread.SpinWait(100_000);
            Volatile.Write(ref done, true);
        });
        aio.Sleep(0);
        entered.Wait();
        aio.Stop();
        Assert.True(Volatile.Read(ref done));
    }

    [Fact]
    public void A_callback_may_resubmit_and_dispose()
    {
        int calls = 0;
        Aio? aio = null;
        aio = new Aio(a =>
        {
            if (Interlocked.Increment(ref calls) < 3)
                a.Sleep(1);
            else
                a.Dispose();
        });
        aio.Sleep(1);
        aio.Wait();
        Assert.Equal(3, calls);
    }

    [Fact]
    public void Submitting_while_busy_throws()
    {
        var aio = new Aio();
        aio.Sleep(10_000);
        Assert.Throws<InvalidOperationException>(() => aio.Sleep(1));
        aio.Cancel();
        aio.Wait();
        Assert.Equal(NngError.Canceled, aio.Result);
    }

    [Fact]
    public void Sending_nothing_is_an_invalid_argument_even_on_a_closed_socket()
    {
        var push = new PushSocket();
        push.Dispose();
        var aio = new Aio();
        push.Send(aio);
        aio.Wait();
        Assert.Equal(NngError.InvalidArgument, aio.Result);
    }

    [Fact]
    public void Slots_have_their_limits()
    {
        var aio = new Aio();
        Assert.Equal(NngError.InvalidArgument, aio.SetInput(4, 1));
        Assert.Equal(NngError.None, aio.SetInput(3, "i"));
        Assert.Equal(("i", null), ((string?)aio.GetInput(3), aio.GetInput(9)));
        Assert.Equal(NngError.None, aio.SetOutput(0, "o"));
        aio.Begin();
        aio.Finish(NngError.None);
        Assert.Null(aio.GetOutput(0));
        var eight = new ReadOnlyMemory<byte>[8];
        Array.Fill(eight, s_byte);
        Assert.Equal(NngError.None, aio.TrySetVector(eight));
        Assert.Equal(NngError.InvalidArgument, aio.TrySetVector(new ReadOnlyMemory<byte>[9]));
        Assert.Equal(8, aio.Vector.Count);
        aio.SetVector(new ReadOnlyMemory<byte>[1024]);
        Assert.Equal(1024, aio.Vector.Count);
    }

    [Fact]
    public async Task A_cancelled_receive_loses_no_message()
    {
        using var push = new PushSocket();
        using var pull = new PullSocket();
        push.Dial(pull.Listen(ScratchUrl.Inproc()).Url);
        using var stop = new CancellationTokenSource();
        Task<Message> receive = pull.ReceiveAsync(stop.Token).AsTask();
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receive);
        push.Send("m"u8);
        using Message message = pull.Receive(TimeSpan.FromSeconds(10));
        Assert.Equal(1, message.Length);
    }

    [Fact]
    public async Task Cancels_and_deliveries_race_without_loss()
    {
        const int count = 3000;
        using var push = new PushSocket(new SocketOptions { SendTimeout = TimeSpan.FromSeconds(30) });
        using var pull = new PullSocket();
        push.Dial(pull.Listen(ScratchUrl.Inproc()).Url);
        Task sending = Task.Run(async () =>
        {
            for (int i = 0; i < count; i++)
                await push.SendAsync(BitConverter.GetBytes(i));
        });
        int next = 0;
        while (next < count)
        {
            using var stop = new CancellationTokenSource();
            ValueTask<Message> receive = pull.ReceiveAsync(stop.Token);
            _ = Task.Run(stop.Cancel);
            try
            {
                using Message message = await receive;
                Assert.Equal(next++, BitConverter.ToInt32(message.Body));
            }
            catch (OperationCanceledException)
            {
                // The message stays for the next receive.
            }
        }

        await Eventually.Completes(sending);
    }

    [Fact]
    public async Task Continuations_keep_their_synchronization_context()
    {
        using var pull = new PullSocket();
        using var push = new PushSocket();
        push.Dial(pull.Listen(ScratchUrl.Inproc()).Url);
        var context = new CountingContext();
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        Task<Message> receive;
        try
        {
            receive = AwaitAsync(pull);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        push.Send("x"u8);
        (await receive).Dispose();
        Assert.Equal(1, context.Posts);

        static async Task<Message> AwaitAsync(PullSocket pull) => await pull.ReceiveAsync();
    }

    private sealed class CountingContext : SynchronizationContext
    {
        public int Posts { get; private set; }

        public override void Post(SendOrPostCallback d, object? state)
        {
            Posts++;
            ThreadPool.QueueUserWorkItem(_ => d(state));
        }
    }
}
