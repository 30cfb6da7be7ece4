using Nng.Http;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>Media types by file name.</summary>
public sealed class HttpMediaTypesTests
{
    [Theory]
    [InlineData("index.html", "text/html")]
    [InlineData("/a/b.c/INDEX.HTM", "text/html")]
    [InlineData("x.tar.png", "image/png")]
    [InlineData("a.txt", "text/plain")]
    [InlineData("README", "text/plain")]
    [InlineData("/x/fooREADME", "text/plain")]
    [InlineData("app.wasm", "application/wasm")]
    [InlineData("noextension", "application/octet-stream")]
    [InlineData("x.unknown", "application/octet-stream")]
    [InlineData("png", "application/octet-stream")]
    [InlineData("a.png/b", "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    [InlineData(".", "application/octet-stream")]
    public void A_name_has_a_type(string name, string type) => Assert.Equal(type, HttpMediaTypes.Default.For(name));

    [Fact]
    public void A_table_of_ones_own_can_be_changed()
    {
        HttpMediaTypes types = HttpMediaTypes.Create();
        types.Set(".html", "text/html; charset=utf-8");
        types.Set(".tar.gz", "application/x-gtar");
        types.Set("Makefile", "text/x-makefile");
        Assert.Equal("text/html; charset=utf-8", types.For("a.HTML"));
        Assert.Equal("application/x-gtar", types.For("a.b.tar.gz"));
        Assert.Equal(HttpMediaTypes.Unknown, types.For("a.gz"));
        Assert.Equal("text/x-makefile", types.For("/src/Makefile"));
        Assert.Equal("text/html", HttpMediaTypes.Default.For("a.html"));
    }

    [Fact]
    public void A_type_is_a_header_value() =>
        Assert.Throws<NngException>(() => HttpMediaTypes.Create().Set(".x", "a\r\nb"));
}
