using System;
using System.Collections.Generic;
using Nng.Core;
using Xunit;

namespace Nng.Tests.Core;

public sealed class SecureRandomTests
{
    [Fact]
    public void Numbers_differ_over_several_batches()
    {
        var seen = new HashSet<uint>();
        for (int i = 0; i < 1000; i++)
            seen.Add(SecureRandom.NextUInt32());

        // Of 1000 draws from 2^32, more than a few equal ones do not happen.
        Assert.InRange(seen.Count, 995, 1000);
    }

    [Fact]
    public void Every_bit_is_used()
    {
        uint ones = 0;
        uint zeros = 0;
        for (int i = 0; i < 200; i++)
        {
            uint number = SecureRandom.NextUInt32();
            ones |= number;
            zeros |= ~number;
        }

        Assert.Equal(uint.MaxValue, ones);
        Assert.Equal(uint.MaxValue, zeros);
    }

    [Fact]
    public void Bound_is_kept()
    {
        Assert.Equal(0u, SecureRandom.Below(1));
        bool low = false;
        bool high = false;
        for (int i = 0; i < 1000; i++)
        {
            uint number = SecureRandom.Below(3);
            Assert.InRange(number, 0u, 2u);
            low |= number == 0;
            high |= number == 2;
        }

        Assert.True(low && high);
    }

    [Fact]
    public void Drawing_does_not_allocate()
    {
        SecureRandom.NextUInt32();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200; i++)
            SecureRandom.NextUInt32();

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
