using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Nng.Compare;

/// <summary>Starts contenders and reads their figure.</summary>
internal sealed class Runner(TimeSpan length)
{
    /// <summary>
    /// How many messages keep a contender busy for the wanted time: found by runs of growing count, since rates differ
    /// by a factor of a thousand between contenders.
    /// </summary>
    public async Task<int> CalibrateAsync(SpScenario scenario, Contender contender)
    {
        double count = scenario.Size > 16384 ? 1000 : 4000;
        while (true)
        {
            double figure = await RunAsync(scenario, contender, (int)count).ConfigureAwait(false);
            double perSecond = scenario.IsLatency ? 1e6 / figure / 2 : figure;
            double wanted = perSecond * length.TotalSeconds;
            if (wanted < count * 3)
                return (int)Math.Max(wanted, 1000);
            count = Math.Min(wanted, count * 20);
        }
    }

    /// <summary>One run; its figure.</summary>
    public async Task<double> RunAsync(SpScenario scenario, Contender contender, int count)
    {
        string url = FreshUrl(contender.Transport ?? scenario.Transport);
        if (scenario.Transport == "inproc")
        {
            using Process both = Start(scenario, contender, "both", url, count);
            return await FigureAsync(scenario, contender, both).ConfigureAwait(false);
        }

        using Process listener = Start(scenario, contender, "listen", url, count);
        await ListeningAsync(url, listener).ConfigureAwait(false);
        using Process dialler = Start(scenario, contender, "dial", url, count);
        Process reporter = scenario.Mode == "thr" ? listener : dialler;
        Process other = scenario.Mode == "thr" ? dialler : listener;
        double figure = await FigureAsync(scenario, contender, reporter).ConfigureAwait(false);
        await Figures.EndAsync(contender.Name, other, length).ConfigureAwait(false);
        return figure;
    }

    private static Process Start(SpScenario scenario, Contender contender, string role, string url, int count)
    {
        var words = new List<string>(contender.Command.Skip(1));
        words.AddRange(
        [
            scenario.Mode, role, url, scenario.Size.ToString(CultureInfo.InvariantCulture),
            count.ToString(CultureInfo.InvariantCulture),
        ]);
        words.AddRange(contender.Extra);
        var start = new ProcessStartInfo(contender.Command[0], words) { RedirectStandardOutput = true };
        if (scenario.Transport == SpScenario.Tls)
            start.Environment["NNG_PERF_PEM"] = ServerIdentity.File;
        if (contender.LibraryPath is not null)
            start.Environment["LD_LIBRARY_PATH"] = contender.LibraryPath;
        return Process.Start(start)!;
    }

    private async Task<double> FigureAsync(SpScenario scenario, Contender contender, Process process)
    {
        Task<string> reading = process.StandardOutput.ReadToEndAsync();
        await Figures.EndAsync(contender.Name, process, length).ConfigureAwait(false);
        return Figures.Of(scenario.Figure, contender.Name, await reading.ConfigureAwait(false));
    }

    private static string FreshUrl(string transport)
    {
        if (transport is not ("tcp" or "ws" or SpScenario.Tls))
            return transport == "ipc" ? $"ipc://{Path.GetTempPath()}nng-compare-{Guid.NewGuid():N}" : "inproc://compare";
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return $"{transport}://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
    }

    /// <summary>Waits until the listener is there, without connecting to it: some peers would count that.</summary>
    private static async Task ListeningAsync(string url, Process listener)
    {
        for (int tries = 0; tries < 500 && !listener.HasExited; tries++)
        {
            if (IsListening(url))
                return;
            await Task.Delay(10).ConfigureAwait(false);
        }

        throw new InvalidOperationException($"Nobody listens at {url}.");
    }

    private static bool IsListening(string url)
    {
        if (url.StartsWith("ipc://", StringComparison.Ordinal))
            return File.Exists(url["ipc://".Length..]);
        string port = int.Parse(url[(url.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture)
            .ToString("X4", CultureInfo.InvariantCulture);
        foreach (string line in File.ReadLines("/proc/net/tcp"))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 3 && words[3] == "0A" && words[1].EndsWith(":" + port, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
