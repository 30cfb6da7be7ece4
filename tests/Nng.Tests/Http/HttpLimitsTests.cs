using System;
using Nng.Http;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>Limits of the parser.</summary>
public sealed class HttpLimitsTests
{
    [Fact]
    public void The_defaults_are_those_of_the_documentation()
    {
        var limits = new HttpLimits();
        Assert.Equal(8192, limits.MaxRequestLine);
        Assert.Equal(8192, limits.MaxHeaderLine);
        Assert.Equal(32768, limits.MaxHeaderSection);
        Assert.Equal(100, limits.MaxHeaderCount);
        Assert.Equal(256, limits.MaxChunkLine);
        Assert.Equal(4096, limits.MaxChunkExtensions);
        Assert.Equal(8192, limits.MaxTrailerSection);
        Assert.Equal(32, limits.MaxTrailerCount);
        Assert.Equal(16, limits.MaxInterimResponses);
        Assert.Equal(64 << 20, limits.MaxResponseBody);
        Assert.False(limits.AllowBareLf);
    }

    [Fact]
    public void A_limit_below_1_is_refused()
    {
        var failure = Assert.Throws<ArgumentOutOfRangeException>(() => new HttpLimits { MaxHeaderCount = 0 });
        Assert.Equal("MaxHeaderCount", failure.ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new HttpLimits { MaxRequestLine = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HttpLimits { MaxResponseBody = -1 });
        Assert.Equal(0, new HttpLimits { MaxResponseBody = 0 }.MaxResponseBody);
    }
}
