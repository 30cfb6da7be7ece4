using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace Nng.Perf;

/// <summary>One measurement: its two halves, and how they report. Sockets and pauses are those of the C peers.</summary>
internal abstract class PerfMode(PerfOptions options)
{
    /// <summary>How long a dialler waits for its connection to settle before it measures.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);

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

    protected void Report(string figures) =>
        Console.WriteLine($"nng-net {Options.Mode} {Options.Url} size {Options.Size} count {Options.Count} {figures}");

    protected static double Seconds(long since) => Stopwatch.GetElapsedTime(since).TotalSeconds;
}
