using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Nng.Http;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Http.Client;

/// <summary>The standard client on this library's connections.</summary>
public sealed class NngHttpMessageHandlerTests
{
    private const string Hello = "HTTP/1.1 201 Made\r\nX-A: 1\r\nX-A: 2\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";

    [Fact]
    public async Task A_request_and_its_response_are_translated()
    {
        using ScriptedServer server = ScriptedServer.Answering(Hello);
        using var client = new HttpClient(new NngHttpMessageHandler());
        client.DefaultRequestHeaders.UserAgent.ParseAdd("some/1.0 (comment)");
        using HttpResponseMessage response = await Eventually.Completes(client.GetAsync(server.Url + "/a%20b?c=d"));
        Assert.Equal((HttpStatusCode.Created, "Made", HttpVersion.Version11), (response.StatusCode, response.ReasonPhrase, response.Version));
        Assert.Equal(["1", "2"], response.Headers.GetValues("X-A"));
        Assert.Equal(("text/plain", 5), (response.Content.Headers.ContentType!.MediaType, response.Content.Headers.ContentLength));
        Assert.Equal("hello", await response.Content.ReadAsStringAsync());
        string head = Assert.Single(server.Requests);
        Assert.StartsWith("GET /a%20b?c=d HTTP/1.1\r\nHost: 127.0.0.1:", head, StringComparison.Ordinal);
        Assert.Contains("User-Agent: some/1.0 (comment)\r\n", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_content_of_known_length_and_one_of_unknown_length()
    {
        using ScriptedServer server = ScriptedServer.Start(async (connection, request) =>
        {
            bool chunked = request.Headers.Contains("Transfer-Encoding");
            string body = await ScriptedServer.ReadAsync(connection, chunked ? "4\r\nbody\r\n0\r\n\r\n".Length : 4);
            await ScriptedServer.WriteAsync(
                connection, $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            return true;
        });
        using var client = new HttpClient(new NngHttpMessageHandler());
        using var known = new ByteArrayContent(Encoding.ASCII.GetBytes("body"));
        Assert.Equal("body", await ReadAsync(client, server, known, chunked: false));
        using var unknown = new ByteArrayContent(Encoding.ASCII.GetBytes("body"));
        Assert.Equal("4\r\nbody\r\n0\r\n\r\n", await ReadAsync(client, server, unknown, chunked: true));
        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task A_failure_is_the_standard_exception_around_ours()
    {
        using var client = new HttpClient(new NngHttpMessageHandler());
        var failure = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetAsync($"http://127.0.0.1:{ScratchUrl.FreePort()}/"));
        Assert.Equal(NngError.ConnectionRefused, Assert.IsType<NngException>(failure.InnerException).Error);
    }

    [Fact]
    public async Task Each_origin_has_its_client_which_can_be_configured()
    {
        using ScriptedServer a = ScriptedServer.Answering(Hello);
        using ScriptedServer b = ScriptedServer.Answering(Hello, scheme: "tls+tcp");
        int made = 0;
        using var client = new HttpClient(new NngHttpMessageHandler(configure: one =>
        {
            made++;
            if (one.Url.Scheme == "https")
                one.TlsConfig = TestIdentity.ClientConfig(TestAuthority.Shared);
        }));
        foreach (string url in new[] { a.Url, b.Url, a.Url, b.Url })
            Assert.Equal("hello", await Eventually.Completes(client.GetStringAsync(url)));
        Assert.Equal((2, 1, 1), (made, a.Accepted, b.Accepted));
    }

    private static async Task<string> ReadAsync(HttpClient client, ScriptedServer server, HttpContent content, bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, server.Url) { Content = content };
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        using HttpResponseMessage response = await Eventually.Completes(client.SendAsync(request));
        return await response.Content.ReadAsStringAsync();
    }
}
