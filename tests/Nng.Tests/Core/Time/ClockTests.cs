using System;
using Nng.Core;
using Xunit;

namespace Nng.Tests.Core;

public sealed class ClockTests
{
    /// <summary>A process that runs for years, at a nanosecond a tick: the product with 1000 would overflow.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(106, 106)]
    [InlineData(107, 107)]
    [InlineData(20_000, 20_000)]
    public void Milliseconds_do_not_overflow_after_months(int days, int expectedDays)
    {
        const long frequency = 1_000_000_000;
        long ticks = (days * 86_400L * frequency) + 1_999_999;
        Assert.Equal((expectedDays * 86_400_000L) + 1, Clock.ToMilliseconds(ticks, frequency));
    }

    [Fact]
    public void The_systems_clock_moves_forward_and_is_never_zero()
    {
        long before = Clock.System.NowMs;
        Assert.True(before > 0);
        Assert.True(Clock.System.NowMs >= before);
        Assert.InRange(Aio.NowMs - before, 0, 60_000);
    }
}
