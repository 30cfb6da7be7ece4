using System.Collections.Generic;
using System.Text;
using Nng.Http;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>Comma-separated values.</summary>
public sealed class HeaderListTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" , ,", "")]
    [InlineData("a", "a")]
    [InlineData(" a ,\tb,,c ", "a|b|c")]
    [InlineData("a=\"x,y\", b", "a=\"x,y\"|b")]
    [InlineData("\"a\\\",b\",c", "\"a\\\",b\"|c")]
    [InlineData("\"open, to the end", "\"open, to the end")]
    [InlineData("\"ends with \\", "\"ends with \\")]
    public void Elements_are_separated(string value, string expected)
    {
        var elements = new List<string>();
        var list = new HeaderList(WireReading.Bytes(value));
        while (list.MoveNext())
            elements.Add(Encoding.Latin1.GetString(list.Current));
        Assert.Equal(expected, string.Join('|', elements));
    }

    [Fact]
    public void A_word_is_found_in_any_line()
    {
        var headers = new HttpHeaders(new HeaderTable());
        headers.Add("Connection", "a, b");
        headers.Add("connection", "C");
        Assert.True(HeaderList.Contains(headers.Table, HeaderId.Connection, "c"u8));
        Assert.True(headers.ContainsWord("Connection", "B"));
        Assert.False(headers.ContainsWord("Connection", "a, b"));
        Assert.False(headers.ContainsWord("Upgrade", "a"));
    }
}
