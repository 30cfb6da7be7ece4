using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Nng.Http;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Conformance;

/// <content>Writes that fail: which error, how many bytes exactly, and what becomes of the connection.</content>
public abstract partial class HttpConnectionConformance
{
    /// <summary>Once written, bytes reach the peer even when the connection is closed right behind.</summary>
    protected virtual bool DeliversAfterClose => true;

    /// <summary>The peer can end its sending alone.</summary>
    protected virtual bool HasHalfClose => true;

    [Fact]
    public async Task HS010_An_entry_whose_memory_is_gone_is_refused_and_nothing_is_sent()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        var gone = new GoneMemory(new ObjectDisposedException("memory"));
        Assert.Equal((NngError.InvalidArgument, 0), Outcome(Submit(connection.WriteAll, gone.Memory)));
        Assert.Equal((NngError.InvalidArgument, 0), Outcome(Submit(connection.WriteAll, "x"u8.ToArray(), gone.Memory)));
        await AssertAliveAsync(connection, peer);
    }

    [Fact]
    public async Task HS051_Memory_that_cannot_be_had_before_the_first_byte_harms_nobody()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        var none = new GoneMemory(new OutOfMemoryException());
        Assert.Equal((NngError.OutOfMemory, 0), Outcome(Submit(connection.WriteAll, none.Memory)));
        await AssertAliveAsync(connection, peer);
    }

    [Fact]
    public async Task HS013_053_A_cancelled_write_reports_exactly_what_the_peer_can_read()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio write = Submit(connection.WriteAll, Big);
        AwaitBlocked(write);
        write.Cancel();
        long count = Partial(NngError.Canceled, Big.Length, write);
        AssertDead(connection, NngError.Canceled);
        await AssertReceivedAsync(count, peer);
    }

    [Fact]
    public async Task HS014_040_A_deadline_ends_a_write_with_an_exact_count_that_stays()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio write = SubmitFor(50, connection.WriteAll, Big);
        long count = Partial(NngError.TimedOut, Big.Length, write);
        AssertDead(connection, NngError.TimedOut);
        await AssertReceivedAsync(count, peer);
        for (int i = 0; i < 5; i++)
            Assert.Equal(count, write.Count);
        (HttpConnection other, NngStream otherPeer) = await ConnectAsync();
        write.TimeoutMs = Aio.Infinite;
        other.WriteAll(write);
        Assert.Equal(0, write.Count);
        Assert.Equal(Big, await BytesAsync(otherPeer, Big.Length));
        Eventually.Equal(Big.Length, () => write.Count);
    }

    [Fact]
    public async Task HS015_Without_time_nothing_is_tried_and_nothing_is_harmed()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Assert.Equal((NngError.TimedOut, 0), Outcome(SubmitFor(0, connection.WriteAll, "never"u8.ToArray())));
        Assert.Equal((NngError.TimedOut, 0), Outcome(SubmitFor(0, connection.Write, "never"u8.ToArray())));
        Assert.Equal((NngError.TimedOut, 0), Outcome(SubmitFor(0, connection.Read, new byte[5])));
        await AssertAliveAsync(connection, peer);
    }

    [Fact]
    public async Task HS047_A_deadline_in_the_past_is_no_time_at_all()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio write = Counted();
        write.SetVector((ReadOnlyMemory<byte>[])["never"u8.ToArray()]);
        write.SetExpire(Aio.NowMs - 1000);
        connection.WriteAll(write);
        Assert.Equal((NngError.TimedOut, 0), Outcome(write));
        await AssertAliveAsync(connection, peer);
    }

    [Fact]
    public async Task HS018_A_cancel_in_flight_ends_those_behind_too_and_in_order()
    {
        (HttpConnection connection, _) = await ConnectAsync();
        var ended = new List<(string Name, NngError Error, bool Some)>();
        Aio[] writes = [.. new[] { "A", "B", "C" }.Select(name =>
        {
            var aio = new Aio(aio => ended.Add((name, aio.Result, aio.Count > 0)), inline: true);
            aio.SetVector((ReadOnlyMemory<byte>[])[name == "A" ? Big : new byte[5]]);
            connection.WriteAll(aio);
            return aio;
        })];
        AwaitBlocked(writes[0]);
        writes[0].Cancel();
        Eventually.True(() => writes.All(write => !write.IsBusy));
        Assert.Equal(
            [("A", NngError.Canceled, true), ("B", NngError.Closed, false), ("C", NngError.Closed, false)], ended);
        Assert.InRange(writes[0].Count, 1, Big.Length - 1);
    }

    [Fact]
    public async Task HS019_An_abort_ends_a_write_with_its_own_reason()
    {
        (HttpConnection connection, _) = await ConnectAsync();
        Aio write = Submit(connection.WriteAll, Big);
        AwaitBlocked(write);
        write.Abort(NngError.Protocol);
        Partial(NngError.Protocol, Big.Length, write);
        AssertDead(connection, NngError.Protocol);
    }

    [Fact]
    public async Task HS020_A_reset_by_the_peer_amid_the_bytes()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio write = Submit(connection.WriteAll, Big);
        _ = await BytesAsync(peer, 100_000);
        Reset(peer);
        Assert.InRange(Partial(NngError.ConnectionReset, Big.Length, write), 100_000, Big.Length - 1);
        AssertDead(connection, NngError.ConnectionReset);
    }

    [Fact]
    public async Task HS021_A_peer_that_only_stops_sending_gets_everything()
    {
        if (!HasHalfClose)
            return;
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        peer.Socket.Shutdown(SocketShutdown.Send);
        Aio write = Submit(connection.WriteAll, Big);
        Assert.Equal(Big, await BytesAsync(peer, Big.Length));
        Assert.Equal((NngError.None, Big.Length), Outcome(write));
    }

    [Fact]
    public async Task HS022_A_peer_that_closes_amid_the_bytes()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio write = Submit(connection.WriteAll, Big);
        _ = await BytesAsync(peer, 1000);
        peer.Close();
        Assert.InRange(Partial(NngError.ConnectionReset, Big.Length, write), 1000, Big.Length - 1);
        AssertDead(connection, NngError.ConnectionReset);
    }

    [Fact]
    public async Task HS023_A_close_from_another_thread_amid_the_bytes()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio write = Submit(connection.WriteAll, Big);
        AwaitBlocked(write);
        await Eventually.Completes(Task.Run(connection.Close));
        long count = Partial(NngError.Closed, Big.Length, write);
        AssertDead(connection, NngError.Closed);
        await AssertReceivedAsync(count, peer);
    }

    [Fact]
    public async Task HS024_A_closed_connection_refuses_but_never_in_the_call()
    {
        (HttpConnection connection, _) = await ConnectAsync();
        connection.Dispose();
        connection.Dispose();
        int caller = Environment.CurrentManagedThreadId;
        bool submitting = true;
        bool inside = false;
        using var aio = new Aio(_ => inside = submitting && Environment.CurrentManagedThreadId == caller);
        connection.WriteAll(aio);
        submitting = false;
        aio.Wait();
        Assert.False(inside);
        Assert.Equal((NngError.Closed, 0), (aio.Result, aio.Count));
        var failure = await Assert.ThrowsAsync<TransferException>(() => connection.WriteAllAsync(new byte[1]).AsTask());
        Assert.Equal(NngError.Closed, failure.Error);
    }

    [Fact]
    public async Task HS034_Memory_may_be_changed_as_soon_as_the_cancelled_write_has_ended()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        byte[] bytes = new byte[32 << 20];
        using var write = new Aio(_ => bytes.AsSpan().Fill(0xff));
        write.SetVector((ReadOnlyMemory<byte>[])[bytes]);
        connection.WriteAll(write);
        AwaitBlocked(write);
        write.Cancel();
        write.Wait();
        Assert.Equal(NngError.Canceled, write.Result);
        byte[] received = await DrainAsync(peer);
        Assert.Equal(-1, received.AsSpan().IndexOf((byte)0xff));
    }

    [Fact]
    public async Task HS037_A_stopped_aio_ends_with_its_count_and_takes_nothing_more()
    {
        (HttpConnection connection, _) = await ConnectAsync();
        bool called = false;
        var write = new Aio(_ => called = true);
        write.SetVector((ReadOnlyMemory<byte>[])[Big]);
        connection.WriteAll(write);
        AwaitBlocked(write);
        write.Stop();
        Assert.True(called);
        Assert.Equal(NngError.Canceled, write.Result);
        Assert.InRange(write.Count, 1, Big.Length - 1);
        (HttpConnection other, NngStream peer) = await ConnectAsync();
        other.WriteAll(write);
        write.Wait();
        Assert.Equal(NngError.Canceled, write.Result);
        await AssertAliveAsync(other, peer);
    }

    [Fact]
    public async Task HS038_A_disposed_aio_ends_and_the_connection_with_it()
    {
        (HttpConnection connection, _) = await ConnectAsync();
        Aio write = Submit(connection.WriteAll, Big);
        AwaitBlocked(write);
        write.Dispose();
        Partial(NngError.Closed, Big.Length, write);
        AssertDead(connection, NngError.Closed);
    }

    [Fact]
    public async Task HS039_A_close_ends_everything_pending_as_closed()
    {
        (HttpConnection connection, _) = await ConnectAsync();
        Aio[] writes = [.. Enumerable.Range(0, 4).Select(_ => Submit(connection.WriteAll, Big))];
        Aio[] reads = [.. Enumerable.Range(0, 3).Select(_ => Submit(connection.ReadAll, new byte[10]))];
        AwaitBlocked(writes[0]);
        connection.Close();
        Partial(NngError.Closed, Big.Length, writes[0]);
        Assert.All(writes[1..].Concat(reads), aio => Assert.Equal((NngError.Closed, 0), Outcome(aio)));
    }

    [Fact]
    public async Task HS041_A_request_without_target_is_refused_and_nothing_is_sent()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio write = Counted();
        connection.WriteRequest(new HttpRequest(), write);
        Assert.Equal((NngError.InvalidArgument, 0), Outcome(write));
        await AssertAliveAsync(connection, peer);
    }

    [Fact]
    public async Task HS048_A_deadline_holds_in_spite_of_progress()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        // Far more than can be read in that time.
        ReadOnlyMemory<byte>[] vector = [.. Enumerable.Repeat(new ReadOnlyMemory<byte>(Big), 256)];
        Aio write = SubmitFor(100, connection.WriteAll, vector);
        var buffer = new byte[64 * 1024];
        while (write.IsBusy)
            await peer.TryReadExactlyAsync(buffer);
        Partial(NngError.TimedOut, 256L * Big.Length, write);
    }

    [Fact]
    public async Task HS052_A_token_cancelled_before_the_call_does_nothing()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        var token = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.WriteAllAsync(new byte[5], token).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.WriteAsync(new byte[5], token).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.ReadAsync(new byte[5], token).AsTask());
        Assert.Equal(new TransferResult(NngError.Canceled, 0), await connection.TryWriteAllAsync(new byte[5], token));
        await AssertAliveAsync(connection, peer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HS053_The_awaitable_face_carries_the_count(bool withoutExceptions)
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        using var cancel = new CancellationTokenSource();
        long count;
        if (withoutExceptions)
        {
            Task<TransferResult> write = connection.TryWriteAllAsync(Big, cancel.Token).AsTask();
            Eventually.Stays(() => !write.IsCompleted);
            await cancel.CancelAsync();
            TransferResult result = await Eventually.Completes(write);
            Assert.Equal(NngError.Canceled, result.Error);
            count = result.Count;
        }
        else
        {
            Task write = connection.WriteAllAsync(Big, cancel.Token).AsTask();
            Eventually.Stays(() => !write.IsCompleted);
            await cancel.CancelAsync();
            count = (await Assert.ThrowsAsync<TransferCanceledException>(() => Eventually.Completes(write))).BytesTransferred;
        }

        Assert.InRange(count, 1, Big.Length - 1);
        await AssertReceivedAsync(count, peer);
    }

    [Fact]
    public async Task HS053_The_write_timeout_of_the_connection_holds_for_awaited_writes()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        connection.WriteTimeout = TimeSpan.FromMilliseconds(50);
        var failure = await Assert.ThrowsAsync<TransferException>(
            () => Eventually.Completes(connection.WriteAllAsync(Big).AsTask()));
        Assert.Equal(NngError.TimedOut, failure.Error);
        await AssertReceivedAsync(failure.BytesTransferred, peer);
    }

    [Fact]
    public async Task HS054_Cancelling_an_idle_or_finished_aio_has_no_effect()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        using var aio = new Aio();
        aio.SetVector((ReadOnlyMemory<byte>[])["abc"u8.ToArray()]);
        for (int i = 0; i < 2; i++)
        {
            aio.Cancel();
            connection.WriteAll(aio);
            aio.Wait();
            aio.Cancel();
            Assert.Equal((NngError.None, 3), (aio.Result, aio.Count));
            Assert.Equal("abc", await TextAsync(peer, 3));
        }
    }

    [Fact]
    public async Task HS055_A_refused_response_ends_the_write_under_way()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio read = Counted();
        connection.ReadResponse(new HttpResponse(), read);
        Aio write = Submit(connection.WriteAll, Big);
        AwaitBlocked(write);
        Send(peer, "this is not a response\r\n");
        Assert.Equal((NngError.Protocol, 0), Outcome(read));
        Partial(NngError.Closed, Big.Length, write);
        AssertDead(connection, NngError.Protocol);
        Assert.Equal(HttpRefusal.VersionMalformed, connection.Refusal);
    }

    /// <summary>The peer can read the prefix that was reported, and not a byte more.</summary>
    private async Task AssertReceivedAsync(long count, NngStream peer)
    {
        byte[] received = await DrainAsync(peer);
        Assert.True(received.AsSpan().SequenceEqual(Big.AsSpan(0, received.Length)));
        if (DeliversAfterClose)
            Assert.Equal(count, received.Length);
        else
            Assert.InRange(received.Length, 0, count);
    }
}
