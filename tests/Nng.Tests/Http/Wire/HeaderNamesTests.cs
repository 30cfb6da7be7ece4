using Nng.Http;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>Header names to their identity; the whole table is walked in <see cref="HeaderTableTests"/>.</summary>
public sealed class HeaderNamesTests
{
    [Theory]
    [InlineData("Host", HeaderId.Host)]
    [InlineData("hOsT", HeaderId.Host)]
    [InlineData("Hos", HeaderId.Other)]
    [InlineData("Hosta", HeaderId.Other)]
    [InlineData("content-length", HeaderId.ContentLength)]
    [InlineData("content_length", HeaderId.Other)]
    [InlineData("Content-Lengt\u0008", HeaderId.Other)]
    [InlineData("if-range", HeaderId.IfRange)]
    [InlineData("if-match", HeaderId.IfMatch)]
    [InlineData("", HeaderId.Other)]
    internal void A_name_is_known_or_not(string name, HeaderId expected) =>
        Assert.Equal(expected, HeaderNames.Identify(WireReading.Bytes(name)));
}
