using System;
using System.Collections.Generic;
using Xunit;

namespace Nng.Tests.Core;

public sealed class IdMapTests
{
    [Fact]
    public void Entries_go_in_and_out()
    {
        var map = new IdMap<string>();

        map.Set(0, "zero");
        Assert.True(map.TryAllocate("one", out ulong id));
        Assert.Equal(1ul, id);
        Assert.Equal(2ul, map.Allocate("two"));

        Assert.Equal(3, map.Count);
        Assert.True(map.TryGet(0, out string? zero));
        Assert.Equal("zero", zero);
        Assert.False(map.TryGet(9, out string? none));
        Assert.Null(none);
        Assert.True(map.Remove(1));
        Assert.False(map.Remove(1));
    }

    [Fact]
    public void Used_up_range_is_out_of_memory()
    {
        var map = new IdMap<string>(10, 11);
        map.Allocate("a");
        map.Allocate("b");

        Assert.False(map.TryAllocate("c", out _));
        Assert.Equal(NngError.OutOfMemory, Assert.Throws<NngException>(() => map.Allocate("c")).Error);
    }

    [Fact]
    public void Enumeration_gives_every_entry()
    {
        var map = new IdMap<string> { };
        map.Set(5, "five");
        map.Set(6, "six");
        var seen = new SortedDictionary<ulong, string>();

        foreach ((ulong id, string value) in map)
            seen.Add(id, value);

        Assert.Equal(["five", "six"], seen.Values);
    }

    [Fact]
    public void Impossible_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new IdMap<string>(3, 2));
    }
}
