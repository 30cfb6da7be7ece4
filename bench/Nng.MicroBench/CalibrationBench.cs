using BenchmarkDotNet.Attributes;

namespace Nng.MicroBench;

/// <summary>A fixed piece of arithmetic, the unit of the recorded figures.</summary>
public class CalibrationBench
{
    private readonly byte[] _bytes = new byte[4096];

    [Benchmark]
    public uint Hash4KiB()
    {
        uint hash = 2166136261;
        foreach (byte one in _bytes)
            hash = (hash ^ one) * 16777619;
        return hash;
    }
}
