using System.Threading;

namespace Nng.Sp.Protocols;

/// <summary>pair1's own statistics (protocols sheet, 5.5). Threading: atomic.</summary>
internal sealed class PairV1Counters
{
    private long _mismatch;
    private long _already;
    private long _txMalformed;

    /// <summary>Pipes refused for a wrong protocol.</summary>
    public long Mismatch => Volatile.Read(ref _mismatch);

    /// <summary>Pipes refused because one is attached.</summary>
    public long Already => Volatile.Read(ref _already);

    /// <summary>Raw sends refused for their header.</summary>
    public long TxMalformed => Volatile.Read(ref _txMalformed);

    public void CountRejected(NngError error)
    {
        if (error == NngError.Busy)
            Interlocked.Increment(ref _already);
        else
            Interlocked.Increment(ref _mismatch);
    }

    public void CountTxMalformed() => Interlocked.Increment(ref _txMalformed);
}
