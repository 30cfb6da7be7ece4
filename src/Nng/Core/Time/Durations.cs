using System;
using System.Threading;

namespace Nng.Core;

/// <summary>Durations between .NET's spans and the library's milliseconds.</summary>
internal static class Durations
{
    /// <summary>Whole milliseconds, rounded up; -1 for infinite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than 24 days.</exception>
    public static int ToMilliseconds(TimeSpan span)
    {
        if (span == Timeout.InfiniteTimeSpan)
            return Aio.Infinite;
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        double milliseconds = Math.Ceiling(span.TotalMilliseconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(milliseconds, int.MaxValue, nameof(span));
        return (int)milliseconds;
    }

    public static TimeSpan FromMilliseconds(int milliseconds) =>
        milliseconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(milliseconds);
}
