using System;
using System.Collections.Generic;
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
        var loops = new List<EpollLoop> { new() };
        try
        {
            while (loops.Count < Math.Min(Environment.ProcessorCount / 2, MaxLoops))
                loops.Add(new EpollLoop());
        }
        catch (NngException)
        {
            // Few descriptors are left. A loop cannot be taken back; those that are there serve all.
        }

        _loops = [.. loops];
    }

    public override string Name => "epoll";

    public override IoChannel CreateChannel(Socket socket, bool connected) =>
        new EpollChannel(NextLoop(), socket, connected);

    public override IoAcceptor CreateAcceptor(Socket listening) => new EpollAcceptor(NextLoop(), listening);

    private EpollLoop NextLoop() => _loops[(uint)Interlocked.Increment(ref _next) % (uint)_loops.Length];
}
