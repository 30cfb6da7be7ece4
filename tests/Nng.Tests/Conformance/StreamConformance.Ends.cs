using System;
using System.IO;
using System.IO.Pipelines;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Conformance;

/// <content>Failures, with their exact counts, and the other faces.</content>
public abstract partial class StreamConformance
{
    [Fact]
    public async Task B7_The_end_of_the_stream_is_told_again_and_again()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        await a.WriteAsync("x"u8.ToArray());
        a.Close();
        Assert.Equal("x"u8.ToArray(), await ReadToEndAsync(b));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal((NngError.ConnectionShutdown, 0), Outcome(Submit(b.Receive, Aio.Infinite, new byte[1])));
            Assert.Equal(0, await b.ReadAsync(new byte[1]));
            TransferException failure =
                await Assert.ThrowsAsync<TransferException>(() => b.ReadExactlyAsync(new byte[1]).AsTask());
            Assert.Equal((NngError.ConnectionShutdown, 0), (failure.Error, failure.BytesTransferred));
        }
    }

    [Fact]
    public async Task R7_What_came_before_the_end_is_counted()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        byte[] buffer = new byte[10];
        Aio receive = Submit(b.ReceiveAll, Aio.Infinite, buffer);
        await a.WriteAsync("abc"u8.ToArray());
        a.Close();
        Assert.Equal((NngError.ConnectionShutdown, 3), Outcome(receive));
        Assert.Equal("abc"u8.ToArray(), buffer[..3]);
    }

    [Fact]
    public async Task B8_Close_ends_everything_pending_and_everything_later()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        Aio[] receives = [.. Enumerable.Range(0, 3).Select(_ => Submit(a.Receive, Aio.Infinite, new byte[1]))];
        ValueTask<int> read = a.ReadAsync(new byte[1]);
        a.Close();
        a.Close();
        Assert.All(receives, receive => Assert.Equal((NngError.Closed, 0), Outcome(receive)));
        Assert.Equal(NngError.Closed, (await Assert.ThrowsAsync<TransferException>(read.AsTask)).Error);
        Assert.Equal((NngError.Closed, 0), Outcome(Submit(a.Receive, Aio.Infinite, new byte[1])));
        Assert.Equal((NngError.Closed, 0), Outcome(Submit(a.Send, Aio.Infinite, new byte[1])));
        Assert.Equal(new TransferResult(NngError.Closed, 0), await a.TryWriteAsync(new byte[1]));
        Assert.Equal(
            NngError.Closed, (await Assert.ThrowsAsync<TransferException>(() => a.WriteAsync(new byte[1]).AsTask())).Error);
        Assert.True(a.IsClosed);
        Assert.Empty(await ReadToEndAsync(b));
    }

    [Fact]
    public async Task B9_A_timeout_of_zero_is_a_poll()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        Assert.Equal((NngError.TimedOut, 0), Outcome(Submit(b.Receive, 0, new byte[1])));
        Assert.Equal((NngError.None, 3), Outcome(Submit(a.Send, 0, "abc"u8.ToArray())));
        Assert.Equal((NngError.TimedOut, 0), Outcome(Submit(a.SendAll, 0, "abc"u8.ToArray())));
        byte[] buffer = new byte[3];
        Eventually.Equal((NngError.None, 3), () => Outcome(Submit(b.Receive, 0, buffer)));
        Assert.Equal("abc"u8.ToArray(), buffer);
    }

    [Fact]
    public async Task B10_A_receive_given_up_leaves_the_stream_usable()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        Assert.Equal((NngError.TimedOut, 0), Outcome(Submit(b.Receive, 5, new byte[1])));
        Aio abort = Submit(b.Receive, Aio.Infinite, new byte[1]);
        Aio behind = Submit(b.Receive, Aio.Infinite, new byte[1]);
        abort.Abort(NngError.Ambiguous);
        Assert.Equal((NngError.Ambiguous, 0), Outcome(abort));
        using var cancel = new CancellationTokenSource();
        Task<int> canceled = b.ReadAsync(new byte[1], cancel.Token).AsTask();
        cancel.Cancel();
        TransferCanceledException failure = await Assert.ThrowsAsync<TransferCanceledException>(() => canceled);
        Assert.Equal((0, cancel.Token), (failure.BytesTransferred, failure.CancellationToken));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => b.ReadAsync(new byte[1], cancel.Token).AsTask());

        await a.WriteAsync("xy"u8.ToArray());
        Assert.Equal((NngError.None, 1), Outcome(behind));
        Assert.Equal(1, await Eventually.Completes(b.ReadAsync(new byte[9]).AsTask()));
    }

    [Fact]
    public async Task W11_A_queued_write_that_is_cancelled_sends_nothing_and_disturbs_nobody()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        byte[] big = Pattern(StallBytes);
        Aio first = Submit(a.SendAll, Aio.Infinite, big);
        Aio second = Submit(a.SendAll, Aio.Infinite, new byte[1000]);
        Aio third = Submit(a.SendAll, Aio.Infinite, "end"u8.ToArray());
        Aio fourth = Submit(a.SendAll, 5, "late"u8.ToArray());
        second.Cancel();
        Assert.Equal((NngError.Canceled, 0), Outcome(second));
        Assert.Equal((NngError.TimedOut, 0), Outcome(fourth));
        Assert.True(first.IsBusy);
        byte[] received = new byte[big.Length + 3];
        await Eventually.Completes(b.ReadExactlyAsync(received).AsTask(), timeoutMs: 30_000);
        Assert.Equal((NngError.None, big.Length), Outcome(first));
        Assert.Equal((NngError.None, 3), Outcome(third));
        Assert.True(received.AsSpan(0, big.Length).SequenceEqual(big));
        Assert.Equal("end"u8.ToArray(), received[big.Length..]);
    }

    [Fact]
    public Task W10_A_deadline_amid_a_write_counts_exactly_what_the_peer_can_read() =>
        EndAmidAsync(NngError.TimedOut, 50, _ => { });

    [Fact]
    public Task W10_A_cancel_amid_a_write_counts_exactly_what_the_peer_can_read() =>
        EndAmidAsync(NngError.Canceled, Aio.Infinite, send => send.Cancel());

    [Fact]
    public async Task A_close_amid_a_write_counts_exactly_what_the_peer_can_read()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        Aio send = await StallAsync(a, b, Aio.Infinite);
        a.Close();
        (NngError error, long count) = Outcome(send);
        Assert.Equal(NngError.Closed, error);
        Assert.Equal(count, (await ReadToEndAsync(b)).Length);
    }

    [Fact]
    public virtual async Task A_reset_amid_a_write_is_told_and_the_count_is_a_prefix()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        Aio send = await StallAsync(a, b, Aio.Infinite);
        Aio queued = Submit(a.SendAll, Aio.Infinite, new byte[1]);
        // Closing with bytes unread is an abort.
        b.Close();
        (NngError error, long count) = Outcome(send);
        Assert.Equal(NngError.ConnectionReset, error);
        Assert.InRange(count, 1, StallBytes - 1);
        Assert.Equal((NngError.ConnectionReset, 0), Outcome(queued));
        Assert.Equal((NngError.ConnectionReset, 0), Outcome(Submit(a.SendAll, Aio.Infinite, new byte[1])));
    }

    [Fact]
    public async Task A_cancelled_task_tells_the_exact_count()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        using var cancel = new CancellationTokenSource();
        Task write = a.WriteAsync(new byte[StallBytes], cancel.Token).AsTask();
        Assert.Equal(1, await Eventually.Completes(b.ReadAsync(new byte[1]).AsTask()));
        cancel.Cancel();
        TransferCanceledException failure = await Assert.ThrowsAsync<TransferCanceledException>(() => write);
        TransferResult result = await a.TryWriteAsync(new byte[1], cancel.Token);
        Assert.Equal(new TransferResult(NngError.Canceled, 0), result);
        a.Close();
        Assert.Equal(failure.BytesTransferred, 1 + (await ReadToEndAsync(b)).Length);
    }

    [Fact]
    public async Task The_stream_adapter_copies_both_ways()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        byte[] all = Pattern(1_000_000);
        using Stream left = a.AsStream();
        using Stream right = b.AsStream();
        Task write = Task.Run(() =>
        {
            left.Write(all, 0, 500_000);
            left.Write(all.AsSpan(500_000));
            left.Flush();
        });
        byte[] half = new byte[500_000];
        await Eventually.Completes(Task.Run(() => right.ReadExactly(half)));
        byte[] rest = new byte[500_000];
        await right.ReadExactlyAsync(rest);
        await Eventually.Completes(write);
        Assert.Equal(all, (byte[])[.. half, .. rest]);
        left.Dispose();
        Assert.True(a.IsClosed);
        Assert.Equal(0, right.Read(new byte[1]));
        Assert.Equal(NngError.Closed, Assert.IsType<TransferException>(
            Assert.Throws<IOException>(() => left.Read(new byte[1])).InnerException).Error);
        Assert.Equal(0, await right.ReadAsync(new byte[1]));
        Assert.Throws<NotSupportedException>(() => right.Length);
        Assert.True(right is { CanRead: true, CanWrite: true, CanSeek: false });
    }

    [Fact]
    public async Task The_pipe_adapter_talks_both_ways_and_closes_when_both_ends_are_completed()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        IDuplexPipe left = a.AsDuplexPipe();
        await left.Output.WriteAsync("ping"u8.ToArray());
        byte[] got = new byte[4];
        await Eventually.Completes(b.ReadExactlyAsync(got).AsTask());
        Assert.Equal("ping"u8.ToArray(), got);
        await b.WriteAsync("pong!"u8.ToArray());
        ReadResult result = await Eventually.Completes(left.Input.ReadAtLeastAsync(5).AsTask());
        Assert.Equal(5, result.Buffer.Length);
        left.Input.AdvanceTo(result.Buffer.End);
        await left.Output.CompleteAsync();
        Assert.False(a.IsClosed);
        await left.Input.CompleteAsync();
        Assert.True(a.IsClosed);
    }

    [Fact]
    public async Task A_receive_that_waits_does_not_need_its_callers_context()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        SynchronizationContext? own = SynchronizationContext.Current;
        Aio receive;
        try
        {
            SynchronizationContext.SetSynchronizationContext(new BusyContext());
            receive = Submit(b.Receive, Aio.Infinite, new byte[1]);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(own);
        }

        await a.WriteAsync("x"u8.ToArray());
        Assert.Equal((NngError.None, 1), Outcome(receive));
    }

    private async Task EndAmidAsync(NngError expected, int timeoutMs, Action<Aio> end)
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        Aio send = await StallAsync(a, b, timeoutMs);
        end(send);
        (NngError error, long count) = Outcome(send);
        Assert.Equal(expected, error);
        Assert.InRange(count, 1, StallBytes - 1);
        a.Close();
        byte[] received = await ReadToEndAsync(b);
        Assert.Equal(count, received.Length);
        Assert.True(received.AsSpan().SequenceEqual(Pattern(StallBytes).AsSpan(0, received.Length)));
    }

    /// <summary>A write under way to a peer that does not read; some of it is out.</summary>
    protected async Task<Aio> StallAsync(NngStream a, NngStream b, int timeoutMs)
    {
        byte[] all = Pattern(StallBytes);
        // The peer's side shows that bytes are out, without taking any.
        Aio send = Submit(a.SendAll, timeoutMs, all.AsMemory(0, 100_000), all.AsMemory(100_000));
        await Eventually.TrueAsync(() => IsOut(send, b));
        return send;
    }

    /// <summary>A user interface whose thread waits.</summary>
    private sealed class BusyContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }

        public override void Send(SendOrPostCallback d, object? state) => throw new InvalidOperationException();
    }
}
