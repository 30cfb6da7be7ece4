using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Tasks;
using Nng.Http;
using Nng.Streams;
using Nng.Tests.Conformance;
using Xunit;

namespace Nng.Tests.Allocation;

/// <summary>Zero bytes a call in steady state: raw writes and reads, heads, and whole exchanges.</summary>
[Collection(nameof(AllocationTests))]
public sealed class HttpConnectionAllocationTests
{
    private const int Rounds = 2000;

    /// <summary>As in <see cref="AllocationTests"/>.</summary>
    private const long Tolerance = 16_000;

    private static readonly byte[] s_bytes = new byte[600];
    private static readonly byte[] s_buffer = new byte[600];

    private static readonly List<ReadOnlyMemory<byte>> s_list =
        [.. Enumerable.Range(0, 100).Select(i => new ReadOnlyMemory<byte>(s_bytes, i, 5))];

    private static readonly byte[] s_answer =
        Encoding.Latin1.GetBytes("HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 5\r\n\r\nhello");

    [Fact]
    public async Task Write_all_and_read_all_by_aio()
    {
        using var write = new Aio();
        using var read = new Aio();
        write.SetVector((ReadOnlyMemory<byte>[])[s_bytes.AsMemory(0, 100), s_bytes.AsMemory(100)]);
        read.SetVector((ReadOnlyMemory<byte>[])[s_buffer.AsMemory(0, 7), s_buffer.AsMemory(7)]);
        await MeasureAsync((a, b) =>
        {
            b.ReadAll(read);
            a.WriteAll(write);
            write.Wait();
            read.Wait();
            // Not an assertion for each round: that would allocate.
            if (read.Result != NngError.None || read.Count != s_bytes.Length)
                Assert.Fail($"{read.Result} after {read.Count} bytes");
            return default;
        });
    }

    [Fact]
    public Task Write_all_of_a_memory_and_of_a_list_as_tasks() => MeasureAsync([AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] static async ValueTask (HttpConnection a, HttpConnection b) =>
    {
        await a.WriteAllAsync(s_bytes);
        await b.ReadAllAsync(s_buffer);
        await a.TryWriteAllAsync(s_list);
        await b.TryReadAllAsync(s_buffer.AsMemory(0, 500));
    });

    [Fact]
    public async Task An_exchange_with_a_body()
    {
        var sent = new HttpRequest { Uri = "/path?query", Method = "PUT" };
        sent.Headers.Set("Host", "localhost");
        sent.SetBody(s_bytes);
        var received = new HttpRequest();
        var response = new HttpResponse();
        await MeasureAsync([AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] async ValueTask (HttpConnection a, HttpConnection b) =>
        {
            ValueTask exchange = a.TransactAsync(sent, response);
            await b.ReadRequestAsync(received);
            await b.ReadAllAsync(s_buffer);
            await b.WriteAllAsync(s_answer);
            await exchange;
            if (response.Body.Length != 5 || received.Uri.Length != 11)
                Assert.Fail($"{received.Uri}: {response.Status}");
        });
    }

    private static async Task MeasureAsync(Func<HttpConnection, HttpConnection, ValueTask> round)
    {
        (NngStream a, NngStream b) = await StreamPairs.DialAsync("tcp");
        using HttpConnection near = new(a);
        using HttpConnection far = new(b);
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 20 && least > Tolerance; attempt++)
            least = Math.Min(least, await CostAsync(round, near, far));
        Assert.True(least <= Tolerance, $"{least} bytes for {Rounds} rounds");
    }

    private static async Task<long> CostAsync(
        Func<HttpConnection, HttpConnection, ValueTask> round, HttpConnection near, HttpConnection far)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < Rounds; i++)
            await round(near, far);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
