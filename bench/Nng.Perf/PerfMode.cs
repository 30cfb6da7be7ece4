using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Nng.Perf;

/// <summary>One measurement: its two halves, and how they report. Sockets and pauses are those of the C peers.</summary>
internal abstract class PerfMode(PerfOptions options)
{
    /// <summary>How long a program runs before it measures: about what the compiler takes to be done with it.</summary>
    private static readonly TimeSpan s_warmUp = TimeSpan.FromMilliseconds(600);

    /// <summary>How long a dialler waits for its connection to settle before it measures.</summary>
    public TimeSpan Settle { get; } = TimeSpan.FromMilliseconds(options.IsWarmUp ? 5 : 200);

    /// <summary>How long a listener keeps its socket after the last message.</summary>
    protected TimeSpan Linger { get; } = TimeSpan.FromMilliseconds(options.IsWarmUp ? 5 : 100);

    /// <summary>Completed when the listening half can be dialled.</summary>
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected PerfOptions Options { get; } = options;

    public abstract Task ListenAsync();

    public abstract Task DialAsync();

    /// <summary>Options of every socket: no receive limit, buffers of 128 messages.</summary>
    protected static T Configure<T>(T socketOptions)
        where T : SocketOptions
    {
        socketOptions.ReceiveMaxSize = 0;
        socketOptions.ReceiveBuffer = 128;
        socketOptions.SendBuffer = 128;
        return socketOptions;
    }

    protected void Listen(NngSocket socket)
    {
        PerfTls.Listen(socket, Options.Url);
        IsListening();
    }

    /// <summary>The other half may dial.</summary>
    protected void IsListening() => _listening.TrySetResult();

    /// <summary>Both halves, on threads of their own as in the C peers: a blocking half would hold one of the pool.</summary>
    public async Task BothAsync()
    {
        Task listening = Task.Factory.StartNew(ListenAsync, TaskCreationOptions.LongRunning).Unwrap();
        await (await Task.WhenAny(_listening.Task, listening).ConfigureAwait(false)).ConfigureAwait(false);
        await Task.Delay(Settle).ConfigureAwait(false);
        Task dialling = Task.Factory.StartNew(DialAsync, TaskCreationOptions.LongRunning).Unwrap();
        // A half that fails leaves the other one waiting.
        await (await Task.WhenAny(listening, dialling).ConfigureAwait(false)).ConfigureAwait(false);
        await Task.WhenAll(listening, dialling).ConfigureAwait(false);
    }

    /// <summary>
    /// Has the code compiled for speed before it is measured, by the same exchange of the process with itself. A C
    /// program was compiled long ago; what starts is not what is compared.
    /// </summary>
    public static async Task WarmUpAsync(PerfOptions options)
    {
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; Stopwatch.GetElapsedTime(start) < s_warmUp; round++)
        {
            PerfOptions own = options with
            {
                Url = OwnUrl(options.Url, round),
                Count = options.Size > 16384 ? 500 : 20_000,
                IsWarmUp = true,
            };
            await Create(own).BothAsync().ConfigureAwait(false);
        }
    }

    public static PerfMode Create(PerfOptions options) => options.Mode switch
    {
        _ when options.IsSslStream => new SslStreamMode(options),
        "lat" => new LatencyMode(options),
        "thr" => new ThroughputMode(options),
        _ => new RequestMode(options),
    };

    /// <summary>An address of the same transport that nobody else uses.</summary>
    private static string OwnUrl(string url, int round)
    {
        string own = $"nng-perf-{Environment.ProcessId}-{round}";
        string scheme = url[..url.IndexOf("://", StringComparison.Ordinal)];
        return scheme switch
        {
            "ipc" => $"ipc://{Path.Combine(Path.GetTempPath(), own)}",
            "inproc" => $"inproc://{own}",
            _ => $"{scheme}://127.0.0.1:{FreePort()}",
        };
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    protected void Report(string figures)
    {
        if (!Options.IsWarmUp)
            Print(figures);
    }

    private void Print(string figures) =>
        Console.WriteLine($"nng-net {Options.Mode} {Options.Url} size {Options.Size} count {Options.Count} {figures}");

    protected static double Seconds(long since) => Stopwatch.GetElapsedTime(since).TotalSeconds;
}
