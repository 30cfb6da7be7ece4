using BenchmarkDotNet.Attributes;

namespace Nng.MicroBench;

/// <summary>The life of a message, and what protocols do to it.</summary>
public class MessageBench
{
    private readonly Message _shared = new(Inputs.Large);

    [Benchmark]
    public void RentSmall() => Message.Create(Inputs.Small).Dispose();

    [Benchmark]
    public void RentLarge() => Message.Rent(Inputs.Large.Length).Dispose();

    [Benchmark]
    public void Share() => _shared.Share().Dispose();

    [Benchmark]
    public void HeaderWords()
    {
        Message message = Message.Create(Inputs.Small);
        message.AppendHeaderUInt32(0x80000001);
        message.TrimHeaderUInt32();
        message.Dispose();
    }

    [Benchmark]
    public void InsertInFront()
    {
        Message message = Message.Create(Inputs.Small);
        message.InsertUInt32(0x80000001);
        message.TrimUInt32();
        message.Dispose();
    }
}
