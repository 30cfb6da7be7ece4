using Nng.Core;

namespace Nng;

/// <summary>The statistics of all sockets, dialers, listeners and pipes of the process.</summary>
/// <remarks>Names, presence and meaning of single statistics may change between versions.</remarks>
public static class NngStatistics
{
    /// <summary>
    /// Copies the whole tree: a root without a name, below it one scope for each object, below that its values. Each
    /// value is exact, but they are not taken at the same instant. C function: <c>nng_stats_get</c>.
    /// </summary>
    /// <remarks>Threading: may be called from any thread; the result never changes.</remarks>
    public static StatNode Snapshot() => StatTree.Root.Snapshot();
}
