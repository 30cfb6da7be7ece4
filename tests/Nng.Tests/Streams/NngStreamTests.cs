using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Streams;
using Nng.Tests.Sp.Transports;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>The awaitable faces of a stream, step by step.</summary>
public sealed class NngStreamTests : IDisposable
{
    private readonly ScriptedChannel _channel = new();
    private readonly NngStream _stream;

    public NngStreamTests()
    {
        _stream = new NngStream(
            _channel, NngAddress.Unspecified, NngAddress.Unspecified, new OptionTable<NngStream>());
    }

    private string Sent => Encoding.ASCII.GetString(_channel.Sent);

    public void Dispose() => _stream.Close();

    [Fact]
    public async Task What_goes_at_once_completes_at_once()
    {
        ValueTask write = _stream.WriteAsync("abc"u8.ToArray());
        Assert.True(write.IsCompletedSuccessfully);
        await write;
        _channel.Arrive(1, 2);
        ValueTask<int> read = _stream.ReadAsync(new byte[9]);
        Assert.True(read.IsCompletedSuccessfully);
        Assert.Equal(2, await read);
        Assert.Equal(0, await _stream.ReadAsync(Memory<byte>.Empty));
    }

    [Fact]
    public async Task A_write_that_goes_in_part_is_finished_later()
    {
        _channel.Room = 2;
        ValueTask write = _stream.WriteAsync("abc"u8.ToArray());
        ValueTask behind = _stream.WriteAsync("def"u8.ToArray());
        Assert.False(write.IsCompleted);
        Assert.Equal("ab", Sent);
        _channel.Drain(100);
        await write;
        await behind;
        Assert.Equal("abcdef", Sent);
    }

    [Fact]
    public async Task Sequences_lists_and_arrays_go_out_as_one()
    {
        ReadOnlyMemory<byte>[] parts = ["ab"u8.ToArray(), default, "c"u8.ToArray()];
        await _stream.WriteAsync(parts);
        await _stream.WriteAsync(new List<ReadOnlyMemory<byte>>(parts));
        await _stream.WriteAsync(new ArraySegment<ReadOnlyMemory<byte>>(parts));
        await _stream.WriteAsync(Sequence(parts));
        await _stream.WriteAsync(new ReadOnlySequence<byte>("abc"u8.ToArray()));
        Assert.Equal(new TransferResult(NngError.None, 3), await _stream.TryWriteAsync(parts));
        Assert.Equal(new TransferResult(NngError.None, 3), await _stream.TryWriteAsync(Sequence(parts)));
        Assert.Equal(
            new TransferResult(NngError.None, 3),
            await _stream.TryWriteAsync(new ReadOnlySequence<byte>("abc"u8.ToArray())));
        Assert.Equal(string.Concat(Enumerable.Repeat("abc", 8)), Sent);
        Assert.Equal(8, _channel.Sends.Count);
        await Assert.ThrowsAsync<ArgumentNullException>(
            () => _stream.WriteAsync((IReadOnlyList<ReadOnlyMemory<byte>>)null!).AsTask());
    }

    [Fact]
    public async Task A_failure_tells_what_went_before_on_both_faces()
    {
        _channel.Room = 2;
        Task write = _stream.WriteAsync("abc"u8.ToArray()).AsTask();
        ValueTask<TransferResult> behind = _stream.TryWriteAsync("def"u8.ToArray());
        _channel.SendFailure = NngError.ConnectionReset;
        _channel.Drain(1);
        TransferException failure = await Assert.ThrowsAsync<TransferException>(() => write);
        Assert.Equal((NngError.ConnectionReset, 2), (failure.Error, failure.BytesTransferred));
        Assert.Contains("after 2 bytes", failure.Message, StringComparison.Ordinal);
        Assert.Equal(new TransferResult(NngError.ConnectionReset, 0), await behind);
        Assert.Equal(new TransferResult(NngError.ConnectionReset, 0), await _stream.TryWriteAsync(new byte[1]));
    }

    [Fact]
    public async Task The_peer_that_is_gone_is_a_reset_and_not_a_close_from_here()
    {
        _channel.SendFailure = NngError.Closed;
        Assert.Equal(new TransferResult(NngError.ConnectionReset, 0), await _stream.TryWriteAsync(new byte[1]));
        _stream.Close();
        Assert.Equal(new TransferResult(NngError.Closed, 0), await _stream.TryWriteAsync(new byte[1]));
    }

    [Fact]
    public async Task N4_A_token_cancelled_before_the_call_moves_nothing()
    {
        var canceled = new CancellationToken(canceled: true);
        ReadOnlyMemory<byte>[] list = [new byte[1], new byte[1]];
        Assert.True(_stream.WriteAsync(new byte[1], canceled).IsCanceled);
        Assert.True(_stream.WriteAsync(list, canceled).IsCanceled);
        Assert.True(_stream.WriteAsync(Sequence(list), canceled).IsCanceled);
        Assert.True(_stream.ReadAsync(new byte[1], canceled).IsCanceled);
        Assert.True(_stream.ReadExactlyAsync(new byte[1], canceled).IsCanceled);
        TransferResult refused = new(NngError.Canceled, 0);
        Assert.Equal(refused, await _stream.TryWriteAsync(new byte[1], canceled));
        Assert.Equal(refused, await _stream.TryWriteAsync(list, canceled));
        Assert.Equal(refused, await _stream.TryWriteAsync(Sequence(list), canceled));
        Assert.Equal(refused, await _stream.TryReadExactlyAsync(new byte[1], canceled));
        Assert.Empty(_channel.Sent);
    }

    [Fact]
    public async Task Exact_reads_tell_what_lies_in_the_buffer()
    {
        byte[] buffer = new byte[4];
        ValueTask<TransferResult> read = _stream.TryReadExactlyAsync(buffer);
        _channel.Arrive(1, 2);
        _channel.End();
        Assert.Equal(new TransferResult(NngError.ConnectionShutdown, 2), await read);
        Assert.Equal([1, 2, 0, 0], buffer);
        Assert.Equal(0, await _stream.ReadAsync(buffer));
        await _stream.DisposeAsync();
        Assert.True(_channel.IsClosed);
    }

    [Fact]
    public async Task A_pending_read_yields_zero_at_the_end()
    {
        Task<int> read = _stream.ReadAsync(new byte[4]).AsTask();
        _channel.End();
        Assert.Equal(0, await read);
    }

    private static ReadOnlySequence<byte> Sequence(ReadOnlyMemory<byte>[] parts)
    {
        var first = new Segment(parts[0], 0);
        Segment last = first;
        foreach (ReadOnlyMemory<byte> part in parts[1..])
            last = last.Append(part);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
