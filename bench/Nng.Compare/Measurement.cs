using System.Collections.Generic;
using System.Linq;

namespace Nng.Compare;

/// <summary>What was measured in one scenario, in one run of the tool.</summary>
internal sealed class Measurement
{
    public string Scenario { get; set; } = "";

    /// <summary>When, as a date.</summary>
    public string Date { get; set; } = "";

    public string Machine { get; set; } = "";

    /// <summary>About how long each run lasted.</summary>
    public double Seconds { get; set; }

    public List<Row> Rows { get; set; } = [];

    /// <summary>The row of a target's peer; null when it did not take part.</summary>
    public Row? Peer(string name, bool isLatency)
    {
        if (name != Target.Best)
            return Rows.FirstOrDefault(row => row.Name == name);
        IEnumerable<Row> peers = Rows.Where(row => !row.IsOurs);
        return isLatency ? peers.MinBy(row => row.Median) : peers.MaxBy(row => row.Median);
    }

    /// <summary>The samples of one contender.</summary>
    internal sealed class Row
    {
        public string Name { get; set; } = "";

        /// <summary>Our library in some form: no peer.</summary>
        public bool IsOurs { get; set; }

        public List<double> Samples { get; set; } = [];

        internal double Median
        {
            get
            {
                double[] sorted = [.. Samples.Order()];
                int half = sorted.Length / 2;
                return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
            }
        }

        /// <summary>Distance of the extremes, as a part of the median.</summary>
        internal double Spread => (Samples.Max() - Samples.Min()) / Median;
    }
}
