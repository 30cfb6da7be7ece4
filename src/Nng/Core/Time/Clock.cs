using System;
using System.Diagnostics;

namespace Nng.Core;

/// <summary>Monotonic milliseconds from an arbitrary epoch; replaceable in tests.</summary>
/// <remarks>Threading: safe from any thread. C function: <c>nng_clock</c>.</remarks>
internal abstract class Clock
{
    /// <summary>The machine's clock.</summary>
    public static Clock System { get; } = new SystemClock();

    /// <summary>Whole milliseconds, rounded down.</summary>
    public abstract long NowMs { get; }

    /// <summary>Whole milliseconds of a number of ticks, however large: a process may run for years.</summary>
    /// <param name="ticks">0 or more.</param>
    /// <param name="frequency">Ticks a second.</param>
    public static long ToMilliseconds(long ticks, long frequency)
    {
        (long seconds, long rest) = Math.DivRem(ticks, frequency);
        return (seconds * 1000) + (rest * 1000 / frequency);
    }

    private sealed class SystemClock : Clock
    {
        // Of the machine, so that C code can compute the same (nng_clock); moved so that a reading is never 0, which
        // means "unset" to some callers.
        private const long OriginMs = 1000;

        public override long NowMs =>
            ToMilliseconds(Stopwatch.GetTimestamp(), Stopwatch.Frequency) + OriginMs;
    }
}
