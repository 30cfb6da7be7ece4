using System.Threading;

namespace Nng.Sp.Transports;

/// <summary>What the two ends of an in-process connection share: one lock and the end of it all.</summary>
internal sealed class InprocLink
{
    /// <summary>Guards both ends. Taken under protocol locks; nothing is called under it.</summary>
    public Lock Lock { get; } = new();

    public bool Closed { get; set; }
}
