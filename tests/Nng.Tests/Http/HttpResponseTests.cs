using System;
using System.Text;
using Nng.Http;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>Responses as an application makes them.</summary>
public sealed class HttpResponseTests
{
    [Fact]
    public void HS089_A_fresh_response_is_ok()
    {
        var response = new HttpResponse();
        Assert.Equal(200, response.Status);
        Assert.Equal("OK", response.Reason);
        Assert.Equal("HTTP/1.1", response.Version);
        Assert.Empty(response.Headers);
        Assert.True(response.Body.IsEmpty);
        Assert.False(response.IsErrorPage);
    }

    [Fact]
    public void HS099_A_reason_that_was_set_stays()
    {
        var response = new HttpResponse { Status = 404 };
        Assert.Equal("Not Found", response.Reason);
        response.Reason = "Nope";
        response.Status = 200;
        Assert.Equal("Nope", response.Reason);
        response.Reason = null;
        Assert.Equal("OK", response.Reason);
        response.Reason = "OK";
        response.Status = 404;
        Assert.Equal("Not Found", response.Reason);
    }

    [Theory]
    [InlineData(422, "Unprocessable Content")]
    [InlineData(502, "Bad Gateway")]
    [InlineData(308, "Permanent Redirect")]
    [InlineData(418, "I Am A Teapot")]
    [InlineData(799, "Unknown HTTP Status")]
    public void HS100_A_status_has_its_reason(int status, string reason) =>
        Assert.Equal(reason, new HttpResponse { Status = status }.Reason);

    [Fact]
    public void HS101_An_error_response_tells_its_status()
    {
        HttpResponse response = HttpResponse.CreateError(404);
        Assert.Equal(404, response.Status);
        Assert.Equal("text/html; charset=UTF-8", response.Headers["Content-Type"]);
        Assert.Equal(response.Body.Length.ToString(), response.Headers["Content-Length"]);
        string page = Encoding.UTF8.GetString(response.Body.Span);
        Assert.Contains("404", page);
        Assert.Contains("Not Found", page);
        Assert.True(response.Body.Length < 1024);
        Assert.True(response.IsErrorPage);
        response.SetBody("mine"u8.ToArray());
        Assert.False(response.IsErrorPage);
    }

    [Fact]
    public void Reset_takes_the_error_mark_away()
    {
        HttpResponse response = HttpResponse.CreateError(500);
        response.Reset();
        Assert.False(response.IsErrorPage);
        Assert.Equal(200, response.Status);
        Assert.Empty(response.Headers);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(1000)]
    [InlineData(-1)]
    public void A_status_has_three_digits(int status)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new HttpResponse { Status = status });
        Assert.Throws<ArgumentOutOfRangeException>(() => HttpResponse.CreateError(status));
    }

    [Theory]
    [InlineData("a\r\nb")]
    [InlineData("\0")]
    public void A_reason_cannot_end_the_line(string reason) => Assert.Equal(
        NngError.InvalidArgument,
        Assert.Throws<NngException>(() => new HttpResponse { Reason = reason }).Error);

    [Fact]
    public void HS175_Pages_escape_what_is_inserted()
    {
        string page = Encoding.UTF8.GetString(HttpErrorPage.Create(400, "<b>", "\"><script>'&"));
        Assert.Contains("&lt;b&gt;", page);
        Assert.Contains("&quot;&gt;&lt;script&gt;&#39;&amp;", page);
        Assert.DoesNotContain("<script>", page);
        page = Encoding.UTF8.GetString(HttpErrorPage.CreateWithLink(301, "R", "/x?\"><script>"));
        Assert.Contains("href=\"/x?&quot;&gt;&lt;script&gt;\"", page);
    }
}
