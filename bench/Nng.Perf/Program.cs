using System;
using System.Globalization;
using System.Threading.Tasks;
using Nng;
using Nng.Perf;

// The C peers' command line: the same modes, roles, sockets, buffers and one line of output, so that lines compare.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["http", ..])
    return await HttpServe.RunAsync(args);
if (!PerfOptions.TryParse(args, out PerfOptions? options, out string? problem))
{
    bool isHelp = problem is null;
    (isHelp ? Console.Out : Console.Error).WriteLine(isHelp ? PerfOptions.Help : $"{problem}\n{PerfOptions.Usage}");
    return isHelp ? 0 : 2;
}

try
{
    PerfMode mode = options.Mode switch
    {
        "lat" => new LatencyMode(options),
        "thr" => new ThroughputMode(options),
        _ => new RequestMode(options),
    };
    await RunAsync(mode, options.Role);
    return 0;
}
catch (NngException exception)
{
    Console.Error.WriteLine($"nng-net: {options.Url}: {exception.Message}");
    return 1;
}

static async Task RunAsync(PerfMode mode, string role)
{
    switch (role)
    {
        case "listen":
            await mode.ListenAsync();
            break;
        case "dial":
            await mode.DialAsync();
            break;
        default:
            // Threads of their own, as in the C peers: a blocking half would hold a thread of the pool.
            Task listening = Task.Factory.StartNew(mode.ListenAsync, TaskCreationOptions.LongRunning).Unwrap();
            await Task.Delay(PerfMode.Settle);
            Task dialling = Task.Factory.StartNew(mode.DialAsync, TaskCreationOptions.LongRunning).Unwrap();
            await Task.WhenAll(listening, dialling);
            break;
    }
}
