using System;
using System.IO;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Nng.Http;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Http;

/// <summary>The client with Node's http server as the origin.</summary>
public sealed class ClientOnNodeTests
{
    [PeerFact("node")]
    public async Task Bodies_of_any_size_are_echoed_in_both_framings()
    {
        using var node = new NodeOrigin();
        using var client = new NngHttpClient(node.Url);
        foreach (int size in new[] { 0, 1, 16_384, 65_537, 2_000_000 })
        {
            byte[] body = RandomNumberGenerator.GetBytes(size);
            var request = new HttpRequest { Method = "POST", Uri = "/echo" };
            request.SetBody(body);
            HttpResponse response = await Eventually.Completes(client.SendAsync(request).AsTask(), timeoutMs: 30_000);
            Assert.Equal(size.ToString(System.Globalization.CultureInfo.InvariantCulture), response.Headers["X-Framing"]);
            Assert.True(response.Body.Span.SequenceEqual(body));

            var chunked = new HttpRequest { Method = "POST", Uri = "/echo" };
            using HttpExchange exchange =
                await Eventually.Completes(client.OpenAsync(chunked, new MemoryStream(body)).AsTask(), timeoutMs: 30_000);
            Assert.Equal("chunked", exchange.Response.Headers["X-Framing"]);
            using var echoed = new MemoryStream();
            await Eventually.Completes(exchange.Body.CopyToAsync(echoed), timeoutMs: 30_000);
            Assert.True(echoed.ToArray().AsSpan().SequenceEqual(body));
        }
    }

    [PeerFact("node")]
    public async Task A_long_upload_is_summed_while_it_is_read()
    {
        using var node = new NodeOrigin();
        using var client = new NngHttpClient(node.Url);
        byte[] body = RandomNumberGenerator.GetBytes(20_000_000);
        using HttpExchange exchange = await Eventually.Completes(
            client.OpenAsync(new HttpRequest { Method = "PUT", Uri = "/sum" }, new MemoryStream(body)).AsTask(), timeoutMs: 30_000);
        using var reader = new StreamReader(exchange.Body);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(body)), await Eventually.Completes(reader.ReadToEndAsync()));
    }

    [PeerFact("node")]
    public async Task Trailers_early_hints_empty_answers_and_closes()
    {
        using var node = new NodeOrigin();
        using var client = new NngHttpClient(node.Url);
        HttpResponse trailers = await Get(client, "/trailers");
        Assert.Equal(("part one, part two", "42"), (Text(trailers), trailers.Trailers["X-Sum"]));
        Assert.False(trailers.Headers.Contains("X-Sum"));
        HttpResponse hints = await Get(client, "/hints");
        Assert.Equal((200, "late", null), (hints.Status, Text(hints), hints.Headers["Link"]));
        Assert.Equal(204, (await Get(client, "/none")).Status);
        for (int i = 0; i < 3; i++)
            Assert.Equal("bye", Text(await Get(client, "/close")));
        Assert.Equal(404, (await Get(client, "/other")).Status);
    }

    [PeerFact("node")]
    public async Task Headers_arrive_as_they_were_set()
    {
        using var node = new NodeOrigin();
        using var client = new NngHttpClient(node.Url);
        var request = new HttpRequest { Uri = "/headers" };
        request.Headers.Add("X-One", "a");
        request.Headers.Add("X-One", "b");
        request.Headers.Set("X-Latin", "é");
        HttpResponse response = await Eventually.Completes(client.SendAsync(request).AsTask());
        Assert.Equal(["a=1", "b=2"], response.Headers.GetValues("Set-Cookie"));
        string[] raw = JsonSerializer.Deserialize<string[]>(response.Body.Span)!;
        string host = node.Url["http://".Length..];
        Assert.Equal(["X-One", "a", "X-One", "b", "X-Latin", "é", "Host", host], raw);
    }

    [PeerTheory("node")]
    [InlineData("/echo", 200)]
    [InlineData("/refuse", 413)]
    public async Task A_body_waits_for_leave(string target, int status)
    {
        using var node = new NodeOrigin();
        using var client = new NngHttpClient(
            node.Url, new NngHttpClientOptions { ContinueTimeout = TimeSpan.FromMinutes(1) });
        var request = new HttpRequest { Method = "POST", Uri = target };
        request.Headers.Set("Expect", "100-continue");
        using HttpExchange exchange = await Eventually.Completes(
            client.OpenAsync(request, new MemoryStream(Encoding.ASCII.GetBytes("the body"))).AsTask());
        Assert.Equal(status, exchange.Response.Status);
        using var reader = new StreamReader(exchange.Body);
        Assert.Equal(status == 200 ? "the body" : "too much", await Eventually.Completes(reader.ReadToEndAsync()));
    }

    [PeerFact("node")]
    public async Task The_standard_client_runs_on_the_handler()
    {
        using var node = new NodeOrigin();
        using var client = new HttpClient(new NngHttpMessageHandler());
        using var content = new StringContent("content", Encoding.UTF8, "text/plain");
        using HttpResponseMessage response = await Eventually.Completes(client.PostAsync(node.Url + "/echo", content));
        Assert.Equal("content", await response.Content.ReadAsStringAsync());
        Assert.Equal("part one, part two", await Eventually.Completes(client.GetStringAsync(node.Url + "/trailers")));
    }

    private static Task<HttpResponse> Get(NngHttpClient client, string target) =>
        Eventually.Completes(client.SendAsync(new HttpRequest { Uri = target }).AsTask(), target, 30_000);

    private static string Text(HttpResponse response) => Encoding.ASCII.GetString(response.Body.Span);
}
