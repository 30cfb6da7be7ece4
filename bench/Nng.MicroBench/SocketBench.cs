using BenchmarkDotNet.Attributes;

namespace Nng.MicroBench;

/// <summary>A message through two protocols and the in-process pipe, on one thread.</summary>
public class SocketBench
{
    private readonly PushSocket _push = new();
    private readonly PullSocket _pull = new();
    private readonly Pair1Socket _left = new();
    private readonly Pair1Socket _right = new();
    private readonly ReqSocket _req = new();
    private readonly RepSocket _rep = new();
    private readonly PubSocket _pub = new();
    private readonly SubSocket _sub = new();
    private readonly BusSocket _bus = new();
    private readonly BusSocket _otherBus = new();

    [GlobalSetup]
    public void Connect()
    {
        Join(_push, _pull, "push");
        Join(_left, _right, "pair");
        Join(_req, _rep, "req");
        Join(_pub, _sub, "pub");
        Join(_bus, _otherBus, "bus");
        _sub.Subscribe("");
    }

    [GlobalCleanup]
    public void Close()
    {
        foreach (NngSocket socket in (NngSocket[])[_push, _pull, _left, _right, _req, _rep, _pub, _sub, _bus, _otherBus])
            socket.Dispose();
    }

    [Benchmark]
    public void PushPull()
    {
        _push.Send(Inputs.Small);
        _pull.Receive().Dispose();
    }

    [Benchmark]
    public void Pair()
    {
        _left.Send(Inputs.Small);
        _right.Receive().Dispose();
    }

    [Benchmark]
    public void RequestReply()
    {
        _req.Send(Inputs.Small);
        _rep.Send(_rep.Receive());
        _req.Receive().Dispose();
    }

    [Benchmark]
    public void PublishSubscribe()
    {
        _pub.Send(Inputs.Small);
        _sub.Receive().Dispose();
    }

    [Benchmark]
    public void Bus()
    {
        _bus.Send(Inputs.Small);
        _otherBus.Receive().Dispose();
    }

    private static void Join(NngSocket dialer, NngSocket listener, string name)
    {
        listener.Listen($"inproc://bench-{name}");
        dialer.Dial($"inproc://bench-{name}");
        dialer.WaitForPeersAsync(1).GetAwaiter().GetResult();
        listener.WaitForPeersAsync(1).GetAwaiter().GetResult();
    }
}
