using System;
using BenchmarkDotNet.Attributes;
using Nng.Sp.Transports;
using Nng.Streams;

namespace Nng.MicroBench;

/// <summary>
/// Batches of frames on their way out, to a socket that takes them: the measure of <see cref="WriteBatch.CopyLimit"/>.
/// </summary>
public class FramingBench
{
    private readonly FrameBatch _batch = new(FrameFormat.Plain);
    private readonly byte[] _stream = new byte[9];

    [Params(64, 1024, 4096, 8192, 16384)]
    public int Size { get; set; }

    /// <summary>One frame of a batch that is filled to the brim, as the write policy does it.</summary>
    [Benchmark]
    public int AddFrame()
    {
        if (!_batch.HasRoom)
            _batch.Clear();
        _batch.Add(Message.Rent(Size));
        ReadOnlySpan<IoSegment> segments = _batch.Segments();
        return segments.Length;
    }

    [Benchmark]
    public ulong ReadHead()
    {
        FrameFormat.Plain.ReadHead(_stream, 1 << 20, out ulong length);
        return length;
    }
}
