using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Nng.Core;

/// <summary>Durations between .NET's spans and the library's milliseconds.</summary>
internal static class Durations
{
    /// <summary>Whole milliseconds, rounded up; -1 for infinite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than 24 days.</exception>
    public static int ToMilliseconds(TimeSpan span, [CallerArgumentExpression(nameof(span))] string? name = null) =>
        TryToMilliseconds(span, out int milliseconds) ? milliseconds
            : throw new ArgumentOutOfRangeException(
                name, span, "A duration is zero or more, at most 24 days, or Timeout.InfiniteTimeSpan.");

    /// <summary>The same; false for what is no duration.</summary>
    public static bool TryToMilliseconds(TimeSpan span, out int milliseconds)
    {
        double whole = span == Timeout.InfiniteTimeSpan ? Aio.Infinite : Math.Ceiling(span.TotalMilliseconds);
        bool fits = whole is >= 0 and <= int.MaxValue || span == Timeout.InfiniteTimeSpan;
        milliseconds = fits ? (int)whole : 0;
        return fits;
    }

    public static TimeSpan FromMilliseconds(int milliseconds) =>
        milliseconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(milliseconds);
}
