using System;
using System.Globalization;
using System.Threading.Tasks;
using Nng;
using Nng.Perf;

// The C peers' command line: the same modes, roles, sockets, buffers and one line of output, so that lines compare.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["http", ..])
    return await HttpServe.RunAsync(args);
if (args is ["fetch", ..])
    return await HttpFetch.RunAsync(args);
if (!PerfOptions.TryParse(args, out PerfOptions? options, out string? problem))
{
    bool isHelp = problem is null;
    (isHelp ? Console.Out : Console.Error).WriteLine(isHelp ? PerfOptions.Help : $"{problem}\n{PerfOptions.Usage}");
    return isHelp ? 0 : 2;
}

try
{
    await PerfMode.WarmUpAsync(options);
    await RunAsync(PerfMode.Create(options), options.Role);
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
            await mode.BothAsync();
            break;
    }
}
