using System.Threading;
using Nng.Core;

namespace Nng.Sp.Transports;

/// <summary>Why an endpoint lost or ignored a message.</summary>
internal enum UdpLoss
{
    SendTooBig,
    SendNoRoom,
    SendRefused,
    ReceiveNoMatch,
    ReceiveTooBig,
    ReceiveNoRoom,
}

/// <summary>What an endpoint lost or ignored, by reason.</summary>
/// <remarks>Threading: atomic.</remarks>
internal sealed class UdpCounters
{
    private const int Reasons = 6;

    private static readonly StatTable<UdpCounters> s_table = new(
        Row(UdpLoss.SendTooBig, "snd_toobig", "messages longer than the peer takes"),
        Row(UdpLoss.SendNoRoom, "snd_nobuf", "messages that found the transmit ring full"),
        Row(UdpLoss.SendRefused, "snd_refused", "messages that the system did not take"),
        Row(UdpLoss.ReceiveNoMatch, "rcv_nomatch", "messages from addresses that are not connected"),
        Row(UdpLoss.ReceiveTooBig, "rcv_toobig", "messages longer than this side takes, or than their datagram"),
        Row(UdpLoss.ReceiveNoRoom, "rcv_nobuf", "messages dropped because newer ones came"));

    private readonly long[] _losses = new long[Reasons];

    /// <summary>The counters as statistics.</summary>
    public StatSection Section => s_table.Of(this);

    public void Count(UdpLoss loss) => Interlocked.Increment(ref _losses[(int)loss]);

    private static Stat<UdpCounters> Row(UdpLoss loss, string name, string description) =>
        Stat<UdpCounters>.Counter(
            name, description, counters => Volatile.Read(ref counters._losses[(int)loss]), StatUnit.Messages);
}
