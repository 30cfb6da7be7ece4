using System.Collections.Generic;
using Nng.Sp;
using Xunit;

namespace Nng.Tests.Sp;

/// <summary>Delays between redials (core sheet, 5.4 and W-24).</summary>
public sealed class RedialBackoffTests
{
    /// <summary>The largest delay below the bound, of each of the next attempts.</summary>
    private static List<int> Longest(ref RedialBackoff backoff, int attempts)
    {
        var delays = new List<int>();
        for (int i = 0; i < attempts; i++)
        {
            RedialBackoff copy = backoff;
            int most = 0;
            for (uint random = 0; random < 5000; random++)
            {
                RedialBackoff probe = copy;
                most = int.Max(most, probe.Next(random));
            }

            delays.Add(most);
            backoff.Next(0);
        }

        return delays;
    }

    [Fact]
    public void The_bound_doubles_up_to_the_ceiling_and_starts_over_after_success()
    {
        var backoff = new RedialBackoff(100, 1000);
        Assert.Equal([99, 199, 399, 799, 999, 999], Longest(ref backoff, 6));
        backoff.Reset();
        Assert.Equal([99, 199], Longest(ref backoff, 2));
        backoff.MinMs = 10;
        Assert.Equal([9, 19], Longest(ref backoff, 2));
    }

    [Fact]
    public void Without_a_ceiling_the_bound_does_not_grow()
    {
        var backoff = new RedialBackoff(10, 0);
        Assert.Equal([9, 9, 9, 9], Longest(ref backoff, 4));
    }

    [Fact]
    public void A_ceiling_below_the_minimum_does_not_shrink_the_delay()
    {
        var backoff = new RedialBackoff(100, 10);
        Assert.Equal([99, 99, 99], Longest(ref backoff, 3));
    }

    [Fact]
    public void A_minimum_of_zero_grows_too_and_a_negative_one_never_redials()
    {
        var backoff = new RedialBackoff(0, 8);
        Assert.Equal([0, 1, 3, 7, 7], Longest(ref backoff, 5));
        backoff.MinMs = -1;
        Assert.Equal(-1, backoff.Next(5));
    }

    [Fact]
    public void Doubling_does_not_overflow()
    {
        var backoff = new RedialBackoff(int.MaxValue, int.MaxValue);
        for (int i = 0; i < 40; i++)
            Assert.InRange(backoff.Next(uint.MaxValue), 0, int.MaxValue - 1);
    }
}
