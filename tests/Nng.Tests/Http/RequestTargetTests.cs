using System;
using System.Text;
using Nng.Http;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>The reusable target; its forms and paths stand in <see cref="TargetParserTests"/>.</summary>
public sealed class RequestTargetTests
{
    private readonly RequestTarget _target = new();

    [Fact]
    public void Texts_are_reused_only_for_the_same_bytes()
    {
        string first = Path("/a/b?c=d", out string? firstQuery);
        Assert.Equal("/a/b", first);
        Assert.Equal("c=d", firstQuery);
        Assert.Same(first, Path("/a/b?c=d", out string? query));
        Assert.Same(firstQuery, query);
        Assert.Equal("/a/c", Path("/a/c?c=e", out query));
        Assert.Equal("c=e", query);
        Assert.Equal("/a", Path("/a", out query));
        Assert.Null(query);
        Assert.Equal("/\u00e9", Path("/%c3%a9", out _));
    }

    [Fact]
    public void A_long_target_after_a_short_one_fits()
    {
        Path("/", out _);
        string path = "/" + new string('x', 5000);
        Assert.Equal(path + "/", Path(path + "/%2e/", out _));
    }

    [Fact]
    public void A_malformed_target_leaves_nothing_of_the_one_before()
    {
        Path("/secret?x", out _);
        _target.Forget();
        _target.Resolve("/%", "GET");
        Assert.Equal(HttpRefusal.TargetEscape, _target.Refusal);
        Assert.True(_target.PathBytes.IsEmpty);
        Assert.True(_target.QueryBytes.IsEmpty);
        Assert.Equal("", _target.Path);
    }

    [Fact]
    public void A_repeated_target_costs_no_allocation()
    {
        byte[] bytes = Encoding.ASCII.GetBytes("/a/%62/../c?query=1");
        long Measure()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                _target.Forget();
                _target.Resolve(bytes, "GET");
                Assert.True(_target.Path.Length == 4 && _target.Query!.Length == 7);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Measure();
        Assert.Equal(0, Measure());
    }

    private string Path(string target, out string? query)
    {
        _target.Forget();
        _target.Resolve(Encoding.ASCII.GetBytes(target), "GET");
        query = _target.Query;
        return _target.Path;
    }
}
