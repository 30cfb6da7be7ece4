using System.Diagnostics;
using Nng.Streams;
using Xunit;

namespace Nng.Tests.Streams.Engine;

public sealed class LingerPolicyTests
{
    private static readonly long s_quick = Stopwatch.Frequency / 10_000;
    private static readonly long s_slow = Stopwatch.Frequency / 100;

    private readonly LingerPolicy _policy = new();
    private long _now = 1_000_000_000;

    [Fact]
    public void The_first_chance_and_rare_ones_are_passed_over()
    {
        Assert.False(Chance(s_slow));
        Assert.False(Chance(s_slow));
        Assert.True(Chance(s_quick));
        Assert.False(Chance(s_slow));
    }

    [Fact]
    public void Failures_make_it_rest_and_try_again_some_time()
    {
        Chance(s_slow);
        int tries = 0;
        while (Chance(s_quick))
        {
            _policy.Learn(paidOff: false);
            tries++;
        }

        Assert.InRange(tries, 2, 20);
        int passed = 1;
        while (!Chance(s_quick))
            passed++;
        Assert.InRange(passed, 2, 100);
        _policy.Learn(paidOff: false);
        Assert.False(Chance(s_quick));
    }

    [Fact]
    public void A_success_after_a_rest_makes_it_go_on()
    {
        Chance(s_slow);
        while (Chance(s_quick))
            _policy.Learn(paidOff: false);
        while (!Chance(s_quick))
        {
        }

        for (int i = 0; i < 10; i++)
        {
            _policy.Learn(paidOff: true);
            Assert.True(Chance(s_quick));
        }
    }

    [Fact]
    public void A_few_failures_among_successes_do_no_harm()
    {
        Chance(s_slow);
        for (int i = 0; i < 100; i++)
        {
            Assert.True(Chance(s_quick));
            _policy.Learn(paidOff: i % 3 != 0);
        }
    }

    private bool Chance(long after) => _policy.IsWorthTrying(_now += after);
}
