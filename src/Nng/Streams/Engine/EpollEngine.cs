using System;
using System.Net.Sockets;
using System.Threading;

namespace Nng.Streams;

/// <summary>The engine for Linux: few loops that own the descriptors, on edge-triggered epoll.</summary>
internal sealed class EpollEngine : IoEngine
{
    private const int MaxLoops = 4;

    private readonly EpollLoop[] _loops;
    private int _next;

    public EpollEngine()
    {
        _loops = new EpollLoop[Math.Clamp(Environment.ProcessorCount / 2, 1, MaxLoops)];
        for (int i = 0; i < _loops.Length; i++)
            _loops[i] = new EpollLoop();
    }

    public override string Name => "epoll";

    public override IoChannel CreateChannel(Socket socket, bool connected) =>
        new EpollChannel(NextLoop(), socket, connected);

    public override IoAcceptor CreateAcceptor(Socket listening) => new EpollAcceptor(NextLoop(), listening);

    private EpollLoop NextLoop() => _loops[(uint)Interlocked.Increment(ref _next) % (uint)_loops.Length];
}
