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

    private sealed class SystemClock : Clock
    {
        // The epoch is moved so that a reading is never 0: 0 means "unset" to some callers.
        private static readonly long s_origin = Stopwatch.GetTimestamp() - Stopwatch.Frequency;

        public override long NowMs => (Stopwatch.GetTimestamp() - s_origin) * 1000 / Stopwatch.Frequency;
    }
}
