namespace Nng.Sp.Protocols;

/// <summary>What both kinds of pair1 show in the statistics.</summary>
internal interface IPairV1Statistics
{
    PairV1Counters Counters { get; }

    bool IsPolyamorous { get; }
}
