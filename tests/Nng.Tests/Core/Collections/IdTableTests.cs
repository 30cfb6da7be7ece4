using System;
using System.Collections.Generic;
using Nng.Core;
using Xunit;

namespace Nng.Tests.Core;

public sealed class IdTableTests
{
    [Fact]
    public void Allocation_ascends_wraps_and_fills_up()
    {
        var table = new IdTable<string>(10, 13);

        Assert.Equal([10ul, 11, 12, 13], Allocate(table, 4));
        Assert.False(table.TryAllocate("x", out ulong none));
        Assert.Equal(0ul, none);

        Assert.NotNull(table.Remove(11));
        Assert.Equal([11ul], Allocate(table, 1));
    }

    [Fact]
    public void Removed_id_is_reused_only_after_wrapping()
    {
        var table = new IdTable<string>(1, 4);
        Allocate(table, 2);
        table.Remove(1);

        Assert.Equal([3ul, 4, 1], Allocate(table, 3));
    }

    [Fact]
    public void Allocation_skips_ids_that_were_set()
    {
        var table = new IdTable<string>(1, 4);
        table.Set(2, "two");
        table.Set(3, "three");

        Assert.Equal([1ul, 4], Allocate(table, 2));
        Assert.False(table.TryAllocate("x", out _));
    }

    [Fact]
    public void Ids_outside_the_range_do_not_count_against_it()
    {
        var table = new IdTable<string>(1, 2);
        for (ulong id = 100; id < 110; id++)
            table.Set(id, "outside");
        table.Set(0, "zero");

        Assert.Equal([1ul, 2], Allocate(table, 2));
        Assert.False(table.TryAllocate("x", out _));
        table.Remove(105);
        Assert.False(table.TryAllocate("x", out _));
        Assert.Equal(12, table.Count);
        Assert.Equal("zero", table.Get(0));
    }

    [Fact]
    public void Default_range_is_1_to_2_pow_32_minus_1()
    {
        var table = new IdTable<string>();
        Assert.Equal([1ul], Allocate(table, 1));

        var high = new IdTable<string>(uint.MaxValue - 1ul, 0);
        Assert.Equal([uint.MaxValue - 1ul, uint.MaxValue], Allocate(high, 2));
    }

    [Fact]
    public void Whole_64_bit_range_is_allowed()
    {
        var table = new IdTable<string>(ulong.MaxValue - 1, ulong.MaxValue);

        Assert.Equal([ulong.MaxValue - 1, ulong.MaxValue], Allocate(table, 2));
        Assert.False(table.TryAllocate("x", out _));
        Assert.Equal([1ul], Allocate(new IdTable<string>(1, ulong.MaxValue), 1));
    }

    [Fact]
    public void Range_must_hold_two_ids()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new IdTable<string>(5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IdTable<string>(6, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IdTable<string>(1ul << 32, 0));
    }

    [Fact]
    public void Random_start_lies_in_the_range_and_varies()
    {
        var starts = new HashSet<ulong>();
        for (int i = 0; i < 50; i++)
        {
            var table = new IdTable<string>(1000, 1_000_999, randomStart: true);
            ulong first = Allocate(table, 1)[0];
            Assert.InRange(first, 1000ul, 1_000_999ul);
            starts.Add(first);
            Assert.Equal(first == 1_000_999 ? 1000ul : first + 1, Allocate(table, 1)[0]);
        }

        Assert.True(starts.Count > 1);
    }

    [Fact]
    public void Random_start_covers_the_ends_of_a_small_range()
    {
        var starts = new HashSet<ulong>();
        for (int i = 0; i < 1000 && starts.Count < 2; i++)
            starts.Add(Allocate(new IdTable<string>(7, 8, randomStart: true), 1)[0]);

        Assert.Equal(2, starts.Count);
    }

    [Fact]
    public void Set_replaces_and_tells_what_was_there()
    {
        var table = new IdTable<string>();

        Assert.Null(table.Set(5, "a"));
        Assert.Equal("a", table.Set(5, "b"));
        Assert.Equal("b", table.Get(5));
        Assert.Equal(1, table.Count);
        Assert.Throws<ArgumentNullException>(() => table.Set(5, null!));
    }

    [Fact]
    public void Missing_id_gives_null()
    {
        var table = new IdTable<string>();

        Assert.Null(table.Get(1));
        Assert.Null(table.Remove(1));
        table.Set(1, "x");
        Assert.Null(table.Get(2));
        Assert.Equal("x", table.Remove(1));
        Assert.Null(table.Get(1));
    }

    [Fact]
    public void Visit_meets_every_entry_once()
    {
        var table = new IdTable<string>();
        Allocate(table, 100);
        var seen = new HashSet<ulong>();
        ulong cursor = 0;

        while (table.Visit(ref cursor, out ulong id, out string? value))
        {
            Assert.NotNull(value);
            Assert.True(seen.Add(id));
        }

        Assert.Equal(100, seen.Count);
        Assert.False(table.Visit(ref cursor, out _, out _));
    }

    [Fact]
    public void Get_does_not_allocate()
    {
        var table = new IdTable<string>();
        Allocate(table, 100);
        table.Get(1);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (ulong id = 0; id < 200; id++)
            table.Get(id);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_changes_agree_with_a_dictionary(int seed)
    {
        var random = new System.Random(seed);
        var table = new IdTable<object>(1, 5000);
        var model = new Dictionary<ulong, object>();
        for (int step = 0; step < 50_000; step++)
        {
            // Growing and shrinking phases, with ids that collide (multiples of large powers of two).
            bool growing = step / 5000 % 2 == 0;
            ulong id = (ulong)random.Next(2000) << (random.Next(2) * 40);
            if (random.Next(10) < (growing ? 7 : 2))
            {
                object value = new();
                table.Set(id, value);
                model[id] = value;
            }
            else
            {
                object? removed = table.Remove(id);
                Assert.Equal(model.Remove(id, out object? expected), removed is not null);
                Assert.Same(expected, removed);
            }

            Assert.Equal(model.Count, table.Count);
        }

        foreach ((ulong id, object value) in model)
            Assert.Same(value, table.Get(id));
    }

    private static ulong[] Allocate(IdTable<string> table, int count)
    {
        var ids = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            Assert.True(table.TryAllocate("x", out ids[i]));
            Assert.Equal("x", table.Get(ids[i]));
        }

        return ids;
    }
}
