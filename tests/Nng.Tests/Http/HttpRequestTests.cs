using System;
using Nng.Http;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>Requests as an application makes them.</summary>
public sealed class HttpRequestTests
{
    [Fact]
    public void HS088_A_fresh_request_is_get_without_anything()
    {
        var request = new HttpRequest();
        Assert.Equal("GET", request.Method);
        Assert.Equal("HTTP/1.1", request.Version);
        Assert.Equal("", request.Uri);
        Assert.Empty(request.Headers);
        Assert.Empty(request.Trailers);
        Assert.True(request.Body.IsEmpty);
    }

    [Theory]
    [InlineData("http://example.com", "/")]
    [InlineData("http://example.com?q", "/?q")]
    [InlineData("http://h/p#frag", "/p")]
    [InlineData("http://h/p?q#frag", "/p?q")]
    [InlineData("http://h/caf\u00e9", "/caf%C3%A9")]
    [InlineData("http://h/a b", "/a%20b")]
    [InlineData("http://h/a%20b", "/a%20b")]
    [InlineData("ipc:///tmp/x", "/")]
    public void HS085_086_The_target_of_a_url_is_its_path_and_query(string url, string target) =>
        Assert.Equal(target, new HttpRequest(NngUrl.Parse(url)).Uri);

    [Theory]
    [InlineData("http://h:80/", "h")]
    [InlineData("http://H:8080/", "h:8080")]
    [InlineData("https://h:443/", "h")]
    [InlineData("https://h:80/", "h:80")]
    [InlineData("http://[::1]/", "[::1]")]
    [InlineData("http://[::1]:8080/", "[::1]:8080")]
    [InlineData("http://user:secret@h/", "h")]
    [InlineData("ws://h/", "h")]
    [InlineData("ipc:///tmp/x", "localhost")]
    public void HS087_The_host_of_a_url_has_its_port_and_brackets(string url, string host) =>
        Assert.Equal(host, new HttpRequest(NngUrl.Parse(url)).Headers["Host"]);

    [Fact]
    public void HS090_A_method_keeps_its_case_and_null_is_get()
    {
        var request = new HttpRequest { Method = "get" };
        Assert.Equal("get", request.Method);
        request.Method = "GET";
        Assert.Equal("GET", request.Method);
        request.Method = null;
        Assert.Equal("GET", request.Method);
    }

    [Fact]
    public void HS095_A_body_replaces_the_one_before()
    {
        var request = new HttpRequest();
        request.SetBody(new byte[10]);
        request.CopyBody("abc"u8);
        Assert.Equal("abc"u8.ToArray(), request.Body.ToArray());
        Assert.Equal(["3"], request.Headers.GetValues("Content-Length"));
    }

    [Fact]
    public void HS096_A_body_may_be_empty()
    {
        var request = new HttpRequest();
        request.CopyBody([]);
        Assert.Equal("0", request.Headers["Content-Length"]);
        Assert.True(request.Body.IsEmpty);
    }

    [Fact]
    public void A_copied_body_does_not_follow_its_source()
    {
        byte[] source = "abc"u8.ToArray();
        var request = new HttpRequest();
        request.CopyBody(source);
        Array.Clear(source);
        Assert.Equal("abc"u8.ToArray(), request.Body.ToArray());
    }

    [Fact]
    public void HS098_Reset_makes_it_as_new()
    {
        var request = new HttpRequest(NngUrl.Parse("http://h/p")) { Method = "PUT", Version = "HTTP/1.0" };
        request.SetBody(new byte[3]);
        request.Trailers.Add("T", "v");
        Assert.Equal("/p", request.Path);
        request.Reset();
        Assert.Equal("GET", request.Method);
        Assert.Equal("HTTP/1.1", request.Version);
        Assert.Equal("", request.Uri);
        Assert.Equal("", request.Path);
        Assert.Empty(request.Headers);
        Assert.Empty(request.Trailers);
        Assert.True(request.Body.IsEmpty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("G T")]
    [InlineData("GET\r\n")]
    [InlineData("G\u00c9T")]
    public void A_method_is_a_token(string method) => AssertInvalid(() => new HttpRequest().Method = method);

    [Theory]
    [InlineData("/ x")]
    [InlineData("/\r\n")]
    [InlineData("/a#b")]
    [InlineData("/\u00e9")]
    [InlineData("/\x7f")]
    public void A_target_is_visible_ascii(string uri) => AssertInvalid(() => new HttpRequest().Uri = uri);

    [Theory]
    [InlineData("HTTP/1.1\r\n")]
    [InlineData("1.1")]
    [InlineData("")]
    [InlineData("HTTP/x.1")]
    [InlineData("HTTP/1.x")]
    [InlineData("http/1.1")]
    public void A_version_is_http_and_numbers(string version) =>
        AssertInvalid(() => new HttpRequest().Version = version);

    [Theory]
    [InlineData("HTTP/1.0", 0)]
    [InlineData("HTTP/1.1", 1)]
    [InlineData("HTTP/2", 0)]
    [InlineData("HTTP/0.9", 0)]
    [InlineData(null, 1)]
    public void A_version_can_be_set(string? version, int minor)
    {
        var request = new HttpRequest { Version = version };
        Assert.Equal(version ?? "HTTP/1.1", request.Version);
        Assert.Equal(minor, request.MinorVersion);
    }

    private static void AssertInvalid(Action action) =>
        Assert.Equal(NngError.InvalidArgument, Assert.Throws<NngException>(action).Error);
}
