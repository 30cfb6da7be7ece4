using Nng.Core;
using Xunit;

namespace Nng.Tests.Core;

/// <summary>What passes, when, and what is counted.</summary>
public sealed class LogThrottleTests
{
    private readonly FakeClock _clock = new();
    private readonly LogThrottle _throttle;

    public LogThrottleTests()
    {
        _throttle = new LogThrottle(_clock);
    }

    [Fact]
    public void A_burst_passes_and_the_rest_is_counted()
    {
        for (int i = 0; i < LogThrottle.Burst; i++)
            Passes(0);
        for (int i = 0; i < 1000; i++)
            Assert.False(_throttle.TryPass(out _));
        _clock.Advance(LogThrottle.IntervalMs);
        Passes(1000);
        Assert.False(_throttle.TryPass(out _));
    }

    [Fact]
    public void A_steady_flood_passes_once_an_interval()
    {
        for (int i = 0; i < LogThrottle.Burst; i++)
            Passes(0);
        int passed = 0;
        for (int step = 0; step < 100; step++)
        {
            _clock.Advance(LogThrottle.IntervalMs / 10);
            passed += _throttle.TryPass(out _) ? 1 : 0;
        }

        Assert.Equal(10, passed);
    }

    [Fact]
    public void Quiet_restores_the_burst_and_no_more()
    {
        for (int i = 0; i < LogThrottle.Burst; i++)
            Passes(0);
        _clock.Advance(1000L * LogThrottle.IntervalMs);
        for (int i = 0; i < LogThrottle.Burst; i++)
            Passes(0);
        Assert.False(_throttle.TryPass(out _));
    }

    private void Passes(long suppressed)
    {
        Assert.True(_throttle.TryPass(out long before));
        Assert.Equal(suppressed, before);
    }
}
