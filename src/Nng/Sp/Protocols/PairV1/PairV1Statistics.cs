using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>pair1's own statistics (core sheet, 9.2), as rows.</summary>
internal static class PairV1Statistics
{
    private static readonly StatTable<SpProtocol> s_common = new(
        Stat<SpProtocol>.Boolean("poly", "polyamorous mode", p => Of(p).IsPolyamorous),
        Stat<SpProtocol>.Boolean("raw", "raw mode", p => p.Info.Raw),
        Stat<SpProtocol>.Counter("mismatch", "pipes refused for their protocol", p => Of(p).Counters.Mismatch),
        Stat<SpProtocol>.Counter("already", "pipes refused because a peer is attached", p => Of(p).Counters.Already),
        Stat<SpProtocol>.Counter(
            "ttl_drop", "messages dropped after too many hops", p => Drops(p, DropReason.TtlExceeded), StatUnit.Messages),
        Stat<SpProtocol>.Counter(
            "tx_drop", "messages that could not be delivered", p => Undeliverable(p), StatUnit.Messages),
        Stat<SpProtocol>.Counter(
            "rx_malformed", "malformed messages received", p => Drops(p, DropReason.Malformed), StatUnit.Messages));

    /// <summary>Raw and polyamorous sockets only.</summary>
    private static readonly StatTable<SpProtocol> s_full = s_common.With(
        Stat<SpProtocol>.Counter(
            "tx_malformed", "sends refused for their header", p => Of(p).Counters.TxMalformed, StatUnit.Messages));

    public static StatSection Section(SpProtocol protocol) =>
        (protocol.Info.Raw || Of(protocol).IsPolyamorous ? s_full : s_common).Of(protocol);

    private static IPairV1Statistics Of(SpProtocol protocol) => (IPairV1Statistics)protocol;

    private static long Drops(SpProtocol protocol, DropReason reason) => protocol.Socket.Traffic.Drops(reason);

    private static long Undeliverable(SpProtocol protocol) =>
        Of(protocol).IsPolyamorous
            ? Drops(protocol, DropReason.NoSuchPipe) + Drops(protocol, DropReason.SendQueueFull)
            : 0;
}
