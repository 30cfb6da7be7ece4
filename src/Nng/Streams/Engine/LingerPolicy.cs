using System.Diagnostics;

namespace Nng.Streams;

/// <summary>
/// Whether a pool thread that has run user code stays to drive the loop. It pays off in a quick exchange with few
/// peers; otherwise it would only take the loop from its thread and give it back.
/// </summary>
/// <remarks>Threading: written by one thread at a time; a stale read costs a chance, no more.</remarks>
internal sealed class LingerPolicy
{
    /// <summary>Tries without success before lingering rests.</summary>
    private const int MaxCredit = 8;

    /// <summary>Chances passed over while lingering rests.</summary>
    private const int Rest = 32;

    /// <summary>What comes less often than this does not come while a thread lingers.</summary>
    private static readonly long s_quickTicks = Stopwatch.Frequency * 250 / 1_000_000;

    private int _credit = MaxCredit;
    private int _rested;
    private long _lastChance;

    /// <summary>True when the last chance was a moment ago and lingering has lately paid off, or has rested.</summary>
    /// <param name="now">Timestamp of this chance.</param>
    public bool IsWorthTrying(long now)
    {
        bool isQuick = now - _lastChance < s_quickTicks;
        _lastChance = now;
        if (!isQuick)
            return false;
        if (_credit > 0)
            return true;
        if (++_rested < Rest)
            return false;
        _rested = 0;
        _credit = 1;
        return true;
    }

    /// <summary>Notes how a try ended.</summary>
    public void Learn(bool paidOff) => _credit = paidOff ? System.Math.Min(_credit + 1, MaxCredit) : _credit - 1;
}
