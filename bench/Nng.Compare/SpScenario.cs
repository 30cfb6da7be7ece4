using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;

namespace Nng.Compare;

/// <summary>A pattern over a transport, by programs with the peers' command line.</summary>
/// <param name="Id">Word for the command line and the chart's file name.</param>
/// <param name="Title">Heading of the table.</param>
/// <param name="Mode">The peers' mode: lat, thr or req.</param>
/// <param name="Transport">tcp, ipc, tls+tcp, ws or inproc.</param>
/// <param name="Size">Body of a message in bytes.</param>
/// <param name="OurRows">Our contenders: the row's name and the extra words.</param>
/// <param name="Targets">What our rows should reach.</param>
internal sealed record SpScenario(
    string Id,
    string Title,
    string Mode,
    string Transport,
    int Size,
    IReadOnlyList<(string Name, string[] Extra)> OurRows,
    IReadOnlyList<Target> Targets)
    : Scenario(Id, Title, Targets)
{
    /// <summary>The transport whose peers need certificates; only libnng has it.</summary>
    public const string Tls = "tls+tcp";

    public const string Blocking = Ours;
    public const string Async = "Nng, async";
    public const string Contexts = "Nng, 64 contexts";

    private static readonly (string Name, string[] Extra) s_blocking = (Blocking, []);
    private static readonly (string Name, string[] Extra) s_async = (Async, ["--async"]);

    public override string Tool => "bench/compare";

    public override bool IsLatency => Mode == "lat";

    public override string Unit => Mode switch
    {
        "lat" => "us one way",
        "thr" => "messages/s",
        _ => "round trips/s",
    };

    /// <summary>The figure's name in a peer's line of output.</summary>
    public string Figure => Mode switch
    {
        "lat" => "one_way_us",
        "thr" => "msg_per_s",
        _ => "rt_per_s",
    };

    /// <summary>All patterns, transports and sizes.</summary>
    public static IReadOnlyList<Scenario> Sp { get; } = MakeAll();

    /// <inheritdoc/>
    public override IReadOnlyList<string> Prepare(string root)
    {
        IReadOnlyList<string> missing = new Contenders(root).Build();
        return CipherEntrant.Missing is { } cipher ? [.. missing, cipher] : missing;
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<Entrant>> EnterAsync(string root, TimeSpan length)
    {
        var runner = new Runner(length);
        var entrants = new List<Entrant>();
        foreach (Contender contender in new Contenders(root).For(this))
        {
            int count = await runner.CalibrateAsync(this, contender).ConfigureAwait(false);
            entrants.Add(new SpEntrant(this, contender, runner, count));
        }

        if (this is { Mode: "thr", Transport: Tls, Size: > 16384 } && CipherEntrant.Missing is null)
            entrants.Add(new CipherEntrant(Size, length));
        return entrants;
    }

    private static List<Scenario> MakeAll()
    {
        var all = new List<Scenario>();
        foreach (string transport in (string[])["tcp", "ipc"])
        {
            all.Add(Throughput(
                transport,
                64,
                new Target(Blocking, "libzmq", 1.2),
                new Target(Blocking, "libnng", 20),
                new Target(Contenders.OurLibrary, "libnng", 10)));
            all.Add(Throughput(transport, 1024, new Target(Blocking, "libzmq", 1.5)));
            all.Add(Throughput(transport, 65536, new Target(Blocking, Target.Best, 1.1)));
        }

        all.Add(Throughput(Tls, 64, new Target(Blocking, "libnng", 10)));
        all.Add(Throughput(
            Tls, 65536, new Target(Blocking, "libnng", 1.2), new Target(Blocking, CipherEntrant.Row, 0.8)));
        all.Add(Latency(Tls, new Target(Blocking, "libnng", 0.6)));
        all.Add(Throughput(
            "ws", 64, new Target(Blocking, "libnng", 10), new Target(Blocking, Contenders.OurTcp, 0.7)));
        all.Add(Latency("ws", new Target(Blocking, "libnng", 0.6)));
        all.Add(Throughput("inproc", 64, new Target(Blocking, "libzmq", 1.5)));
        foreach (string transport in (string[])["tcp", "ipc"])
        {
            all.Add(Latency(
                transport,
                new Target(Blocking, Target.Best, 0.4),
                new Target(Async, Target.Best, 0.4),
                new Target(Contenders.OurLibrary, "libnng", 0.8)));
        }

        all.Add(Latency("inproc", new Target(Blocking, "libzmq", 0.3), new Target(Async, "libzmq", 0.1)));
        all.Add(new SpScenario(
            "req-tcp-64",
            "Request/reply over tcp, 64 B",
            "req",
            "tcp",
            64,
            [s_blocking, s_async, (Contexts, ["--contexts", "64"])],
            [
                new Target(Blocking, Target.Best, 2),
                new Target(Contexts, "libnng", 10, "64 requests at a time against one"),
                new Target(Contenders.OurLibrary, "libnng", 1.3),
            ]));
        return all;
    }

    private static SpScenario Throughput(string transport, int size, params Target[] targets) => new(
        $"thr-{Word(transport)}-{size}",
        $"One-way stream over {transport}, {SizeText(size)}",
        "thr",
        transport,
        size,
        [s_blocking, s_async],
        targets);

    private static SpScenario Latency(string transport, params Target[] targets) => new(
        $"lat-{Word(transport)}-64",
        $"Latency over {transport}, 64 B",
        "lat",
        transport,
        64,
        [s_blocking, s_async],
        targets);

    /// <summary>The transport in names of files.</summary>
    private static string Word(string transport) => transport == Tls ? "tls" : transport;

    private static string SizeText(int size) =>
        size < 1024 ? $"{size} B" : (size / 1024).ToString(CultureInfo.InvariantCulture) + " KiB";
}
