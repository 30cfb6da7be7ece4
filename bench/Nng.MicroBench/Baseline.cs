using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using BenchmarkDotNet.Reports;

namespace Nng.MicroBench;

/// <summary>
/// The committed figures: each bench's time as a multiple of the calibration's of the same run, since only ratios carry
/// from one machine to another, and its bytes allocated, which may never grow.
/// </summary>
internal sealed class Baseline(string path)
{
    /// <summary>A bench is slower when it takes this many times its recorded multiple: shared machines are noisy.</summary>
    private const double Tolerance = 2;

    /// <summary>Some 5 ns: what is too short to be told from nothing.</summary>
    private const double Floor = 0.001;

    /// <summary>The category of benches that stand beside another library, and are no figures to keep.</summary>
    public const string Compared = "Compared";

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    public void Record(IEnumerable<Summary> summaries) =>
        File.WriteAllText(path, JsonSerializer.Serialize(Figures(summaries), s_json) + "\n");

    /// <summary>What has become worse, a line each.</summary>
    public IEnumerable<string> Compare(IEnumerable<Summary> summaries)
    {
        var recorded = JsonSerializer.Deserialize<SortedDictionary<string, Figure>>(File.ReadAllText(path))!;
        SortedDictionary<string, Figure> now = Figures(summaries);
        foreach ((string bench, Figure figure) in now)
        {
            if (!recorded.TryGetValue(bench, out Figure? before))
                yield return $"{bench} has no recorded figure: eng/bench.sh --record";
            else if (figure.Bytes > before.Bytes)
                yield return $"{bench} allocates {figure.Bytes} bytes, recorded {before.Bytes}";
            else if (figure.Ratio > (before.Ratio * Tolerance) + Floor)
                yield return $"{bench} takes {figure.Ratio:0.###} calibrations, recorded {before.Ratio:0.###}";
        }

        foreach (string missing in recorded.Keys.Where(bench => !now.ContainsKey(bench)))
            yield return $"{missing} is recorded and was not run";
    }

    private static SortedDictionary<string, Figure> Figures(IEnumerable<Summary> summaries)
    {
        BenchmarkReport[] reports = [.. summaries.SelectMany(summary => summary.Reports).Where(report => report.Success)];
        double calibration = reports.Single(report => report.BenchmarkCase.Descriptor.Type == typeof(CalibrationBench))
            .ResultStatistics!.Median;
        var figures = new SortedDictionary<string, Figure>(StringComparer.Ordinal);
        foreach (BenchmarkReport report in reports)
        {
            if (report.BenchmarkCase.Descriptor.Type == typeof(CalibrationBench)
                || report.BenchmarkCase.Descriptor.HasCategory(Compared))
                continue;
            string parameters = report.BenchmarkCase.Parameters.Count > 0 ? report.BenchmarkCase.Parameters.DisplayInfo : "";
            figures[report.BenchmarkCase.Descriptor.GetFilterName().Replace("Nng.MicroBench.", "") + parameters] = new Figure(
                Math.Round(report.ResultStatistics!.Median / calibration, 4),
                report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);
        }

        return figures;
    }

    /// <param name="Ratio">Median time over the calibration's.</param>
    /// <param name="Bytes">Allocated per operation.</param>
    internal sealed record Figure(double Ratio, long Bytes);
}
