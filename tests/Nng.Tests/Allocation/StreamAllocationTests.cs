using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Nng.Streams;
using Nng.Tests.Conformance;
using Xunit;

namespace Nng.Tests.Allocation;

/// <summary>Zero bytes a call in steady state, on the awaitable faces of byte streams, and on the aio.</summary>
[Collection(nameof(AllocationTests))]
public sealed class StreamAllocationTests
{
    private const int Rounds = 2000;

    /// <summary>As in <see cref="AllocationTests"/>.</summary>
    private const long Tolerance = 16_000;

    private static readonly byte[] s_bytes = new byte[600];
    private static readonly byte[] s_buffer = new byte[600];

    private static readonly List<ReadOnlyMemory<byte>> s_list =
        [.. Enumerable.Range(0, 100).Select(i => new ReadOnlyMemory<byte>(s_bytes, i, i % 11)), s_bytes.AsMemory(500)];

    private static readonly int s_listBytes = s_list.Sum(segment => segment.Length);

    [Theory]
    [InlineData("tcp")]
    [InlineData("ipc")]
    [InlineData("tls+tcp")]
    [InlineData("ws")]
    [InlineData("wss")]
    public Task A_write_and_a_waiting_read(string scheme) => MeasureAsync(scheme, [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] static async ValueTask (NngStream a, NngStream b) =>
    {
        ValueTask<int> read = b.ReadAsync(s_buffer);
        await a.WriteAsync(s_bytes);
        int got = await read;
        while (got < s_bytes.Length)
            got += await b.ReadAsync(s_buffer);
    });

    [Theory]
    [InlineData("tcp")]
    [InlineData("ipc")]
    [InlineData("tls+tcp")]
    [InlineData("ws")]
    [InlineData("wss")]
    public Task A_gather_of_a_list_and_an_exact_read(string scheme) => MeasureAsync(scheme, [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] static async ValueTask (NngStream a, NngStream b) =>
    {
        await a.WriteAsync(s_list);
        await b.ReadExactlyAsync(s_buffer.AsMemory(0, s_listBytes));
    });

    [Theory]
    [InlineData("tcp")]
    [InlineData("ipc")]
    [InlineData("tls+tcp")]
    [InlineData("ws")]
    [InlineData("wss")]
    public Task A_sequence_and_results_without_exceptions(string scheme)
    {
        var sequence = new ReadOnlySequence<byte>(s_bytes);
        return MeasureAsync(scheme, [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] async ValueTask (NngStream a, NngStream b) =>
        {
            await a.TryWriteAsync(sequence);
            await b.TryReadExactlyAsync(s_buffer);
        });
    }

    [Fact]
    public async Task An_aio_over_a_vector()
    {
        using var send = new Aio();
        using var receive = new Aio();
        send.SetVector((ReadOnlyMemory<byte>[])[s_bytes.AsMemory(0, 100), s_bytes.AsMemory(100)]);
        receive.SetVector((ReadOnlyMemory<byte>[])[s_buffer.AsMemory(0, 7), s_buffer.AsMemory(7)]);
        await MeasureAsync("tcp", (a, b) =>
        {
            b.ReceiveAll(receive);
            a.SendAll(send);
            send.Wait();
            receive.Wait();
            // Not an assertion for each round: that would allocate.
            if (receive.Result != NngError.None || receive.Count != s_bytes.Length)
                Assert.Fail($"{receive.Result} after {receive.Count} bytes");
            return default;
        });
    }

    private static async Task MeasureAsync(string scheme, Func<NngStream, NngStream, ValueTask> round)
    {
        (NngStream a, NngStream b) = await StreamPairs.DialAsync(scheme);
        using (a)
        using (b)
        {
            long least = long.MaxValue;
            for (int attempt = 0; attempt < 20 && least > Tolerance; attempt++)
            {
                least = Math.Min(least, await CostAsync(round, a, b));
            }

            Assert.True(least <= Tolerance, $"{least} bytes for {Rounds} rounds");
        }
    }

    private static async Task<long> CostAsync(Func<NngStream, NngStream, ValueTask> round, NngStream a, NngStream b)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < Rounds; i++)
            await round(a, b);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
