using System.Threading;

namespace Nng.Core;

/// <summary>
/// Keeps strangers from flooding a log: of the events they can cause a few pass at once, then one a second; the rest is
/// counted.
/// </summary>
/// <remarks>Threading: safe from any thread.</remarks>
internal sealed class LogThrottle
{
    /// <summary>Events that pass after a quiet time.</summary>
    public const int Burst = 10;

    /// <summary>Time that earns another one.</summary>
    public const int IntervalMs = 1000;

    private readonly Lock _lock = new();
    private readonly Clock _clock;

    /// <summary>When the burst is whole again; each event that passes moves it by an interval.</summary>
    private long _wholeAtMs = long.MinValue;

    private long _suppressed;

    public LogThrottle(Clock clock)
    {
        _clock = clock;
    }

    /// <summary>True when an event may be logged; then the number of those that could not since the last one.</summary>
    public bool TryPass(out long suppressed)
    {
        long now = _clock.NowMs;
        lock (_lock)
        {
            suppressed = 0;
            long wholeAtMs = _wholeAtMs > now ? _wholeAtMs : now;
            if (wholeAtMs - now > (Burst - 1) * IntervalMs)
            {
                _suppressed++;
                return false;
            }

            _wholeAtMs = wholeAtMs + IntervalMs;
            (suppressed, _suppressed) = (_suppressed, 0);
            return true;
        }
    }
}
