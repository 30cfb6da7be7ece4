using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Http;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Http.Client;

/// <summary>The client (http sheet, 5 and 12.4).</summary>
public sealed class NngHttpClientTests
{
    private const string Hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    [Fact]
    public async Task HS108_Nobody_listens()
    {
        using var client = new NngHttpClient($"http://127.0.0.1:{ScratchUrl.FreePort()}");
        using var aio = new Aio();
        client.Connect(aio);
        aio.Wait();
        Assert.Equal((NngError.ConnectionRefused, null), (aio.Result, aio.GetOutput(0)));
        var failure = await Assert.ThrowsAnyAsync<NngException>(() => client.SendAsync(Get()).AsTask());
        Assert.Equal(NngError.ConnectionRefused, failure.Error);
        Assert.Contains(client.Url.Raw, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://h/")]
    [InlineData("http:///x")]
    [InlineData("https:///")]
    [InlineData("http+unix://")]
    [InlineData("inproc://x")]
    public void HS109_A_URL_that_is_no_origin(string url)
    {
        Assert.Equal(NngError.AddressInvalid, Assert.Throws<NngException>(() => new NngHttpClient(url)).Error);
    }

    [Fact]
    public async Task HS110_A_connect_that_nobody_answers_ends_by_its_deadline()
    {
        // A full backlog answers nothing, like a black hole.
        using var hole = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        hole.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        hole.Listen(0);
        int port = ((IPEndPoint)hole.LocalEndPoint!).Port;
        using var client = new NngHttpClient($"http://127.0.0.1:{port}");
        Aio[] connects = [.. Enumerable.Range(0, 8).Select(_ =>
        {
            var aio = new Aio { TimeoutMs = 300 };
            client.Connect(aio);
            return aio;
        })];
        Eventually.True(() => connects.All(aio => !aio.IsBusy));
        Assert.Contains(connects, aio => aio.Result == NngError.TimedOut && aio.GetOutput(0) is null);
        await Task.WhenAll(connects.Select(aio => ((aio.GetOutput(0) as HttpConnection)?.DisposeAsync() ?? default).AsTask()));
    }

    [Fact]
    public void HS111_Cancelling_one_connect_leaves_the_other_alone()
    {
        using ScriptedServer server = ScriptedServer.Answering(Hello);
        using var client = new NngHttpClient(server.Url);
        using var first = new Aio();
        using var second = new Aio();
        client.Connect(first);
        client.Connect(second);
        second.Cancel();
        first.Wait();
        second.Wait();
        Assert.Equal(NngError.None, first.Result);
        using var connection = Assert.IsType<HttpConnection>(first.GetOutput(0));
        (second.GetOutput(0) as HttpConnection)?.Dispose();
        Assert.True(second.Result is NngError.Canceled or NngError.None);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("ipc")]
    [InlineData("tls+tcp")]
    public async Task HS112_Exchanges_share_a_kept_connection(string scheme)
    {
        using ScriptedServer server = ScriptedServer.Answering(Hello, scheme: scheme);
        using NngHttpClient client = ClientOf(server);
        for (int i = 0; i < 5; i++)
        {
            HttpResponse response = await Eventually.Completes(client.SendAsync(Get()).AsTask());
            Assert.Equal("hello", Text(response));
        }

        Assert.Equal(1, server.Accepted);
        string host = scheme == "ipc" ? "localhost" : server.Url[(server.Url.LastIndexOf('/') + 1)..];
        Assert.All(server.Requests, head => Assert.Equal($"GET / HTTP/1.1\r\nHost: {host}\r\n", head));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello")]
    public async Task A_connection_that_the_server_does_not_keep_is_not_used_again(string answer)
    {
        using ScriptedServer server = ScriptedServer.Answering(answer);
        using var client = new NngHttpClient(server.Url);
        for (int i = 0; i < 3; i++)
            Assert.Equal("hello", Text(await Eventually.Completes(client.SendAsync(Get()).AsTask())));
        Assert.Equal(3, server.Accepted);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("ipc")]
    [InlineData("tls+tcp")]
    public async Task A_connection_that_brought_more_than_the_response_is_not_used_again(string scheme)
    {
        using ScriptedServer server = ScriptedServer.Start(
            async (connection, _) =>
            {
                // The body is received by itself, so that what follows it is left in whatever lies below.
                await ScriptedServer.WriteAsync(connection, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
                await ScriptedServer.WriteAsync(connection, "helloHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged");
                return true;
            },
            scheme);
        using NngHttpClient client = ClientOf(server);
        for (int i = 0; i < 3; i++)
            Assert.Equal("hello", Text(await Eventually.Completes(client.SendAsync(Get()).AsTask())));
        Assert.Equal(3, server.Accepted);
    }

    [Fact]
    public async Task An_idle_connection_that_the_server_has_closed_is_replaced()
    {
        using ScriptedServer server = ScriptedServer.Answering(Hello, keep: false);
        using var client = new NngHttpClient(server.Url);
        for (int i = 0; i < 5; i++)
            Assert.Equal("hello", Text(await Eventually.Completes(client.SendAsync(Get()).AsTask())));
        Assert.Equal(5, server.Accepted);
    }

    [Fact]
    public async Task A_kept_connection_that_breaks_repeats_only_what_does_no_harm_twice()
    {
        int requests = 0;
        using ScriptedServer server = ScriptedServer.Start(async (connection, request) =>
        {
            // Every second request on its way finds the server gone.
            if (Interlocked.Increment(ref requests) % 2 == 0)
                return false;
            await ScriptedServer.WriteAsync(connection, Hello);
            return true;
        });
        using var client = new NngHttpClient(server.Url);
        Assert.Equal("hello", Text(await Eventually.Completes(client.SendAsync(Get()).AsTask())));
        Assert.Equal("hello", Text(await Eventually.Completes(client.SendAsync(Get()).AsTask())));
        Assert.Equal(3, server.Requests.Count);
        var post = new HttpRequest { Uri = "/", Method = "POST" };
        var failure = await Assert.ThrowsAnyAsync<NngException>(() => Eventually.Completes(client.SendAsync(post).AsTask()));
        Assert.Equal(NngError.ConnectionShutdown, failure.Error);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task More_exchanges_than_connections_wait_for_their_turn()
    {
        int now = 0;
        int most = 0;
        using ScriptedServer server = ScriptedServer.Start(async (connection, _) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await Task.Yield();
            Interlocked.Decrement(ref now);
            await ScriptedServer.WriteAsync(connection, Hello);
            return true;
        });
        using var client = new NngHttpClient(server.Url, new NngHttpClientOptions { MaxConnections = 2 });
        HttpResponse[] responses = await Eventually.Completes(
            Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.SendAsync(Get()).AsTask())));
        Assert.All(responses, response => Assert.Equal("hello", Text(response)));
        Assert.InRange(server.Accepted, 1, 2);
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task An_idle_connection_is_closed_when_its_time_has_passed()
    {
        var gone = new TaskCompletionSource();
        using ScriptedServer server = ScriptedServer.Start(async (connection, request) =>
        {
            await ScriptedServer.WriteAsync(connection, Hello);
            if ((await connection.TryReadAsync(new byte[1])).Error == NngError.ConnectionShutdown)
                gone.SetResult();
            return false;
        });
        using var client = new NngHttpClient(
            server.Url, new NngHttpClientOptions { IdleTimeout = TimeSpan.FromMilliseconds(30) });
        await Eventually.Completes(client.SendAsync(Get()).AsTask());
        await Eventually.Completes(gone.Task);
    }

    [Fact]
    public async Task HS128_The_response_timeout_ends_the_exchange()
    {
        using ScriptedServer server = ScriptedServer.Start((_, _) => Task.Delay(Timeout.Infinite).ContinueWith(_ => false));
        using var client = new NngHttpClient(
            server.Url, new NngHttpClientOptions { ResponseTimeout = TimeSpan.FromMilliseconds(20) });
        var failure = await Assert.ThrowsAnyAsync<NngException>(
            () => Eventually.Completes(client.SendAsync(Get()).AsTask()));
        Assert.Equal(NngError.TimedOut, failure.Error);
        using var aio = new Aio { TimeoutMs = 20 };
        client.Transact(Get(), new HttpResponse(), aio);
        aio.Wait();
        Assert.Equal(NngError.TimedOut, aio.Result);
    }

    [Fact]
    public async Task HS129_An_exchange_of_its_own_closes_its_connection_and_leaves_the_request_alone()
    {
        using ScriptedServer server = ScriptedServer.Answering(Hello);
        using var client = new NngHttpClient(server.Url);
        HttpRequest request = Get();
        var response = new HttpResponse();
        using var aio = new Aio();
        client.Transact(request, response, aio);
        aio.Wait();
        Assert.Equal((NngError.None, "hello"), (aio.Result, Text(response)));
        Assert.Empty(request.Headers);
        Assert.Contains("Connection: close\r\n", server.Requests.Single(), StringComparison.Ordinal);
        await client.TransactAsync(request, response);
        Assert.Equal(2, server.Accepted);
    }

    [Fact]
    public async Task HS130_A_server_is_verified_within_the_connect()
    {
        using ScriptedServer server = ScriptedServer.Answering(Hello, scheme: "tls+tcp");
        using var untrusting = new NngHttpClient(server.Url);
        var failure = await Assert.ThrowsAnyAsync<NngException>(() => untrusting.ConnectAsync().AsTask());
        Assert.Equal(NngError.PeerAuthentication, failure.Error);

        using NngHttpClient wrong = ClientOf(server);
        wrong.TlsConfig = TestIdentity.ClientConfig(TestAuthority.Shared);
        wrong.TlsConfig.ServerName = "other.example";
        failure = await Assert.ThrowsAnyAsync<NngException>(() => wrong.ConnectAsync().AsTask());
        Assert.Equal(NngError.PeerAuthentication, failure.Error);

        using NngHttpClient right = ClientOf(server);
        Assert.Equal("hello", Text(await Eventually.Completes(right.SendAsync(Get()).AsTask())));
        using HttpConnection connection = await Eventually.Completes(right.ConnectAsync().AsTask());
        Assert.True(connection.TlsPeer!.IsVerified);
        Assert.Equal("server.test", connection.TlsPeer.CommonName);
        Assert.Contains("localhost", connection.TlsPeer.AlternativeNames);
    }

    [Fact]
    public void HS131_There_is_no_TLS_configuration_without_TLS()
    {
        using var plain = new NngHttpClient("http://127.0.0.1");
        Assert.Equal(NngError.InvalidArgument, Assert.Throws<NngException>(() => plain.TlsConfig).Error);
        Assert.Equal(
            NngError.NotSupported,
            Assert.Throws<NngException>(() => plain.TlsConfig = new TlsConfig(TlsMode.Client)).Error);
        using var secure = new NngHttpClient("https://localhost");
        Assert.Equal("localhost", secure.TlsConfig.ServerName);
        Assert.Equal(
            NngError.InvalidArgument,
            Assert.Throws<NngException>(() => secure.TlsConfig = new TlsConfig(TlsMode.Server)).Error);
    }

    [Fact]
    public async Task HS132_A_redirect_is_returned_as_it_is()
    {
        using ScriptedServer server = ScriptedServer.Answering(
            "HTTP/1.1 301 Moved\r\nLocation: /else\r\nContent-Length: 0\r\n\r\n");
        using var client = new NngHttpClient(server.Url);
        HttpResponse response = await Eventually.Completes(client.SendAsync(Get()).AsTask());
        Assert.Equal((301, "/else"), (response.Status, response.Headers["Location"]));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_response_is_read_as_it_arrives()
    {
        var more = new TaskCompletionSource();
        using ScriptedServer server = ScriptedServer.Start(async (connection, _) =>
        {
            await ScriptedServer.WriteAsync(connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
            await more.Task;
            await ScriptedServer.WriteAsync(connection, "3\r\ntwo\r\n0\r\nT: v\r\n\r\n");
            return true;
        });
        using var client = new NngHttpClient(server.Url);
        using (HttpExchange exchange = await Eventually.Completes(client.OpenAsync(Get()).AsTask()))
        {
            var buffer = new byte[100];
            Assert.Equal(3, await exchange.Body.ReadAsync(buffer));
            more.SetResult();
            using var reader = new StreamReader(exchange.Body);
            Assert.Equal("two", await Eventually.Completes(reader.ReadToEndAsync()));
            Assert.Equal("v", exchange.Response.Trailers["T"]);
        }

        await Eventually.Completes(client.SendAsync(Get()).AsTask());
        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task A_body_that_is_left_unread_costs_the_connection()
    {
        using ScriptedServer server = ScriptedServer.Answering(Hello);
        using var client = new NngHttpClient(server.Url);
        (await Eventually.Completes(client.OpenAsync(Get()).AsTask())).Dispose();
        Assert.Equal("hello", Text(await Eventually.Completes(client.SendAsync(Get()).AsTask())));
        Assert.Equal(2, server.Accepted);
    }

    [Fact]
    public async Task A_body_is_read_by_a_blocking_thread_too()
    {
        using ScriptedServer server = ScriptedServer.Answering(Hello);
        using var client = new NngHttpClient(server.Url);
        using HttpExchange exchange = await Eventually.Completes(client.OpenAsync(Get()).AsTask());
        using var reader = new StreamReader(exchange.Body);
        Assert.Equal("hello", await Eventually.Completes(Task.Run(reader.ReadToEnd)));
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_a_failure()
    {
        using ScriptedServer server = ScriptedServer.Answering(Hello[..^2], keep: false);
        using var client = new NngHttpClient(server.Url);
        using HttpExchange exchange = await Eventually.Completes(client.OpenAsync(Get()).AsTask());
        var failure = await Assert.ThrowsAsync<IOException>(() => exchange.Body.CopyToAsync(Stream.Null));
        Assert.Equal(NngError.ConnectionShutdown, Assert.IsAssignableFrom<NngException>(failure.InnerException).Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_is_sent_as_it_is_read(bool chunked)
    {
        byte[] body = new byte[300_000];
        new Random(1).NextBytes(body);
        byte[]? received = null;
        using ScriptedServer server = ScriptedServer.Start(async (connection, request) =>
        {
            MessageFraming.OfRequest(request.Headers.Table, 1, out BodyFraming framing);
            var reader = new HttpBodyReader();
            reader.Start(framing, HttpLimits.Default, 1 << 20, request);
            using var all = new MemoryStream();
            var buffer = new byte[10_000];
            while (!reader.IsEnded)
                all.Write(buffer, 0, await connection.ReadBodyAsync(reader, buffer, default));
            received = all.ToArray();
            await ScriptedServer.WriteAsync(connection, Hello);
            return true;
        });
        using var client = new NngHttpClient(server.Url);
        var request = new HttpRequest { Uri = "/", Method = "PUT" };
        if (!chunked)
            request.Headers.Set("Content-Length", "300000");
        for (int i = 0; i < 2; i++)
        {
            using HttpExchange exchange =
                await Eventually.Completes(client.OpenAsync(request, new MemoryStream(body)).AsTask());
            Assert.Equal(200, exchange.Response.Status);
            await exchange.Body.CopyToAsync(Stream.Null);
            Assert.Equal(body, received);
        }

        Assert.Equal(1, server.Accepted);
        string line = chunked ? "Transfer-Encoding: chunked" : "Content-Length: 300000";
        Assert.All(server.Requests, head => Assert.Contains(line, head, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_waits_for_leave_if_the_request_expects_it(bool granted)
    {
        using ScriptedServer server = ScriptedServer.Start(async (connection, request) =>
        {
            if (!granted)
            {
                await ScriptedServer.WriteAsync(connection, "HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n");
                return true;
            }

            await ScriptedServer.WriteAsync(connection, "HTTP/1.1 100 Continue\r\n\r\n");
            Assert.Equal("body", await ScriptedServer.ReadAsync(connection, 4));
            await ScriptedServer.WriteAsync(connection, Hello);
            return true;
        });
        using var client = new NngHttpClient(
            server.Url, new NngHttpClientOptions { ContinueTimeout = TimeSpan.FromMinutes(1) });
        var request = new HttpRequest { Uri = "/", Method = "POST" };
        request.Headers.Set("Expect", "100-continue");
        request.SetBody("body"u8.ToArray());
        using HttpExchange exchange = await Eventually.Completes(client.OpenAsync(request).AsTask());
        Assert.Equal(granted ? 200 : 417, exchange.Response.Status);
    }

    [Fact]
    public async Task A_body_waits_for_leave_as_long_as_it_takes_if_told_so()
    {
        var content = new MemoryStream("body"u8.ToArray());
        long sentBefore = -1;
        using ScriptedServer server = ScriptedServer.Start(async (connection, _) =>
        {
            // Nothing is to happen meanwhile.
            await Task.Delay(100);
            sentBefore = content.Position;
            await ScriptedServer.WriteAsync(connection, "HTTP/1.1 100 Continue\r\n\r\n");
            Assert.Equal("body", await ScriptedServer.ReadAsync(connection, 4));
            await ScriptedServer.WriteAsync(connection, Hello);
            return true;
        });
        using var client = new NngHttpClient(
            server.Url, new NngHttpClientOptions { ContinueTimeout = Timeout.InfiniteTimeSpan });
        var request = new HttpRequest { Uri = "/", Method = "POST" };
        request.Headers.Set("Expect", "100-continue");
        request.Headers.Set("Content-Length", "4");
        using HttpExchange exchange = await Eventually.Completes(client.OpenAsync(request, content).AsTask());
        Assert.Equal((200, 0), (exchange.Response.Status, sentBefore));
    }

    [Fact]
    public async Task Content_that_is_shorter_than_announced_is_a_failure()
    {
        using ScriptedServer server = ScriptedServer.Start((_, _) => Task.Delay(Timeout.Infinite).ContinueWith(_ => false));
        using var client = new NngHttpClient(server.Url);
        var request = new HttpRequest { Uri = "/", Method = "PUT" };
        request.Headers.Set("Content-Length", "10");
        var failure = await Assert.ThrowsAnyAsync<NngException>(
            () => Eventually.Completes(client.OpenAsync(request, new MemoryStream(new byte[3])).AsTask()));
        Assert.Equal(NngError.InvalidArgument, failure.Error);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("tls+tcp")]
    public async Task A_proxy_is_asked_to_connect(string scheme)
    {
        using ScriptedServer server = ScriptedServer.Answering(Hello, scheme: scheme);
        using ScriptedServer proxy = ScriptedServer.Start(async (connection, request) =>
        {
            Assert.Equal(HttpMethods.Connect, request.Method);
            using var dialer = new NngStreamDialer("tcp://" + request.Uri);
            using NngStream onward = await dialer.DialAsync();
            await ScriptedServer.WriteAsync(connection, "HTTP/1.1 200 Connected\r\n\r\n");
            using Stream near = connection.AsStream();
            using Stream far = onward.AsStream();
            await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
            return false;
        });
        using NngHttpClient client = ClientOf(server, new NngHttpClientOptions { Proxy = NngUrl.Parse(proxy.Url) });
        for (int i = 0; i < 2; i++)
            Assert.Equal("hello", Text(await Eventually.Completes(client.SendAsync(Get()).AsTask())));
        string authority = server.Url[(server.Url.LastIndexOf('/') + 1)..];
        Assert.Equal($"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n", Assert.Single(proxy.Requests));
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_named()
    {
        using ScriptedServer proxy = ScriptedServer.Answering("HTTP/1.1 403 Never\r\nContent-Length: 0\r\n\r\n");
        using var client = new NngHttpClient(
            "http://example.invalid", new NngHttpClientOptions { Proxy = NngUrl.Parse(proxy.Url) });
        var failure = await Assert.ThrowsAnyAsync<NngException>(() => Eventually.Completes(client.SendAsync(Get()).AsTask()));
        Assert.Equal(NngError.ConnectionRefused, failure.Error);
        Assert.Contains("403 Never", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disposed_client_refuses_and_its_idle_connections_are_closed()
    {
        using ScriptedServer server = ScriptedServer.Answering(Hello);
        var client = new NngHttpClient(server.Url);
        await Eventually.Completes(client.SendAsync(Get()).AsTask());
        client.Dispose();
        client.Dispose();
        var failure = await Assert.ThrowsAnyAsync<NngException>(() => Eventually.Completes(client.SendAsync(Get()).AsTask()));
        Assert.Equal(NngError.Closed, failure.Error);
    }

    private static HttpRequest Get() => new() { Uri = "/" };

    private static string Text(HttpResponse response) => Encoding.Latin1.GetString(response.Body.Span);

    private static NngHttpClient ClientOf(ScriptedServer server, NngHttpClientOptions? options = null)
    {
        var client = new NngHttpClient(server.Url, options);
        if (server.StreamUrl.Scheme == "tls+tcp")
            client.TlsConfig = TestIdentity.ClientConfig(TestAuthority.Shared);
        return client;
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
