using System.Collections.Generic;
using System.Linq;
using Nng.Http;
using Xunit;

namespace Nng.Tests.Http.Server;

public sealed class ByteRangeTests
{
    private const long Total = 10;

    [Theory]
    [InlineData("bytes=0-0", "0+1")]
    [InlineData("BYTES=2-4", "2+3")]
    [InlineData("bytes=8-", "8+2")]
    [InlineData("bytes=-3", "7+3")]
    [InlineData("bytes=-99999999999999999999", "0+10")]
    [InlineData("bytes= 0-1 ,\t3-4,", "0+2 3+2")]
    [InlineData("bytes=8-,0-1,30-,-1", "8+2 0+2 9+1")]
    [InlineData("bytes=3-4,20-30", "3+2")]
    public void What_can_be_served_in_the_order_asked_for(string value, string expected)
    {
        Assert.Equal(ByteRange.Verdict.Part, ByteRange.Parse(value, Total, out List<ByteRange> ranges));
        Assert.Equal(expected, string.Join(' ', ranges.Select(range => $"{range.Start}+{range.Length}")));
    }

    [Theory]
    [InlineData("bytes=10-", Total)]
    [InlineData("bytes=-0", Total)]
    [InlineData("bytes=0-", 0)]
    [InlineData("bytes=20-30,-0", Total)]
    public void What_lies_beyond_the_end(string value, long total) =>
        Assert.Equal(ByteRange.Verdict.Unsatisfiable, ByteRange.Parse(value, total, out _));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("lines=0-1")]
    [InlineData("bytes=")]
    [InlineData("bytes=,")]
    [InlineData("bytes=5")]
    [InlineData("bytes=5-3")]
    [InlineData("bytes=-")]
    [InlineData("bytes=+1-3")]
    [InlineData("bytes=0x1-3")]
    [InlineData("bytes=0-1,x")]
    [InlineData("bytes=0-1,bytes=3-4")]
    [InlineData("bytes=0-7,2-9")]
    public void What_means_nothing_or_asks_for_too_much_is_the_whole(string? value) =>
        Assert.Equal(ByteRange.Verdict.Whole, ByteRange.Parse(value, Total, out _));

    [Fact]
    public void Sixteen_ranges_are_enough()
    {
        string many = "bytes=" + string.Join(',', Enumerable.Repeat("0-0", 16));
        Assert.Equal(ByteRange.Verdict.Part, ByteRange.Parse(many, 100, out List<ByteRange> ranges));
        Assert.Equal(16, ranges.Count);
        Assert.Equal(ByteRange.Verdict.Whole, ByteRange.Parse(many + ",0-0", 100, out _));
    }

    [Fact]
    public void The_header_of_a_part() => Assert.Equal("bytes 7-9/10", new ByteRange(7, 3).ContentRange(10));
}
