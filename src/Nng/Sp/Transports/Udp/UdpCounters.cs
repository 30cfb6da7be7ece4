using System.Threading;
using Nng.Core;

namespace Nng.Sp.Transports;

/// <summary>What an endpoint lost or ignored, by reason.</summary>
/// <remarks>Threading: atomic.</remarks>
internal sealed class UdpCounters
{
    private static readonly StatTable<UdpCounters> s_table = new(
        Row("snd_toobig", "messages longer than the peer takes", c => c.SendTooBig),
        Row("snd_nobuf", "messages that found the transmit ring full", c => c.SendNoRoom),
        Row("snd_refused", "messages that the system did not take", c => c.SendRefused),
        Row("rcv_nomatch", "messages from addresses that are not connected", c => c.ReceiveNoMatch),
        Row("rcv_toobig", "messages longer than this side takes, or than their datagram", c => c.ReceiveTooBig),
        Row("rcv_nobuf", "messages dropped because newer ones came", c => c.ReceiveNoRoom));

    private long _sendTooBig;
    private long _sendNoRoom;
    private long _sendRefused;
    private long _receiveNoMatch;
    private long _receiveTooBig;
    private long _receiveNoRoom;

    public long SendTooBig => Volatile.Read(ref _sendTooBig);

    public long SendNoRoom => Volatile.Read(ref _sendNoRoom);

    public long SendRefused => Volatile.Read(ref _sendRefused);

    public long ReceiveNoMatch => Volatile.Read(ref _receiveNoMatch);

    public long ReceiveTooBig => Volatile.Read(ref _receiveTooBig);

    public long ReceiveNoRoom => Volatile.Read(ref _receiveNoRoom);

    /// <summary>The counters as statistics.</summary>
    public StatSection Section => s_table.Of(this);

    public void CountSendTooBig() => Interlocked.Increment(ref _sendTooBig);

    public void CountSendNoRoom() => Interlocked.Increment(ref _sendNoRoom);

    public void CountSendRefused() => Interlocked.Increment(ref _sendRefused);

    public void CountReceiveNoMatch() => Interlocked.Increment(ref _receiveNoMatch);

    public void CountReceiveTooBig() => Interlocked.Increment(ref _receiveTooBig);

    public void CountReceiveNoRoom() => Interlocked.Increment(ref _receiveNoRoom);

    private static Stat<UdpCounters> Row(string name, string description, System.Func<UdpCounters, long> read) =>
        Stat<UdpCounters>.Counter(name, description, read, StatUnit.Messages);
}
