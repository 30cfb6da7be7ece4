using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Nng.Compare;

/// <summary>A comparison of HTTP servers under wrk, or of clients on one server.</summary>
/// <param name="Id">Word for the command line and the chart's file name.</param>
/// <param name="Title">Heading of the table.</param>
/// <param name="Rows">Who takes part.</param>
/// <param name="Targets">What our rows should reach.</param>
internal sealed record HttpScenario(string Id, string Title, IReadOnlyList<HttpRow> Rows, IReadOnlyList<Target> Targets)
    : Scenario(Id, Title, Targets)
{
    private const string HttpClient = "HttpClient";

    public override string Tool => "bench/compare-http";

    public override string Unit => Rows[0].Client is null ? "requests/s" : "round trips/s";

    /// <summary>All comparisons of HTTP.</summary>
    public static IReadOnlyList<Scenario> Http { get; } =
    [
        new HttpScenario(
            "http-plaintext",
            "HTTP requests on kept connections",
            [
                .. Servers(Ours, HttpContenders.Kestrel, HttpContenders.Nginx, HttpContenders.Libnng, HttpContenders.OurLibrary),
                new HttpRow($"{Ours}, function", Ours, "/function"),
            ],
            [
                new Target(Ours, HttpContenders.Kestrel, 1.4),
                new Target(Ours, HttpContenders.Libnng, 1.4),
                new Target(Ours, HttpContenders.Nginx, 0.9),
            ]),
        new HttpScenario(
            "http-pipelined",
            "HTTP requests, 16 pipelined",
            [
                .. Servers(Ours, HttpContenders.Kestrel, HttpContenders.Nginx, HttpContenders.Libnng, HttpContenders.OurLibrary)
                    .Select(row => row with { IsPipelined = true }),
            ],
            [
                new Target(Ours, HttpContenders.Kestrel, 1.4),
                new Target(Ours, HttpContenders.Libnng, 50),
                new Target(Ours, HttpContenders.Nginx, 6),
            ]),
        new HttpScenario(
            "http-file",
            "HTTP file of 1 MiB",
            [new HttpRow(Ours, Ours, "/file"), new HttpRow(HttpContenders.Nginx, HttpContenders.Nginx, "/file")],
            [new Target(Ours, HttpContenders.Nginx, 0.8)]),
        Clients("http-client", "HTTP client, one request at a time", 1),
        Clients("http-client-32", "HTTP client, 32 requests at a time", 32),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Prepare(string root) => new HttpContenders(root).Build();

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<Entrant>> EnterAsync(string root, TimeSpan length)
    {
        var contenders = new HttpContenders(root);
        var entrants = new List<Entrant>();
        foreach (HttpRow row in Rows.Where(contenders.Has))
        {
            HttpServerProcess server = await contenders.StartAsync(row.Server).ConfigureAwait(false);
            var entrant = new HttpEntrant(row.Name, row.IsOurs, server, url => LoadAsync(row, url, contenders, root, length));
            entrants.Add(entrant);
            // The compiler's work, and what a system does when a program first runs, is nobody's figure.
            await entrant.RunAsync().ConfigureAwait(false);
        }

        return entrants;
    }

    private static IEnumerable<HttpRow> Servers(params string[] names) =>
        names.Select(name => new HttpRow(name, name, "/plaintext"));

    private static HttpScenario Clients(string id, string title, int atATime)
    {
        string count = atATime.ToString(CultureInfo.InvariantCulture);
        return new HttpScenario(
            id,
            title,
            [
                new HttpRow(Ours, Ours, "/plaintext") { Client = [count] },
                new HttpRow(HttpClient, Ours, "/plaintext") { Client = [count, "--httpclient"] },
            ],
            [new Target(Ours, HttpClient, 1.2, "a response reused against one made")]);
    }

    private static async Task<double> LoadAsync(
        HttpRow row, Uri server, HttpContenders contenders, string root, TimeSpan length)
    {
        var url = new Uri(server, row.Path);
        if (row.Client is not null)
            return await contenders.FetchAsync(url, length, row.Client).ConfigureAwait(false);
        int seconds = Math.Max(1, (int)Math.Round(length.TotalSeconds));
        string[] script = row.IsPipelined ? ["-s", Path.Combine(root, "bench", "peers", "wrk", "pipeline.lua")] : [];
        string output = await Figures.OutputAsync(
            length, ["wrk", "-t1", "-c32", $"-d{seconds}s", .. script, url.AbsoluteUri]).ConfigureAwait(false);
        if (output.Contains("Socket errors") || output.Contains("Non-2xx"))
            throw new InvalidOperationException($"{row.Name} made errors:\n{output}");
        return Figures.Of("Requests/sec:", row.Name, output);
    }
}
