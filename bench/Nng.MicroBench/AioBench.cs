using BenchmarkDotNet.Attributes;
using Nng.Core;

namespace Nng.MicroBench;

/// <summary>One operation from acceptance to completion, without anything between.</summary>
public class AioBench : IAioProvider
{
    private readonly Aio _waited = new();
    private readonly Aio _inline = new(static _ => { }, inline: true);

    void IAioProvider.OnCancel(Aio aio, object? state, NngError reason)
    {
    }

    [Benchmark]
    public NngError BeginAndFinish()
    {
        _waited.Begin();
        _waited.Finish(NngError.None);
        return _waited.Result;
    }

    [Benchmark]
    public NngError ScheduleAndFinish()
    {
        _waited.Begin();
        _waited.Schedule(this, null);
        _waited.Finish(NngError.None);
        return _waited.Result;
    }

    [Benchmark]
    public NngError CallBackInline()
    {
        _inline.Begin();
        _inline.Finish(NngError.None);
        return _inline.Result;
    }
}
