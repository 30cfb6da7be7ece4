using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Perf;

/// <summary>A one-way stream from PUSH to PULL, timed at the receiver from its first message on.</summary>
internal sealed class ThroughputMode(PerfOptions options) : PerfMode(options)
{
    public override async Task ListenAsync()
    {
        using var socket = new PullSocket(Configure(new SocketOptions()));
        Listen(socket);
        socket.Receive().Dispose();
        long start = Stopwatch.GetTimestamp();
        if (Options.Async)
        {
            for (int i = 1; i < Options.Count; i++)
                (await socket.ReceiveAsync().ConfigureAwait(false)).Dispose();
        }
        else
        {
            for (int i = 1; i < Options.Count; i++)
                socket.Receive().Dispose();
        }

        double rate = Options.Count / Seconds(start);
        Report($"msg_per_s {rate:F0} MB_per_s {rate * Options.Size / 1e6:F1}");
        Thread.Sleep(Linger);
    }

    public override async Task DialAsync()
    {
        using var socket = new PushSocket(Configure(new SocketOptions()));
        PerfTls.Dial(socket, Options.Url);
        Thread.Sleep(Settle);
        if (Options.Async)
        {
            for (int i = 0; i < Options.Count; i++)
                await socket.SendAsync(Message.Create(Options.Size)).ConfigureAwait(false);
        }
        else
        {
            for (int i = 0; i < Options.Count; i++)
                socket.Send(Message.Create(Options.Size));
        }

        await socket.CloseAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(false);
    }
}
