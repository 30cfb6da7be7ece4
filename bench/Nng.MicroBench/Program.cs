using System;
using System.Linq;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using Nng.MicroBench;

// Words of our own: --check compares with bench/baseline.json, --record writes it. The rest is BenchmarkDotNet's.
bool check = args.Contains("--check");
bool record = args.Contains("--record");
string[] rest = [.. args.Where(word => word is not ("--check" or "--record"))];
if ((check || record) && rest.Length == 0)
    rest = ["--filter", "*"];

IConfig config = ManualConfig.CreateEmpty()
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)
        .WithIterationTime(TimeInterval.FromMilliseconds(100)))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddLogger(ConsoleLogger.Default)
    .AddExporter(MarkdownExporter.GitHub)
    .WithArtifactsPath("artifacts/microbench")
    .WithOptions(ConfigOptions.JoinSummary);
Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(CalibrationBench).Assembly).Run(rest, config)];
if (!check && !record)
    return 0;
var baseline = new Baseline("bench/baseline.json");
if (record)
{
    baseline.Record(summaries);
    return 0;
}

string[] problems = [.. baseline.Compare(summaries)];
foreach (string problem in problems)
    Console.Error.WriteLine(problem);
return problems.Length == 0 ? 0 : 1;
