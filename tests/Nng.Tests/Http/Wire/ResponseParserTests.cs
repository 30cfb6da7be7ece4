using System;
using Nng.Http;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>Responses that are accepted, each whole, byte by byte and cut in two at each boundary.</summary>
public sealed class ResponseParserTests
{
    [Fact]
    public void A_response_is_taken_apart() => Run(
        "HTTP/1.1 404 Nope, not here\r\nContent-Length: 2\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\nhiHTTP/1.1",
        "GET",
        reading =>
        {
            Assert.Equal(404, reading.Response.Status);
            Assert.Equal("Nope, not here", reading.Response.Reason);
            Assert.Equal("HTTP/1.1", reading.Response.Version);
            Assert.Equal("a", reading.Response.Headers["set-cookie"]);
            Assert.Equal(["a", "b"], reading.Response.Headers.GetValues("Set-Cookie"));
            Assert.Equal("hi", reading.Body);
            Assert.Equal("HTTP/1.1", reading.Rest);
        });

    [Theory]
    [InlineData("HTTP/1.1 200\r\n")]
    [InlineData("HTTP/1.1 200 \r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    public void HS102_The_reason_may_be_missing(string line) => Run(line + "Content-Length: 0\r\n\r\n", "GET", reading =>
    {
        Assert.Equal(200, reading.Response.Status);
        Assert.Equal("OK", reading.Response.Reason);
    });

    [Fact]
    public void A_reason_is_opaque_text() => Run("HTTP/1.0 299 \xe9\t x\r\n\r\n", "GET", reading =>
    {
        Assert.Equal("\xe9\t x", reading.Response.Reason);
        Assert.Equal("HTTP/1.0", reading.Response.Version);
    });

    [Fact]
    public void HS114_Chunks_are_put_together() => Run(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n",
        "GET",
        reading => Assert.Equal("hello world", reading.Body));

    [Fact]
    public void HS115_Trailers_stay_out_of_the_headers() => Run(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;a=b\r\nx\r\n0\r\nT: v\r\n\r\n",
        "GET",
        reading =>
        {
            Assert.Equal("x", reading.Body);
            Assert.Null(reading.Response.Headers["T"]);
            Assert.Equal("v", reading.Response.Trailers["T"]);
        });

    [Theory]
    [InlineData("Chunked")]
    [InlineData("CHUNKED ,")]
    [InlineData(", chunked")]
    public void HS118_The_coding_is_found_in_any_case(string coding) => Run(
        $"HTTP/1.1 200 OK\r\nTransfer-Encoding: {coding}\r\n\r\n1\r\nx\r\n0\r\n\r\n",
        "GET",
        reading => Assert.Equal("x", reading.Body));

    [Fact]
    public void HS119_A_chunked_body_may_be_empty() => Run(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nmore",
        "GET",
        reading =>
        {
            Assert.Equal("", reading.Body);
            Assert.Equal("more", reading.Rest);
        });

    [Theory]
    [InlineData("HEAD", "200 OK", "Content-Length: 10")]
    [InlineData("HEAD", "200 OK", "Transfer-Encoding: chunked")]
    [InlineData("HEAD", "200 OK", "X: no framing")]
    [InlineData("GET", "204 No Content", "Content-Length: 10")]
    [InlineData("GET", "304 Not Modified", "Content-Length: 10")]
    [InlineData("GET", "304 Not Modified", "Transfer-Encoding: chunked")]
    [InlineData("GET", "100 Continue", "X: y")]
    [InlineData("GET", "101 Switching Protocols", "Upgrade: x")]
    [InlineData("CONNECT", "200 OK", "Content-Length: 10")]
    public void HS120_121_122_What_has_no_body_ends_with_its_head(string method, string status, string header) => Run(
        $"HTTP/1.1 {status}\r\n{header}\r\n\r\nnext",
        method,
        reading =>
        {
            Assert.Equal("", reading.Body);
            Assert.Equal("next", reading.Rest);
        });

    [Theory]
    [InlineData("HTTP/1.0 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")]
    public void HS123_Without_a_length_the_body_goes_on_to_the_end(string head) => Run(
        head + "all of it",
        "GET",
        reading =>
        {
            Assert.Equal(BodyKind.UntilClose, reading.Framing.Kind);
            Assert.Equal("all of it", reading.Body);
        });

    [Theory]
    [InlineData("Content-Length: 5, 5\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length: 5\r\n")]
    [InlineData("Content-Length: 5 ,5\r\nContent-Length: 05\r\n")]
    public void HS126_Equal_lengths_are_one(string headers) => Run(
        $"HTTP/1.1 200 OK\r\n{headers}\r\nhello!",
        "GET",
        reading =>
        {
            Assert.Equal("hello", reading.Body);
            Assert.Equal("!", reading.Rest);
        });

    private static void Run(string response, string method, Action<WireReading> check) =>
        Fragmenter.Run(WireReading.Bytes(response), parts =>
        {
            WireReading reading = WireReading.ReadResponse(parts, method);
            Assert.True(reading.IsDone, reading.Refusal.ToString());
            check(reading);
        });
}
