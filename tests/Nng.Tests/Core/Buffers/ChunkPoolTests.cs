using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Nng.Core;
using Xunit;

namespace Nng.Tests.Core;

/// <summary>The pools of storage.</summary>
public sealed class ChunkPoolTests
{
    [Theory]
    [InlineData(0, 256)]
    [InlineData(256, 256)]
    [InlineData(257, 512)]
    [InlineData(65536, 65536)]
    [InlineData(1 << 20, 1 << 20)]
    [InlineData((1 << 20) + 1, (1 << 20) + 1)]
    public void Storage_comes_in_powers_of_two(int wanted, int length)
    {
        Chunk chunk = ChunkPool.Rent(wanted);
        Assert.Equal(length, chunk.Bytes.Length);
        ChunkPool.Release(chunk);
    }

    [Fact]
    public void What_was_given_back_comes_again()
    {
        Chunk chunk = ChunkPool.Rent(4000);
        ChunkPool.Release(chunk);
        Assert.Same(chunk, ChunkPool.Rent(4000));
        ChunkPool.Release(chunk);
    }

    [Fact]
    public void A_shared_chunk_goes_back_with_its_last_holder()
    {
        Chunk chunk = ChunkPool.Rent(100);
        chunk.AddShare();
        ChunkPool.Release(chunk);
        Assert.NotSame(chunk, ChunkPool.Rent(100));
        Assert.False(chunk.IsShared);
        ChunkPool.Release(chunk);
    }

    [Fact]
    public async Task Threads_trade_without_handing_anything_out_twice()
    {
        var tasks = new Task[4];
        for (int t = 0; t < tasks.Length; t++)
        {
            byte mark = (byte)(t + 1);
            tasks[t] = Task.Run(() =>
            {
                var held = new Queue<Chunk>();
                for (int i = 0; i < 20_000; i++)
                {
                    Chunk chunk = ChunkPool.Rent(300);
                    chunk.Bytes[0] = mark;
                    held.Enqueue(chunk);
                    if (held.Count < 100)
                        continue;
                    Chunk oldest = held.Dequeue();
                    Assert.Equal(mark, oldest.Bytes[0]);
                    ChunkPool.Release(oldest);
                }
            });
        }

        await Task.WhenAll(tasks);
    }
}
