using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Nng.Compare;

/// <summary>Keeps measurements, and writes them into the page between its two marks.</summary>
internal sealed class Report(string folder)
{
    private const string Begin = "<!-- measured: written by bench/compare and bench/compare-http -->";
    private const string End = "<!-- end of measured -->";

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    private readonly string _page = Path.Combine(folder, "performance.md");
    private readonly string _data = Path.Combine(folder, "performance", "measured.json");

    public SortedDictionary<string, Measurement> Load() => File.Exists(_data)
        ? JsonSerializer.Deserialize<SortedDictionary<string, Measurement>>(File.ReadAllText(_data))!
        : [];

    /// <summary>Takes new measurements in the place of older ones of the same scenario, and writes page and charts.</summary>
    public void Write(IEnumerable<Measurement> measured)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_data)!);
        SortedDictionary<string, Measurement> all = Load();
        foreach (Measurement measurement in measured)
            all[measurement.Scenario] = measurement;
        File.WriteAllText(_data, JsonSerializer.Serialize(all, s_json) + "\n");

        var text = new StringBuilder();
        foreach (Scenario scenario in Scenario.All)
        {
            if (!all.TryGetValue(scenario.Id, out Measurement? measurement))
                continue;
            string chart = $"performance/{scenario.Id}.svg";
            File.WriteAllText(Path.Combine(folder, chart), Chart.Draw(scenario, measurement));
            text.Append(CultureInfo.InvariantCulture, $"### {scenario.Title}\n\n![{scenario.Title}]({chart})\n\n");
            text.Append(Table(scenario, measurement));
            int rounds = measurement.Rows[0].Samples.Count;
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n`{scenario.Tool} --only {scenario.Id} --rounds {rounds} --seconds {measurement.Seconds}`, {measurement.Date}, "
                + $"{measurement.Machine}.\n\n");
        }

        string page = File.ReadAllText(_page);
        int from = page.IndexOf(Begin, StringComparison.Ordinal);
        int to = page.IndexOf(End, StringComparison.Ordinal);
        if (from < 0 || to < from)
            throw new InvalidOperationException($"{_page} has no place for the measurements: '{Begin}' ... '{End}'.");
        page = page[..(from + Begin.Length)] + "\n\n" + Summary(all) + text + page[to..];
        File.WriteAllText(_page, page);
    }

    /// <summary>The rows with medians, spreads, ratios, and what became of the targets.</summary>
    public static string Table(Scenario scenario, Measurement measurement)
    {
        string[] peers = [.. measurement.Rows.Where(row => !row.IsOurs).Select(row => row.Name)];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"| {scenario.Unit} | median | spread |");
        foreach (string peer in peers)
            text.Append(CultureInfo.InvariantCulture, $" / {peer} |");
        text.Append("\n|---|--:|--:|").Insert(text.Length, "--:|", peers.Length).Append('\n');
        foreach (Measurement.Row row in measurement.Rows)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Name} | {Number(row.Median)} | {row.Spread * 100:F0} % |");
            foreach (string peer in peers)
                text.Append(CultureInfo.InvariantCulture, $" {row.Median / measurement.Peer(peer, false)!.Median:0.00} |");
            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Target by target: wanted, reached; or that one of the two was not measured.</summary>
    public static IEnumerable<string> Verdicts(Scenario scenario, Measurement measurement)
    {
        string sign = scenario.IsLatency ? "<=" : ">=";
        foreach (Target target in scenario.Targets)
        {
            string wanted = string.Create(CultureInfo.InvariantCulture, $"{sign} {target.Ratio:0.##}");
            string row = target.Unlike.Length == 0 ? target.Row : $"{target.Row} ({target.Unlike})";
            Measurement.Row? ours = measurement.Rows.FirstOrDefault(other => other.Name == target.Row);
            Measurement.Row? peer = measurement.Peer(target.Peer, scenario.IsLatency);
            if (ours is null || peer is null)
            {
                yield return $"| {scenario.Title} | {row} | {target.Peer} | {wanted} | - | not measured |";
                continue;
            }

            double ratio = ours.Median / peer.Median;
            string verdict = target.IsMet(ratio, scenario.IsLatency) ? "met" : "missed";
            string name = target.Peer == Target.Best ? $"{Target.Best} ({peer.Name})" : peer.Name;
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"| {scenario.Title} | {row} | {name} | {wanted} | {ratio:0.00} | {verdict} |");
        }
    }

    public static string Number(double value) =>
        value.ToString(value < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture).Replace(',', '\u00A0');

    private static string Summary(SortedDictionary<string, Measurement> all)
    {
        var text = new StringBuilder("| scenario | row | against | wanted | reached | |\n|---|---|---|--:|--:|---|\n");
        foreach (Scenario scenario in Scenario.All)
        {
            Measurement measurement = all.GetValueOrDefault(scenario.Id) ?? new Measurement();
            foreach (string verdict in Verdicts(scenario, measurement))
                text.Append(verdict).Append('\n');
        }

        return text.Append('\n').ToString();
    }
}
