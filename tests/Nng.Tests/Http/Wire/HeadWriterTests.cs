using System;
using System.Text;
using Nng.Http;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>The bytes of heads on the wire.</summary>
public sealed class HeadWriterTests
{
    [Theory]
    [InlineData("http://example.com/a?b=1", "GET /a?b=1 HTTP/1.1\r\nHost: example.com\r\n\r\n")]
    [InlineData("http://example.com:8080/", "GET / HTTP/1.1\r\nHost: example.com:8080\r\n\r\n")]
    public void HS084_A_request_for_a_url_is_target_and_host(string url, string expected) =>
        Assert.Equal(expected, Text(new HttpRequest(NngUrl.Parse(url))));

    [Fact]
    public void A_body_brings_its_length()
    {
        var request = new HttpRequest(NngUrl.Parse("http://h/p")) { Method = "POST" };
        request.SetBody("1234"u8.ToArray());
        Assert.Equal("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n", Text(request));
    }

    [Fact]
    public void A_response_is_status_line_headers_and_empty_line()
    {
        var response = new HttpResponse();
        response.Headers.Add("Content-Type", "text/plain");
        response.SetBody("Hello, World!"u8.ToArray());
        Assert.Equal("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\n", Text(response));
    }

    [Fact]
    public void HS091_The_first_spelling_goes_on_the_wire()
    {
        var request = new HttpRequest { Uri = "/" };
        request.Headers.Add("X", "a");
        request.Headers.Add("x", "b");
        request.Headers.Set("x", "c");
        Assert.Equal("GET / HTTP/1.1\r\nX: c\r\n\r\n", Text(request));
    }

    [Fact]
    public void HS092_Repeated_lines_stay_apart()
    {
        var response = new HttpResponse();
        response.Headers.Add("Set-Cookie", "a=1");
        response.Headers.Add("Set-Cookie", "b=2");
        Assert.Equal("HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\n", Text(response));
    }

    [Fact]
    public void HS097_Each_write_shows_the_message_as_it_is_now()
    {
        var request = new HttpRequest(NngUrl.Parse("http://h/one"));
        Assert.StartsWith("GET /one ", Text(request));
        request.Uri = "/two";
        request.SetBody("x"u8.ToArray());
        Assert.Equal("GET /two HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n", Text(request));
    }

    [Fact]
    public void A_wrong_or_missing_length_is_put_right()
    {
        var request = new HttpRequest { Uri = "/" };
        request.SetBody("1234"u8.ToArray());
        request.Headers.Set("Content-Length", "99");
        request.Headers.Add("X", "y");
        Assert.Equal("GET / HTTP/1.1\r\nContent-Length: 4\r\nX: y\r\n\r\n", Text(request));
        request.Headers.Remove("Content-Length");
        Assert.Equal("GET / HTTP/1.1\r\nX: y\r\nContent-Length: 4\r\n\r\n", Text(request));
        request.Headers.Set("Transfer-Encoding", "chunked");
        Assert.Equal("GET / HTTP/1.1\r\nX: y\r\nContent-Length: 4\r\n\r\n", Text(request));
    }

    [Theory]
    [InlineData(204)]
    [InlineData(100)]
    public void HS107_A_status_without_a_body_has_no_length(int status)
    {
        var response = new HttpResponse { Status = status, Reason = "R" };
        response.SetBody("x"u8.ToArray());
        response.Headers.Add("Transfer-Encoding", "chunked");
        Assert.Equal($"HTTP/1.1 {status} R\r\n\r\n", Text(response));
    }

    [Fact]
    public void Not_modified_keeps_its_length_and_sends_no_body()
    {
        var response = new HttpResponse { Status = 304 };
        response.SetBody("xyz"u8.ToArray());
        Assert.Equal("HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n", Text(response));
    }

    [Fact]
    public void Chunked_framing_takes_the_place_of_a_length()
    {
        var response = new HttpResponse();
        response.Headers.Set("Content-Length", "3");
        response.Headers.Set("X", "y");
        Assert.Equal(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: y\r\nDate: now\r\n\r\n",
            Text(response, OutgoingFraming.Chunked, "Date: now\r\n"));
    }

    [Fact]
    public void The_bound_holds_for_the_longest_length()
    {
        var response = new HttpResponse { Status = 999 };
        byte[] output = new byte[HeadWriter.Measure(response)];
        int length = HeadWriter.Write(response, OutgoingFraming.OfLength(long.MaxValue), default, output);
        Assert.Equal(
            "HTTP/1.1 999 Unknown HTTP Status\r\nContent-Length: 9223372036854775807\r\n\r\n",
            Encoding.Latin1.GetString(output, 0, length));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var request = new HttpRequest(NngUrl.Parse("http://h/p?q")) { Method = "PATCH", Version = "HTTP/1.0" };
        request.Headers.Add("X", "\xe9\t\xff");
        WireReading reading = WireReading.ReadRequest(Text(request));
        Assert.True(reading.IsDone);
        Assert.Equal("PATCH", reading.Request.Method);
        Assert.Equal("HTTP/1.0", reading.Request.Version);
        Assert.Equal(request.Headers, reading.Request.Headers);
    }

    private static string Text(HttpRequest request)
    {
        byte[] output = new byte[HeadWriter.Measure(request)];
        int length = HeadWriter.Write(request, OutgoingFraming.OfRequest(request), default, output);
        return Encoding.Latin1.GetString(output, 0, length);
    }

    private static string Text(HttpResponse response) =>
        Text(response, OutgoingFraming.OfResponse(response), string.Empty);

    private static string Text(HttpResponse response, OutgoingFraming framing, string extra)
    {
        byte[] extraBytes = WireReading.Bytes(extra);
        byte[] output = new byte[HeadWriter.Measure(response, extraBytes)];
        return Encoding.Latin1.GetString(output, 0, HeadWriter.Write(response, framing, extraBytes, output));
    }
}
