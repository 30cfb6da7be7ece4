using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Nng.Http;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Http;

/// <summary>The client with nginx as the origin.</summary>
public sealed class ClientOnNginxTests
{
    private static readonly byte[] s_file = RandomNumberGenerator.GetBytes(3_000_000);

    [PeerTheory("nginx")]
    [InlineData("tcp")]
    [InlineData("unix")]
    [InlineData("tls")]
    public async Task A_file_whole_in_parts_and_by_its_head(string kind)
    {
        using var nginx = new NginxOrigin();
        await File.WriteAllBytesAsync(Path.Combine(nginx.Root, "file.bin"), s_file);
        using NngHttpClient client = Client(nginx, kind);

        HttpResponse whole = await Send(client, "GET", "/file.bin");
        Assert.Equal((200, s_file.Length), (whole.Status, whole.Body.Length));
        Assert.True(whole.Body.Span.SequenceEqual(s_file));

        HttpResponse head = await Send(client, "HEAD", "/file.bin");
        Assert.Equal((200, "3000000", 0), (head.Status, head.Headers["Content-Length"], head.Body.Length));

        HttpResponse part = await Send(client, "GET", "/file.bin", ("Range", "bytes=1000-1999"));
        Assert.Equal((206, "bytes 1000-1999/3000000"), (part.Status, part.Headers["Content-Range"]));
        Assert.True(part.Body.Span.SequenceEqual(s_file.AsSpan(1000, 1000)));

        HttpResponse known = await Send(client, "GET", "/file.bin", ("If-None-Match", whole.Headers["ETag"]!));
        Assert.Equal((304, 0), (known.Status, known.Body.Length));

        HttpResponse missing = await Send(client, "GET", "/nothing");
        Assert.Equal(404, missing.Status);
    }

    [PeerFact("nginx")]
    public async Task A_compressed_body_comes_in_chunks_and_is_streamed()
    {
        using var nginx = new NginxOrigin();
        string text = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"line {i}\n"));
        await File.WriteAllTextAsync(Path.Combine(nginx.Root, "file.txt"), text);
        using NngHttpClient client = Client(nginx, "tcp");
        var request = new HttpRequest { Uri = "/file.txt" };
        request.Headers.Set("Accept-Encoding", "gzip");
        using HttpExchange exchange = await Eventually.Completes(client.OpenAsync(request).AsTask());
        Assert.Equal(("chunked", "gzip"), (exchange.Response.Headers["Transfer-Encoding"], exchange.Response.Headers["Content-Encoding"]));
        using var reader = new StreamReader(new GZipStream(exchange.Body, CompressionMode.Decompress));
        Assert.Equal(text, await Eventually.Completes(reader.ReadToEndAsync()));
    }

    [PeerTheory("nginx")]
    [InlineData("tcp", true)]
    [InlineData("tcp", false)]
    [InlineData("unix", true)]
    [InlineData("tls", true)]
    [InlineData("tls", false)]
    public async Task An_upload_arrives_byte_for_byte(string kind, bool chunked)
    {
        using var nginx = new NginxOrigin();
        using NngHttpClient client = Client(nginx, kind);
        var request = new HttpRequest { Method = "PUT", Uri = "/up.bin" };
        if (!chunked)
            request.Headers.Set("Content-Length", "3000000");
        using (HttpExchange exchange = await Eventually.Completes(client.OpenAsync(request, new MemoryStream(s_file)).AsTask()))
            Assert.Equal(201, exchange.Response.Status);
        Assert.True((await File.ReadAllBytesAsync(Path.Combine(nginx.Root, "up.bin"))).AsSpan().SequenceEqual(s_file));
        HttpResponse back = await Send(client, "GET", "/up.bin");
        Assert.True(back.Body.Span.SequenceEqual(s_file));
        Assert.Equal(204, (await Send(client, "DELETE", "/up.bin")).Status);
    }

    [PeerFact("nginx")]
    public async Task A_server_that_ends_connections_now_and_then_is_no_trouble()
    {
        using var nginx = new NginxOrigin();
        await File.WriteAllTextAsync(Path.Combine(nginx.Root, "a"), "hello");
        using var client = new NngHttpClient(nginx.BriefUrl);
        for (int i = 0; i < 50; i++)
            Assert.Equal("hello", Encoding.ASCII.GetString((await Send(client, "GET", "/a")).Body.Span));
    }

    [PeerFact("nginx")]
    public async Task Many_exchanges_at_once()
    {
        using var nginx = new NginxOrigin();
        await File.WriteAllTextAsync(Path.Combine(nginx.Root, "a"), "hello");
        using var client = new NngHttpClient(nginx.Url, new NngHttpClientOptions { MaxConnections = 8 });
        HttpResponse[] responses = await Eventually.Completes(
            Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Send(client, "GET", "/a"))), timeoutMs: 30_000);
        Assert.All(responses, response => Assert.Equal("hello", Encoding.ASCII.GetString(response.Body.Span)));
    }

    [PeerFact("nginx")]
    public async Task The_standard_client_runs_on_the_handler()
    {
        using var nginx = new NginxOrigin();
        using var client = new HttpClient(new NngHttpMessageHandler(configure: one =>
        {
            if (one.Url.Scheme == "https")
                one.TlsConfig = TestIdentity.ClientConfig(TestAuthority.Shared);
        }));
        foreach (string url in new[] { nginx.Url, nginx.SecureUrl })
        {
            using var content = new ByteArrayContent(s_file);
            using HttpResponseMessage put = await Eventually.Completes(client.PutAsync(url + "/std.bin", content));
            Assert.True(put.IsSuccessStatusCode);
            Assert.True((await Eventually.Completes(client.GetByteArrayAsync(url + "/std.bin"))).AsSpan().SequenceEqual(s_file));
        }
    }

    private static NngHttpClient Client(NginxOrigin nginx, string kind)
    {
        var client = new NngHttpClient(kind switch { "tcp" => nginx.Url, "unix" => nginx.UnixUrl, _ => nginx.SecureUrl });
        if (kind == "tls")
            client.TlsConfig = TestIdentity.ClientConfig(TestAuthority.Shared);
        return client;
    }

    private static Task<HttpResponse> Send(
        NngHttpClient client, string method, string target, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequest { Method = method, Uri = target };
        foreach ((string name, string value) in headers)
            request.Headers.Set(name, value);
        return Eventually.Completes(client.SendAsync(request).AsTask(), $"{method} {target}", 30_000);
    }
}
