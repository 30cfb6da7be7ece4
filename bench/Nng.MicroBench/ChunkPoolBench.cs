using BenchmarkDotNet.Attributes;
using Nng.Core;

namespace Nng.MicroBench;

/// <summary>Storage from the pool and back, on one thread.</summary>
public class ChunkPoolBench
{
    [Params(256, 64 * 1024)]
    public int Size { get; set; }

    [Benchmark]
    public void RentAndRelease() => ChunkPool.Release(ChunkPool.Rent(Size));
}
