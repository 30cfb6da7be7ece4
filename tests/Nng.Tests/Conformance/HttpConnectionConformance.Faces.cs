using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipelines;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Nng.Http;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Conformance;

/// <content>The awaitable faces, and the adapters to streams and pipes.</content>
public abstract partial class HttpConnectionConformance
{
    [Theory]
    [InlineData(1000)]
    [InlineData(2000)]
    public async Task HS009_A_list_of_any_length_goes_in_order(int elements)
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        byte[] bytes = Pattern(elements * 7);
        List<ReadOnlyMemory<byte>> list =
            [.. Enumerable.Range(0, elements).Select(i => new ReadOnlyMemory<byte>(bytes, i * 7, 7))];
        Assert.Equal(new TransferResult(NngError.None, bytes.Length), await connection.TryWriteAllAsync(list));
        Assert.Equal(bytes, await BytesAsync(peer, bytes.Length));
        await connection.WriteAllAsync(list);
        Assert.Equal(bytes, await BytesAsync(peer, bytes.Length));
    }

    [Fact]
    public async Task W3_A_gather_of_a_hundred_megabytes_in_a_thousand_segments()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        const int Segment = 100_000;
        ReadOnlyMemory<byte>[] list =
            [.. Enumerable.Range(0, 1000).Select(i => new ReadOnlyMemory<byte>(Big, (i * 7919) % (Big.Length - Segment), Segment))];
        Task<TransferResult> write = connection.TryWriteAllAsync(list).AsTask();
        var block = new byte[Segment];
        for (int i = 0; i < list.Length; i++)
        {
            await Eventually.Completes(peer.ReadExactlyAsync(block).AsTask());
            Assert.True(block.AsSpan().SequenceEqual(list[i].Span));
        }

        Assert.Equal(new TransferResult(NngError.None, 1000 * Segment), await Eventually.Completes(write));
    }

    [Fact]
    public async Task W5_A_sequence_of_segments_and_one_without_bytes()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        var pipe = new System.IO.Pipelines.Pipe();
        await pipe.Writer.WriteAsync(Big.AsMemory(0, 3000));
        await pipe.Writer.WriteAsync(Big.AsMemory(3000, 6000));
        ReadOnlySequence<byte> sequence = (await pipe.Reader.ReadAsync()).Buffer;
        Assert.False(sequence.IsSingleSegment);
        await connection.WriteAllAsync(sequence);
        Assert.Equal(Big[..9000], await BytesAsync(peer, 9000));
        Assert.Equal(new TransferResult(NngError.None, 9000), await connection.TryWriteAllAsync(sequence));
        Assert.Equal(Big[..9000], await BytesAsync(peer, 9000));
        await connection.WriteAllAsync(ReadOnlySequence<byte>.Empty);
        Assert.Equal(new TransferResult(NngError.None, 0), await connection.TryWriteAllAsync([]));
        Assert.Equal(0, await connection.WriteAsync(ReadOnlyMemory<byte>.Empty));
        await AssertAliveAsync(connection, peer);
    }

    [Fact]
    public async Task The_awaitable_faces_of_raw_reads_and_writes()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Assert.Equal(3, await connection.WriteAsync("abc"u8.ToArray()));
        Assert.Equal("abc", await TextAsync(peer, 3));
        Send(peer, "defghi");
        var buffer = new byte[3];
        await connection.ReadAllAsync(buffer);
        Assert.Equal("def", Encoding.Latin1.GetString(buffer));
        Assert.Equal(new TransferResult(NngError.None, 2), await connection.TryReadAllAsync(buffer.AsMemory(1)));
        Assert.Equal(new TransferResult(NngError.None, 1), await connection.TryReadAsync(buffer));
        Assert.Equal(0, await connection.ReadAsync(Memory<byte>.Empty));
        await connection.WriteRequestAsync(new HttpRequest { Uri = "/a" });
        Assert.Equal("GET /a HTTP/1.1\r\n\r\n", await TextAsync(peer, 19));
        await connection.WriteResponseAsync(new HttpResponse { Status = 404 });
        Assert.Equal("HTTP/1.1 404 Not Found\r\n\r\n", await TextAsync(peer, 26));
    }

    [Fact]
    public async Task A_raw_read_that_waits_is_raw_whatever_its_operation_did_before()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        var buffer = new byte[100];
        for (int i = 0; i < 20; i++)
        {
            // On one thread, so that the pool hands the operation of the head to the raw read.
            Task head = connection.ReadRequestAsync(new HttpRequest()).AsTask();
            Send(peer, "GET / HTTP/1.1\r\n\r\n");
            await Eventually.Completes(head);
            Task<int> raw = connection.ReadAsync(buffer).AsTask();
            Send(peer, "raw");
            Assert.Equal(3, await Eventually.Completes(raw));
        }
    }

    [Fact]
    public async Task N6_A_stream_begins_with_what_the_head_left_and_ends_with_zero()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Send(peer, "GET / HTTP/1.1\r\n\r\nfirst ");
        await connection.ReadRequestAsync(new HttpRequest());
        using Stream stream = connection.AsStream();
        await stream.WriteAsync("answer"u8.ToArray());
        await stream.FlushAsync();
        Assert.Equal("answer", await TextAsync(peer, 6));
        Send(peer, "second");
        var buffer = new byte[100];
        Assert.Equal(6, await stream.ReadAsync(buffer));
        Assert.Equal(6, await Eventually.Completes(Task.Run(() => stream.Read(buffer, 6, 94))));
        Assert.Equal("first second", Encoding.Latin1.GetString(buffer, 0, 12));
        peer.Close();
        Assert.Equal(0, await stream.ReadAsync(buffer));
    }

    [Fact]
    public async Task N6_The_failure_of_a_stream_is_an_IOException_and_disposing_it_closes()
    {
        (HttpConnection connection, _) = await ConnectAsync();
        Stream kept = connection.AsStream(leaveOpen: true);
        await kept.DisposeAsync();
        Assert.False(connection.IsClosed);
        Stream stream = connection.AsStream();
        await stream.DisposeAsync();
        Assert.True(connection.IsClosed);
        var failure = await Assert.ThrowsAsync<IOException>(() => stream.WriteAsync(new byte[1]).AsTask());
        Assert.Equal(NngError.Closed, Assert.IsAssignableFrom<NngException>(failure.InnerException).Error);
    }

    [Fact]
    public async Task A_pair_of_pipes_closes_the_connection_when_both_are_completed()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        IDuplexPipe pipe = connection.AsDuplexPipe();
        await pipe.Output.WriteAsync("out"u8.ToArray());
        Assert.Equal("out", await TextAsync(peer, 3));
        Send(peer, "in");
        ReadResult read = await pipe.Input.ReadAtLeastAsync(2);
        Assert.Equal("in"u8.ToArray(), read.Buffer.ToArray());
        await pipe.Output.CompleteAsync();
        Assert.False(connection.IsClosed);
        await pipe.Input.CompleteAsync();
        Assert.True(connection.IsClosed);
    }
}
