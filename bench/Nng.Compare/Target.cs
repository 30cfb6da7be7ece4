namespace Nng.Compare;

/// <summary>A ratio of medians that one of our rows should reach against a peer.</summary>
/// <param name="Row">Our row.</param>
/// <param name="Peer">The peer's row, or <see cref="Best"/>.</param>
/// <param name="Ratio">At least this for rates, at most this for latencies.</param>
/// <param name="Unlike">In what the two rows do not do the same; empty when they do.</param>
internal sealed record Target(string Row, string Peer, double Ratio, string Unlike = "")
{
    public const string Best = "best peer";

    public bool IsMet(double ratio, bool isLatency) => isLatency ? ratio <= Ratio : ratio >= Ratio;
}
