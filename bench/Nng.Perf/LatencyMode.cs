using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Perf;

/// <summary>Ping-pong over PAIR, one message that travels to and fro.</summary>
internal sealed class LatencyMode(PerfOptions options) : PerfMode(options)
{
    public override async Task ListenAsync()
    {
        using var socket = new Pair0Socket(Configure(new SocketOptions()));
        Listen(socket);
        if (Options.Async)
        {
            for (int i = 0; i < Options.Count; i++)
                await socket.SendAsync(await socket.ReceiveAsync().ConfigureAwait(false)).ConfigureAwait(false);
        }
        else
        {
            for (int i = 0; i < Options.Count; i++)
                socket.Send(socket.Receive());
        }

        Thread.Sleep(Linger);
    }

    public override async Task DialAsync()
    {
        using var socket = new Pair0Socket(Configure(new SocketOptions()));
        PerfTls.Dial(socket, Options.Url);
        Thread.Sleep(Settle);
        Message message = Message.Create(Options.Size);
        long start = Stopwatch.GetTimestamp();
        if (Options.Async)
        {
            for (int i = 0; i < Options.Count; i++)
            {
                await socket.SendAsync(message).ConfigureAwait(false);
                message = await socket.ReceiveAsync().ConfigureAwait(false);
            }
        }
        else
        {
            for (int i = 0; i < Options.Count; i++)
            {
                socket.Send(message);
                message = socket.Receive();
            }
        }

        double seconds = Seconds(start);
        message.Dispose();
        Report($"one_way_us {seconds * 1e6 / Options.Count / 2:F3}");
    }
}
