using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Conformance;

/// <summary>
/// What every kind of byte stream must do (transports sheet, 15.1; http sheet, 3.3 to 3.10). A kind derives and says
/// how two connected ends are made.
/// </summary>
public abstract partial class StreamConformance : IDisposable
{
    private readonly List<NngStream> _streams = [];

    /// <summary>More than any kernel buffers on the way.</summary>
    protected virtual int StallBytes => 32 << 20;

    public void Dispose()
    {
        foreach (NngStream stream in _streams)
            stream.Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Two connected ends, closed when the test ends.</summary>
    protected async Task<(NngStream A, NngStream B)> ConnectAsync()
    {
        (NngStream a, NngStream b) = await Eventually.Completes(PairAsync());
        _streams.Add(a);
        _streams.Add(b);
        return (a, b);
    }

    /// <summary>Some bytes of a send are out, seen without taking any.</summary>
    /// <param name="send">Under way.</param>
    /// <param name="receiver">The other end.</param>
    protected virtual bool IsOut(Aio send, NngStream receiver) => receiver.Socket.Available > 0;

    /// <summary>Makes two connected ends.</summary>
    protected abstract Task<(NngStream A, NngStream B)> PairAsync();

    /// <summary>Bytes that no other place of the pattern repeats within reach.</summary>
    protected static byte[] Pattern(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    protected static async Task<byte[]> ReadToEndAsync(NngStream stream)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await Eventually.Completes(stream.ReadAsync(buffer).AsTask())) > 0)
            all.Write(buffer, 0, count);
        return all.ToArray();
    }

    protected static Aio Submit(Action<Aio> operation, int timeoutMs, params ReadOnlyMemory<byte>[] vector)
    {
        var aio = new Aio { TimeoutMs = timeoutMs };
        aio.SetVector(vector);
        operation(aio);
        return aio;
    }

    protected static (NngError Error, long Count) Outcome(Aio aio)
    {
        Eventually.True(() => !aio.IsBusy, "the operation ends");
        return (aio.Result, aio.Count);
    }

    [Fact]
    public async Task B4_A_send_and_a_receive_report_how_many_bytes_moved()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        Assert.Equal((NngError.None, 5), Outcome(Submit(a.Send, Aio.Infinite, "he"u8.ToArray(), "llo"u8.ToArray())));
        var buffer = new byte[100];
        int got = 0;
        while (got < 5)
        {
            (NngError error, long count) = Outcome(Submit(b.Receive, Aio.Infinite, buffer.AsMemory(got)));
            Assert.Equal(NngError.None, error);
            Assert.InRange(count, 1, 5 - got);
            got += (int)count;
        }

        Assert.Equal("hello"u8.ToArray(), buffer[..5]);
    }

    [Fact]
    public async Task B3_Empty_elements_are_skipped_and_the_vector_is_not_changed()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        ReadOnlyMemory<byte>[] vector = [default, "ab"u8.ToArray(), default, default, "c"u8.ToArray(), default];
        Aio send = Submit(a.SendAll, Aio.Infinite, vector);
        Assert.Equal((NngError.None, 3), Outcome(send));
        Assert.Equal(vector, send.Vector);

        byte[] first = new byte[1];
        byte[] second = new byte[2];
        Aio receive = Submit(b.ReceiveAll, Aio.Infinite, default, first, default, second, default);
        Assert.Equal((NngError.None, 3), Outcome(receive));
        Assert.Equal("abc"u8.ToArray(), (byte[])[.. first, .. second]);
    }

    [Fact]
    public async Task B6_A_receive_without_room_is_refused_and_a_send_of_nothing_succeeds()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        Assert.Equal((NngError.InvalidArgument, 0), Outcome(Submit(a.Receive, Aio.Infinite)));
        Assert.Equal((NngError.InvalidArgument, 0), Outcome(Submit(a.Receive, Aio.Infinite, default, default)));
        Assert.Equal((NngError.None, 0), Outcome(Submit(a.ReceiveAll, Aio.Infinite, ReadOnlyMemory<byte>.Empty)));
        Assert.Equal((NngError.None, 0), Outcome(Submit(a.Send, Aio.Infinite)));
        Assert.Equal((NngError.None, 0), Outcome(Submit(a.SendAll, Aio.Infinite, default, default)));
        await a.WriteAsync(ReadOnlyMemory<byte>.Empty);
        await a.WriteAsync("x"u8.ToArray());
        Assert.Equal(1, await Eventually.Completes(b.ReadAsync(new byte[9]).AsTask()));
    }

    [Fact]
    public async Task W3_A_gather_of_a_thousand_segments_arrives_exactly()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        var random = new Random(7);
        byte[] all = Pattern(700_000);
        List<ReadOnlyMemory<byte>> segments = [];
        for (int at = 0; at < all.Length;)
        {
            int length = Math.Min(all.Length - at, random.Next(10) == 0 ? 0 : random.Next(1, 1600));
            segments.Add(all.AsMemory(at, length));
            at += length;
        }

        Assert.True(segments.Count > 900);
        Task write = a.WriteAsync(segments).AsTask();
        var received = new byte[all.Length];
        await Eventually.Completes(b.ReadExactlyAsync(received).AsTask());
        await Eventually.Completes(write);
        Assert.Equal(all, received);
    }

    [Fact]
    public async Task W9_A_write_of_many_megabytes_arrives_exactly()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        byte[] block = Pattern(1 << 20);
        ReadOnlyMemory<byte>[] vector = [.. Enumerable.Repeat<ReadOnlyMemory<byte>>(block, 24)];
        Aio send = Submit(a.SendAll, Aio.Infinite, vector);
        using var expected = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var actual = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[block.Length];
        for (int i = 0; i < vector.Length; i++)
        {
            await Eventually.Completes(b.ReadExactlyAsync(buffer).AsTask());
            expected.AppendData(block);
            actual.AppendData(buffer);
        }

        Assert.Equal((NngError.None, 24L << 20), Outcome(send));
        Assert.Equal(expected.GetHashAndReset(), actual.GetHashAndReset());
    }

    [Fact]
    public async Task Memory_that_the_collector_moves_arrives_exactly()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        using var stop = new CancellationTokenSource();
        // Collecting stops every other test too: no more of it than the transfers need, and none after a failure.
        Task mover = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(1, GCCollectionMode.Forced, blocking: true, compacting: true);
                await Task.Delay(1);
            }
        });
        try
        {
            for (int round = 0; round < 4; round++)
            {
                byte[] all = Pattern(300_000, round);
                ReadOnlyMemory<byte>[] vector = [.. all.Chunk(777).Select(chunk => new ReadOnlyMemory<byte>(chunk))];
                Task write = a.WriteAsync(vector).AsTask();
                byte[][] parts = [.. all.Chunk(1234).Select(chunk => new byte[chunk.Length])];
                Aio receive = Submit(
                    b.ReceiveAll, Aio.Infinite, [.. parts.Select(part => new ReadOnlyMemory<byte>(part))]);
                Assert.Equal((NngError.None, all.Length), Outcome(receive));
                await Eventually.Completes(write);
                Assert.Equal(all, parts.SelectMany(part => part));
            }
        }
        finally
        {
            await stop.CancelAsync();
            await mover;
        }
    }

    [Fact]
    public async Task W6_Concurrent_writes_are_never_mixed_and_keep_their_order()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        const int writers = 4;
        const int rounds = 200;
        Task all = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            List<Task> writes = [];
            for (int round = 0; round < rounds; round++)
            {
                byte[] block = new byte[1000 + (round % 7)];
                Array.Fill(block, (byte)writer, 4, block.Length - 4);
                BitConverter.TryWriteBytes(block, (round << 8) | writer);
                writes.Add(a.WriteAsync((ReadOnlyMemory<byte>[])[block.AsMemory(0, 3), block.AsMemory(3)]).AsTask());
            }

            await Task.WhenAll(writes);
        })));
        int[] next = new int[writers];
        byte[] head = new byte[4];
        for (int i = 0; i < writers * rounds; i++)
        {
            await Eventually.Completes(b.ReadExactlyAsync(head).AsTask());
            int tag = BitConverter.ToInt32(head);
            int writer = tag & 0xff;
            Assert.Equal(next[writer]++, tag >> 8);
            byte[] rest = new byte[996 + ((tag >> 8) % 7)];
            await Eventually.Completes(b.ReadExactlyAsync(rest).AsTask());
            Assert.All(rest, value => Assert.Equal(writer, value));
        }

        await Eventually.Completes(all);
    }

    [Fact]
    public async Task B5_Several_receives_are_served_in_order()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        byte[][] buffers = [.. Enumerable.Range(0, 5).Select(_ => new byte[3])];
        Aio[] receives = [.. buffers.Select(buffer => Submit(b.ReceiveAll, Aio.Infinite, buffer))];
        await a.WriteAsync("aaabbbcccdddeee"u8.ToArray());
        Assert.All(receives, receive => Assert.Equal((NngError.None, 3), Outcome(receive)));
        Assert.Equal("aaabbbcccdddeee"u8.ToArray(), buffers.SelectMany(buffer => buffer));
    }

    [Fact]
    public async Task A_chain_of_completions_does_not_grow_the_stack()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        const int count = 30_000;
        int left = count;
        var done = new TaskCompletionSource();
        var aio = new Aio(
            finished =>
            {
                if (finished.Result != NngError.None || --left == 0)
                    done.TrySetResult();
                else
                    a.SendAll(finished);
            },
            inline: true);
        aio.SetVector((ReadOnlyMemory<byte>[])[new byte[1]]);
        Task<byte[]> reader = ReadToEndAsync(b);
        a.SendAll(aio);
        await Eventually.Completes(done.Task);
        a.Close();
        Assert.Equal(count, (await Eventually.Completes(reader)).Length);
    }
}
