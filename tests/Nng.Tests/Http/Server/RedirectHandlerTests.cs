using Nng.Http;
using Xunit;

namespace Nng.Tests.Http.Server;

/// <summary>Where redirects lead.</summary>
public sealed class RedirectHandlerTests
{
    [Theory]
    [InlineData("/here", "/there", "/here", "/there")]
    [InlineData("/here", "/there", "/here?a=b", "/there?a=b")]
    [InlineData("/here", "/there", "/here/i/go", "/there/i/go")]
    [InlineData("/here", "/there/", "/here/i/go", "/there/i/go")]
    [InlineData("/here", "http://n.test/x?k=v", "/here?a", "http://n.test/x?k=v&a")]
    [InlineData("/", "https://n", "/foo", "https://n/foo")]
    [InlineData("/", "https://n/", "/foo", "https://n/foo")]
    [InlineData("/", "/index.html", "/", "/index.html")]
    [InlineData("/", "https://n", "/a%20b%3Fc%23d%25e", "https://n/a%20b%3Fc%23d%25e")]
    [InlineData("/", "https://n", "/%5C%5Cevil", "https://n/%5C%5Cevil")]
    [InlineData("/", "/", "//evil.test/x", "/evil.test/x")]
    [InlineData("/", "https://n", "/.evil.test", "https://n/.evil.test")]
    [InlineData("/", "https://n", "/caf%C3%A9", "https://n/caf%C3%A9")]
    public void HS174_The_rest_of_the_target_goes_along(string path, string location, string target, string expected)
    {
        HttpHandler handler = HttpHandler.Redirect(path, location, 307);
        handler.Tree = HttpTreeMode.Shared;
        using var site = new ServedSite(handler);
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Get(target);
        Assert.Equal(307, reply.Status);
        Assert.Equal(expected, reply["Location"]);
        Assert.Equal("close", reply["Connection"]);
        peer.ExpectClosed();
    }

    [Fact]
    public void HS174_The_status_is_301_unless_said_otherwise()
    {
        using var site = new ServedSite(HttpHandler.Redirect("/here", "/there"));
        using HttpPeer peer = site.Connect();
        Assert.Equal(301, peer.Send("DELETE /here HTTP/1.1\r\nHost: h\r\n\r\n").Read().Status);
    }

    [Fact]
    public void HS175_Nothing_of_the_target_becomes_html()
    {
        HttpHandler handler = HttpHandler.Redirect("/here", "/there");
        handler.Tree = HttpTreeMode.Shared;
        using var site = new ServedSite(handler);
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Get("/here/\"><script>alert(1)</script>?\"><script>");
        Assert.Equal(301, reply.Status);
        Assert.DoesNotContain("<script", reply.Text);
        Assert.DoesNotContain("\"", reply["Location"]);
    }

    [Fact]
    public void HS174_HS201_A_client_that_sends_a_large_body_gets_the_response()
    {
        using var site = new ServedSite(HttpHandler.Redirect("/here", "/there"));
        for (int i = 0; i < 20; i++)
        {
            using HttpPeer peer = site.Connect();
            peer.Send("POST /here HTTP/1.1\r\nHost: h\r\nContent-Length: 1048576\r\n\r\n").SendBytes(new byte[1048576]);
            HttpReply reply = peer.Read();
            Assert.Equal(301, reply.Status);
            Assert.Contains("/there", reply.Text);
            peer.ExpectClosed();
        }
    }
}
