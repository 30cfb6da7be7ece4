using Nng.Http;
using Xunit;

namespace Nng.Tests.Http.Client;

/// <summary>URLs of clients (http sheet, 5.2 and 5.3).</summary>
public sealed class HttpOriginTests
{
    [Theory]
    [InlineData("http://h", "h", "h:80", false)]
    [InlineData("http://h:80/x?y", "h", "h:80", false)]
    [InlineData("http4://h:8080", "h:8080", "h:8080", false)]
    [InlineData("https://h", "h", "h:443", true)]
    [InlineData("wss6://[::1]", "[::1]", "[::1]:443", true)]
    [InlineData("ws://[::1]:8080", "[::1]:8080", "[::1]:8080", false)]
    [InlineData("http://user:word@h/", "h", "h:80", false)]
    [InlineData("http+unix://%2Ftmp%2FA.sock/x", "localhost", "", false)]
    [InlineData("http+unix:///tmp/a.sock", "localhost", "", false)]
    [InlineData("ipc:///tmp/a.sock", "localhost", "", false)]
    public void An_origin_has_a_name_for_servers_and_one_for_proxies(string url, string host, string authority, bool secure)
    {
        Assert.Equal(NngError.None, HttpOrigin.Create(NngUrl.Parse(url), out HttpOrigin? origin));
        Assert.Equal((host, authority, secure), (origin!.Host, origin.Authority, origin.IsSecure));
    }

    [Theory]
    [InlineData("tcp://h:1")]
    [InlineData("://h")]
    [InlineData("http://")]
    [InlineData("http+unix:///")]
    [InlineData("http://h:port")]
    public void What_is_no_origin_is_an_invalid_address(string url)
    {
        Assert.Equal(NngError.AddressInvalid, HttpOrigin.Create(NngUrl.Parse(url), out HttpOrigin? origin));
        Assert.Null(origin);
    }
}
