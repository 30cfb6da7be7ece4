using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.IO.Enumeration;
using System.Linq;
using System.Threading.Tasks;
using Nng.Compare;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var only = new Option<string[]>("--only")
{
    Description = "Only these scenarios; * stands for anything (thr-*-64).",
    AllowMultipleArgumentsPerToken = true,
};
var rounds = new Option<int>("--rounds")
{
    Description = "Runs of each contender, taken in turn.",
    DefaultValueFactory = _ => 5,
};
var seconds = new Option<double>("--seconds")
{
    Description = "About how long a run lasts; short ones tell more of the compiler's warming up than of the library.",
    DefaultValueFactory = _ => 3,
};
var list = new Option<bool>("--list") { Description = "Names the scenarios and ends." };
var write = new Option<bool>("--write")
{
    Description = "Writes docs/performance.md and its charts; scenarios that were not measured now stay as they are.",
};
var render = new Option<bool>("--render") { Description = "Writes the page and charts from what is recorded, and ends." };
var http = new Option<bool>("--http") { Description = "HTTP servers and clients in the place of sockets.", Hidden = true };
var command = new RootCommand("Measures Nng in turn on this machine: bench/compare against libnng, nanomsg and libzmq, "
    + "bench/compare-http against Kestrel, nginx, libnng and HttpClient. Only ratios of one run mean anything.")
    { only, rounds, seconds, list, write, render, http };
command.SetAction(parsed => parsed.GetValue(render) ? Render() : CompareAsync(
    parsed.GetValue(http) ? HttpScenario.Http : SpScenario.Sp,
    parsed.GetValue(only) ?? [],
    parsed.GetValue(rounds),
    parsed.GetValue(seconds),
    parsed.GetValue(list),
    parsed.GetValue(write)));
return await command.Parse(args).InvokeAsync();

static Task<int> Render()
{
    new Report(Path.Combine(Directory.GetCurrentDirectory(), "docs")).Write([]);
    return Task.FromResult(0);
}

static async Task<int> CompareAsync(
    IReadOnlyList<Scenario> all, string[] only, int rounds, double seconds, bool list, bool write)
{
    Scenario[] scenarios = [.. all.Where(scenario => only.Length == 0
        || only.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, scenario.Id)))];
    if (scenarios.Length == 0 || rounds < 1 || seconds <= 0)
    {
        Console.Error.WriteLine(scenarios.Length == 0
            ? $"No scenario is called {string.Join(' ', only)}; --list names them."
            : $"--rounds ({rounds}) and --seconds ({seconds}) must be positive.");
        return 2;
    }

    if (list)
    {
        foreach (Scenario scenario in scenarios)
            Console.WriteLine($"{scenario.Id,-16} {scenario.Title}");
        return 0;
    }

    string root = Directory.GetCurrentDirectory();
    foreach (string missing in scenarios[0].Prepare(root))
        Console.Error.WriteLine($"left out: {missing}");
    var measured = new List<Measurement>();
    foreach (Scenario scenario in scenarios)
    {
        Measurement measurement = await MeasureAsync(scenario, root, rounds, seconds);
        if (measurement.Rows.Count > 0)
            measured.Add(measurement);
    }

    if (write)
        new Report(Path.Combine(root, "docs")).Write(measured);
    return 0;
}

static async Task<Measurement> MeasureAsync(Scenario scenario, string root, int rounds, double seconds)
{
    var measurement = new Measurement
    {
        Scenario = scenario.Id,
        Seconds = seconds,
        Date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Machine = $"{Environment.ProcessorCount} processors, {Environment.OSVersion}, .NET {Environment.Version}",
    };
    IReadOnlyList<Entrant> entrants = await scenario.EnterAsync(root, TimeSpan.FromSeconds(seconds));
    if (entrants.Count == 0)
    {
        Console.Error.WriteLine($"left out: {scenario.Id}: nobody can take part");
        return measurement;
    }

    foreach (Entrant entrant in entrants)
        measurement.Rows.Add(new Measurement.Row { Name = entrant.Name, IsOurs = entrant.IsOurs });
    try
    {
        for (int round = 0; round < rounds; round++)
        {
            if (!Console.IsErrorRedirected)
                Console.Error.Write($"\r{scenario.Id}: round {round + 1} of {rounds} ");
            for (int i = 0; i < entrants.Count; i++)
                measurement.Rows[i].Samples.Add(await entrants[i].RunAsync());
        }
    }
    finally
    {
        foreach (Entrant entrant in entrants)
            entrant.Dispose();
    }

    if (!Console.IsErrorRedirected)
        Console.Error.Write($"\r{"",40}\r");
    Console.WriteLine(scenario.Title);
    Console.WriteLine(Report.Table(scenario, measurement));
    foreach (string verdict in Report.Verdicts(scenario, measurement))
        Console.WriteLine(verdict);
    Console.WriteLine();
    return measurement;
}
