using Nng.Http;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>Requests that are accepted, each whole, byte by byte and cut in two at each boundary.</summary>
public sealed class RequestParserTests
{
    [Fact]
    public void A_request_is_taken_apart() => Run(
        "GET /home.html?a=1 HTTP/1.1\r\nHost: example.com:8080\r\nX-One: 1\r\nx-one:2\r\n\r\n",
        reading =>
        {
            HttpRequest request = reading.Request;
            Assert.Equal("GET", request.Method);
            Assert.Equal("/home.html?a=1", request.Uri);
            Assert.Equal("/home.html", request.Path);
            Assert.Equal("a=1", request.Query);
            Assert.Equal("HTTP/1.1", request.Version);
            Assert.Equal(3, request.Headers.Count);
            Assert.Equal("example.com:8080", request.Headers["host"]);
            Assert.Equal("1, 2", request.Headers["X-ONE"]);
            Assert.Equal(["1", "2"], request.Headers.GetValues("x-one"));
        });

    [Fact]
    public void A_request_without_headers_is_complete_in_http_1_0() => Run("GET / HTTP/1.0\r\n\r\n", reading =>
    {
        Assert.Equal("HTTP/1.0", reading.Request.Version);
        Assert.Empty(reading.Request.Headers);
    });

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r\n\r\n")]
    public void HS150_Empty_lines_before_a_request_are_skipped(string before) =>
        Run(before + "GET / HTTP/1.1\r\nHost: h\r\n\r\n", reading => Assert.Equal("/", reading.Request.Uri));

    [Fact]
    public void HS104_White_space_around_a_value_is_dropped_and_inside_it_kept() =>
        Run("GET / HTTP/1.1\r\nHost: h\r\nX:\tv \t\r\nY: a \t b\r\n\r\n", reading =>
        {
            Assert.Equal("v", reading.Request.Headers["X"]);
            Assert.Equal("a \t b", reading.Request.Headers["Y"]);
        });

    [Fact]
    public void HS105_High_bytes_of_a_value_are_kept() =>
        Run("GET / HTTP/1.1\r\nHost: h\r\nX: \xc3\xa9\r\n\r\n", reading =>
        {
            Assert.Equal("\xc3\xa9", reading.Request.Headers["X"]);
            Assert.Equal([0xc3, 0xa9], reading.Request.Headers.Table.ValueBytes(1).ToArray());
        });

    [Theory]
    [InlineData("X:")]
    [InlineData("X: \t ")]
    public void HS106_A_value_may_be_empty(string line) => Run(
        $"GET / HTTP/1.1\r\nHost: h\r\n{line}\r\n\r\n", reading => Assert.Equal("", reading.Request.Headers["X"]));

    [Fact]
    public void A_colon_in_a_value_belongs_to_it() =>
        Run("GET / HTTP/1.1\r\nHost: h\r\nX: a:b: c\r\n\r\n", r => Assert.Equal("a:b: c", r.Request.Headers["X"]));

    [Theory]
    [InlineData("get")]
    [InlineData("M-SEARCH")]
    [InlineData("!#$%&'*+-.^_`|~09Az")]
    public void A_method_is_any_token_and_its_case_is_kept(string method) => Run(
        $"{method} / HTTP/1.1\r\nHost: h\r\n\r\n", reading => Assert.Equal(method, reading.Request.Method));

    [Theory]
    [InlineData("HTTP/1.0", 0)]
    [InlineData("HTTP/1.1", 1)]
    [InlineData("HTTP/1.2", 2)]
    [InlineData("HTTP/1.9", 9)]
    public void Minor_versions_are_taken_as_they_come(string version, int minor) =>
        Run($"GET / {version}\r\nHost: h\r\n\r\n", reading =>
        {
            Assert.Equal(version, reading.Request.Version);
            Assert.Equal(minor, reading.Request.MinorVersion);
        });

    [Fact]
    public void HS149_Bare_line_feeds_are_accepted_where_that_is_allowed()
    {
        var limits = new HttpLimits { AllowBareLf = true };
        Fragmenter.Run(
            WireReading.Bytes("\nPOST / HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n3;x\nabc\n0\nT: u\n\nrest"),
            parts =>
            {
                WireReading reading = WireReading.ReadRequest(parts, limits);
                Assert.True(reading.IsDone);
                Assert.Equal("abc", reading.Body);
                Assert.Equal("u", reading.Request.Trailers["T"]);
                Assert.Equal("rest", reading.Rest);
            });
    }

    [Fact]
    public void What_fits_the_limits_exactly_is_accepted()
    {
        var limits = new HttpLimits
        {
            MaxRequestLine = 20,
            MaxHeaderLine = 20,
            MaxHeaderSection = 9 + 22 + 22,
            MaxHeaderCount = 3,
        };
        string request = $"GET /{new string('a', 6)} HTTP/1.1\r\nHost: h\r\n"
            + $"A: {new string('x', 17)}\r\n{new string('n', 18)}:v\r\n\r\n";
        Fragmenter.Run(WireReading.Bytes(request), parts => Assert.True(WireReading.ReadRequest(parts, limits).IsDone));
    }

    [Fact]
    public void HS076_What_follows_the_message_is_left_alone() => Run(
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n1234GET /next HTTP/1.1\r\n",
        reading =>
        {
            Assert.Equal("1234", reading.Body);
            Assert.Equal("GET /next HTTP/1.1\r\n", reading.Rest);
        });

    [Fact]
    public void A_message_that_is_cut_short_is_not_complete()
    {
        Assert.Null(WireReading.ReadRequest("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n123").Refusal);
        Assert.Null(WireReading.ReadRequest("POST / HTTP/1.1\r\nHost: h\r\n").Refusal);
        Assert.Null(WireReading.ReadRequest("").Refusal);
    }

    [Fact]
    public void A_request_object_reads_message_after_message()
    {
        var request = new HttpRequest();
        foreach ((string method, string uri) in new[] { ("GET", "/a"), ("PURGE", "/b?x"), ("GET", "/c") })
        {
            request.Reset();
            byte[] bytes = WireReading.Bytes($"{method} {uri} HTTP/1.1\r\nHost: {uri[1..]}\r\n\r\n");
            var scan = default(HeadScan);
            var line = default(RequestLine);
            Parsed parsed = RequestParser.Parse(bytes, HttpLimits.Default, ref scan, ref line, request.Headers.Table);
            Assert.Equal(Parsed.Done(bytes.Length), parsed);
            request.AdoptHead(bytes, line, scan.Section);
            System.Array.Clear(bytes);
            Assert.Equal(method, request.Method);
            Assert.Equal(uri, request.Uri);
            Assert.Equal(uri[..2], request.Path);
            Assert.Equal(uri[1..], request.Headers["Host"]);
        }
    }

    private static void Run(string request, System.Action<WireReading> check) =>
        Fragmenter.Run(WireReading.Bytes(request), parts =>
        {
            WireReading reading = WireReading.ReadRequest(parts);
            Assert.True(reading.IsDone, reading.Refusal.ToString());
            check(reading);
        });
}
