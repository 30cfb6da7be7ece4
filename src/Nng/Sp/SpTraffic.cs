using System.Threading;

namespace Nng.Sp;

/// <summary>Traffic counters of a socket or pipe.</summary>
/// <remarks>
/// Threading: each direction is written by one thread at a time (under the owner's lock); read by any. Drops are
/// counted atomically.
/// </remarks>
internal sealed class SpTraffic
{
    private const int DropReasons = 8;

    private readonly long[] _drops = new long[DropReasons];
    private long _sentMessages;
    private long _sentBytes;
    private long _receivedMessages;
    private long _receivedBytes;

    public long SentMessages => Volatile.Read(ref _sentMessages);

    public long SentBytes => Volatile.Read(ref _sentBytes);

    public long ReceivedMessages => Volatile.Read(ref _receivedMessages);

    public long ReceivedBytes => Volatile.Read(ref _receivedBytes);

    public void CountSent(long bytes)
    {
        _sentMessages++;
        _sentBytes += bytes;
    }

    public void CountReceived(long bytes)
    {
        _receivedMessages++;
        _receivedBytes += bytes;
    }

    public void CountDrop(DropReason reason, int messages = 1)
    {
        if (messages > 0)
            Interlocked.Add(ref _drops[(int)reason], messages);
    }

    /// <summary>Messages dropped for a reason; 0 for what is none.</summary>
    public long Drops(DropReason reason) =>
        (uint)reason < DropReasons ? Volatile.Read(ref _drops[(int)reason]) : 0;
}
