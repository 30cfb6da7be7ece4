using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Nng.Http;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Conformance;

/// <content>Writes that succeed, and the order of writes.</content>
public abstract partial class HttpConnectionConformance
{
    [Fact]
    public async Task HS001_One_entry_is_written_and_counted()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Assert.Equal((NngError.None, 13), Outcome(Submit(connection.WriteAll, "Hello, World!"u8.ToArray())));
        Assert.Equal("Hello, World!", await TextAsync(peer, 13));
        await AssertAliveAsync(connection, peer);
    }

    [Fact]
    public async Task HS002_A_write_to_a_peer_that_does_not_read_returns_at_once_and_waits()
    {
        (HttpConnection connection, _) = await ConnectAsync();
        Aio write = Submit(connection.WriteAll, Big);
        AwaitBlocked(write);
        Assert.True(write.IsBusy);
    }

    [Fact]
    public async Task HS003_The_callback_never_runs_in_the_submitting_call()
    {
        (HttpConnection connection, _) = await ConnectAsync();
        for (int i = 0; i < 50; i++)
        {
            bool submitting = true;
            bool inside = false;
            int submitter = Environment.CurrentManagedThreadId;
            using var aio = new Aio(_ => inside = submitting && Environment.CurrentManagedThreadId == submitter);
            aio.SetVector((ReadOnlyMemory<byte>[])[new byte[1]]);
            connection.WriteAll(aio);
            submitting = false;
            aio.Wait();
            Assert.False(inside);
        }
    }

    [Fact]
    public async Task HS004_Entries_are_sent_in_the_order_of_their_indexes()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        byte[] bytes = Pattern(87);
        int at = 0;
        ReadOnlyMemory<byte>[] vector =
            [.. new[] { 1, 2, 3, 5, 8, 13, 21, 34 }.Select(n => new ReadOnlyMemory<byte>(bytes, (at += n) - n, n))];
        Assert.Equal((NngError.None, 87), Outcome(Submit(connection.WriteAll, vector)));
        Assert.Equal(bytes, await BytesAsync(peer, 87));
    }

    [Fact]
    public async Task HS005_Entries_without_bytes_are_legal_anywhere()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio write = Submit(connection.WriteAll, default, "abc"u8.ToArray(), default, "de"u8.ToArray(), default);
        Assert.Equal((NngError.None, 5), Outcome(write));
        Assert.Equal("abcde", await TextAsync(peer, 5));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    public async Task HS006_007_A_vector_without_bytes_succeeds_and_sends_nothing(int entries)
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Assert.Equal((NngError.None, 0), Outcome(Submit(connection.WriteAll, new ReadOnlyMemory<byte>[entries])));
        Assert.Equal((NngError.None, 0), Outcome(Submit(connection.Write, new ReadOnlyMemory<byte>[entries])));
        await AssertAliveAsync(connection, peer);
    }

    [Fact]
    public async Task HS008_A_vector_of_nine_entries_is_refused_and_the_earlier_one_stays()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio aio = Counted();
        Assert.Equal(NngError.None, aio.TrySetVector([new ReadOnlyMemory<byte>("one"u8.ToArray())]));
        Assert.Equal(NngError.InvalidArgument, aio.TrySetVector(new ReadOnlyMemory<byte>[9]));
        connection.WriteAll(aio);
        Assert.Equal((NngError.None, 3), Outcome(aio));
        Assert.Equal("one", await TextAsync(peer, 3));
    }

    [Fact]
    public async Task HS016_A_queued_write_times_out_alone()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio a = Submit(connection.WriteAll, Big);
        Aio b = SubmitFor(20, connection.WriteAll, "never"u8.ToArray());
        Assert.Equal((NngError.TimedOut, 0), Outcome(b));
        Assert.True(a.IsBusy);
        Assert.Equal(Big, await BytesAsync(peer, Big.Length));
        Assert.Equal((NngError.None, Big.Length), Outcome(a));
        await AssertAliveAsync(connection, peer);
    }

    [Fact]
    public async Task HS017_A_queued_write_is_cancelled_alone()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio a = Submit(connection.WriteAll, Big);
        Aio b = Submit(connection.WriteAll, "never"u8.ToArray());
        Aio c = Submit(connection.WriteAll, "later"u8.ToArray());
        b.Cancel();
        Assert.Equal((NngError.Canceled, 0), Outcome(b));
        Assert.Equal(Big, await BytesAsync(peer, Big.Length));
        Assert.Equal("later", await TextAsync(peer, 5));
        Assert.Equal((NngError.None, Big.Length), Outcome(a));
        Assert.Equal((NngError.None, 5), Outcome(c));
    }

    [Fact]
    public async Task HS025_Writes_of_two_threads_never_mix()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        const int Rounds = 20;
        byte[] a = [.. Enumerable.Repeat((byte)'A', 1 << 20)];
        byte[] b = [.. Enumerable.Repeat((byte)'B', 1 << 20)];
        Task[] writers = [.. new[] { a, b }.Select(bytes => Task.Run(async () =>
        {
            for (int i = 0; i < Rounds; i++)
                await connection.WriteAllAsync(bytes);
        }))];
        for (int i = 0; i < 2 * Rounds; i++)
        {
            byte[] block = await BytesAsync(peer, 1 << 20);
            Assert.Equal(-1, block.AsSpan().IndexOfAnyExcept(block[0]));
        }

        await Eventually.Completes(Task.WhenAll(writers));
    }

    [Fact]
    public async Task HS026_A_hundred_writes_without_waiting_go_and_end_in_order()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        byte[] bytes = Pattern(100 * 10240);
        var ended = new List<int>();
        var writes = new Aio[100];
        for (int i = 0; i < 100; i++)
        {
            int number = i;
            writes[i] = new Aio(_ => ended.Add(number), inline: true);
            writes[i].SetVector((ReadOnlyMemory<byte>[])[bytes.AsMemory(i * 10240, 10240)]);
            connection.WriteAll(writes[i]);
        }

        Assert.Equal(bytes, await BytesAsync(peer, bytes.Length));
        Eventually.True(() => writes.All(write => !write.IsBusy));
        Assert.Equal(Enumerable.Range(0, 100), ended);
    }

    [Fact]
    public async Task HS027_A_raw_write_behind_a_whole_one_leaves_it_whole()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio whole = Submit(connection.WriteAll, Big);
        Aio raw = Submit(connection.Write, "raw"u8.ToArray());
        Assert.Equal(Big, await BytesAsync(peer, Big.Length));
        Assert.Equal((NngError.None, Big.Length), Outcome(whole));
        Assert.Equal((NngError.None, 3), Outcome(raw));
        Assert.Equal("raw", await TextAsync(peer, 3));
    }

    [Fact]
    public async Task HS028_A_whole_write_behind_a_raw_one_leaves_it_partial()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio first = Submit(connection.WriteAll, Big);
        Aio raw = Submit(connection.Write, Big);
        Aio last = Submit(connection.WriteAll, "last"u8.ToArray());
        _ = await BytesAsync(peer, Big.Length);
        Assert.Equal((NngError.None, Big.Length), Outcome(first));
        (NngError error, long count) = Outcome(raw);
        Assert.Equal(NngError.None, error);
        Assert.InRange(count, 1, Big.Length - 1);
        Assert.Equal(Big[..(int)count], await BytesAsync(peer, (int)count));
        Assert.Equal("last", await TextAsync(peer, 4));
        Assert.Equal((NngError.None, 4), Outcome(last));
    }

    [Fact]
    public async Task HS029_A_raw_write_ends_with_what_was_accepted()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        (NngError error, long count) = Outcome(Submit(connection.Write, Big));
        Assert.Equal(NngError.None, error);
        Assert.InRange(count, 1, Big.Length - 1);
        Assert.Equal(Big[..(int)count], await BytesAsync(peer, (int)count));
        await AssertAliveAsync(connection, peer);
    }

    [Fact]
    public async Task HS030_An_aio_is_submitted_again_from_its_callback_a_thousand_times()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        byte[] bytes = Pattern(1000 * 1024);
        int round = 0;
        using var aio = new Aio(aio =>
        {
            if (aio.Result == NngError.None && ++round < 1000)
            {
                aio.SetVector((ReadOnlyMemory<byte>[])[bytes.AsMemory(round * 1024, 1024)]);
                connection.WriteAll(aio);
            }
        });
        aio.SetVector((ReadOnlyMemory<byte>[])[bytes.AsMemory(0, 1024)]);
        connection.WriteAll(aio);
        Assert.Equal(bytes, await BytesAsync(peer, bytes.Length));
        Eventually.True(() => !aio.IsBusy);
        Assert.Equal(1000, round);
    }

    [Fact]
    public async Task HS031_A_busy_aio_is_refused_and_its_operation_goes_on()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio write = Submit(connection.WriteAll, Big);
        var request = new HttpRequest { Uri = "/" };
        Assert.Throws<InvalidOperationException>(() => connection.WriteAll(write));
        Assert.Throws<InvalidOperationException>(() => connection.Read(write));
        Assert.Throws<InvalidOperationException>(() => connection.WriteRequest(request, write));
        Assert.Equal(Big, await BytesAsync(peer, Big.Length));
        Assert.Equal((NngError.None, Big.Length), Outcome(write));
    }

    [Fact]
    public async Task HS032_The_vector_stays_for_the_next_write()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        using var aio = new Aio();
        aio.SetVector((ReadOnlyMemory<byte>[])["ab"u8.ToArray(), "c"u8.ToArray()]);
        for (int i = 0; i < 2; i++)
        {
            connection.WriteAll(aio);
            aio.Wait();
            Assert.Equal((NngError.None, 3), (aio.Result, aio.Count));
            Assert.Equal("abc", await TextAsync(peer, 3));
        }
    }

    [Fact]
    public async Task HS033_The_callers_array_of_entries_may_be_overwritten_after_the_call()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio blocker = Submit(connection.WriteAll, Big);
        ReadOnlyMemory<byte>[] vector = ["good"u8.ToArray(), "bye"u8.ToArray()];
        Aio write = Submit(connection.WriteAll, vector);
        vector.AsSpan().Fill("evil"u8.ToArray());
        _ = await BytesAsync(peer, Big.Length);
        Assert.Equal("goodbye", await TextAsync(peer, 7));
        Assert.Equal((NngError.None, 7), Outcome(write));
        Outcome(blocker);
    }

    [Fact]
    public async Task HS042_A_body_may_be_submitted_right_behind_its_head()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        var response = new HttpResponse();
        response.Headers.Set("Content-Length", "10");
        Aio head = Counted();
        connection.WriteResponse(response, head);
        Aio body = Submit(connection.WriteAll, "0123456789"u8.ToArray());
        const string Wire = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789";
        Assert.Equal(Wire, await TextAsync(peer, Wire.Length));
        Assert.Equal((NngError.None, Wire.Length - 10), Outcome(head));
        Assert.Equal((NngError.None, 10), Outcome(body));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1447)]
    [InlineData(1448)]
    [InlineData(16383)]
    [InlineData(16384)]
    [InlineData(16385)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(65537)]
    [InlineData((1 << 20) - 1)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    public async Task HS043_Sizes_around_the_usual_limits(int size)
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio write = Submit(connection.WriteAll, Big.AsMemory(0, size));
        Assert.Equal(Big[..size], await BytesAsync(peer, size));
        Assert.Equal((NngError.None, size), Outcome(write));
    }

    [Fact]
    public async Task HS012_Eight_entries_of_eight_mebibytes()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        ReadOnlyMemory<byte>[] vector =
            [.. Enumerable.Range(0, 8).Select(i => new ReadOnlyMemory<byte>(Big, i << 23, 1 << 23))];
        Aio write = Submit(connection.WriteAll, vector);
        Assert.Equal(SHA256.HashData(Big), SHA256.HashData(await BytesAsync(peer, Big.Length)));
        Assert.Equal((NngError.None, 67108864), Outcome(write));
    }

    [Fact]
    public async Task HS049_A_peer_that_reads_one_byte_at_a_time_gets_everything()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio write = Submit(connection.WriteAll, Big.AsMemory(0, 65536));
        var bytes = new byte[65536];
        for (int i = 0; i < bytes.Length; i++)
            await peer.ReadExactlyAsync(bytes.AsMemory(i, 1));
        Assert.Equal(Big[..65536], bytes);
        Assert.Equal((NngError.None, 65536), Outcome(write));
    }
}
