using Nng.Core;
using Xunit;

namespace Nng.Tests.Core;

public sealed class UrlCanonicalTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("/", "/")]
    [InlineData("/a/..", "")]
    [InlineData("/a/../..", "")]
    [InlineData("/.", "")]
    [InlineData("//..//", "/")]
    [InlineData("/a//../b", "/b")]
    [InlineData("/%2E%2e/%41", "/A")]
    [InlineData("/a?../b/./c", "/a?../b/./c")]
    [InlineData("/a#..//b", "/a#..//b")]
    [InlineData("/%3f%23?%3F", "/%3F%23?%3F")]
    [InlineData("/a\u0001b", "/a\u0001b")]
    public void Text_becomes_canonical(string text, string expected)
    {
        Assert.True(UrlCanonical.TryCanonicalize(text, out string result));
        Assert.Equal(expected, result);
    }

    [Theory]
    [InlineData("/%")]
    [InlineData("/%a")]
    [InlineData("/%ag")]
    [InlineData("/%80")]
    [InlineData("/%C1%81")]
    public void Malformed_text_is_refused(string text)
    {
        Assert.False(UrlCanonical.TryCanonicalize(text, out string result));
        Assert.Empty(result);
    }

    [Fact]
    public void Lone_surrogate_is_refused()
    {
        Assert.False(UrlCanonical.TryCanonicalize("/\udc00", out _));
        Assert.False(UrlCanonical.TryCanonicalize("/\ud800x", out _));
    }

    [Theory]
    [InlineData("/p", "/p", null, null)]
    [InlineData("/p?q", "/p", "q", null)]
    [InlineData("/p?q#f?g#h", "/p", "q", "f?g#h")]
    [InlineData("?#", "", "", "")]
    public void Split_finds_path_query_and_fragment(string text, string path, string? query, string? fragment)
    {
        Assert.Equal((path, query, fragment), UrlCanonical.Split(text));
    }
}
