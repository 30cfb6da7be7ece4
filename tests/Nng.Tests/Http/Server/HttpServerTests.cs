using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nng.Http;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Http.Server;

/// <summary>The life of servers: holds, starts and stops, addresses, pages, the end.</summary>
public sealed class HttpServerTests
{
    [Fact]
    public void HS177_Holds_share_a_server_and_stops_count()
    {
        string url = $"http://127.0.0.1:{ScratchUrl.FreePort()}";
        using HttpServer first = HttpServer.Hold(url);
        using HttpServer second = HttpServer.Hold(url);
        Assert.Same(first.Shared, second.Shared);
        first.AddHandler(ServedSite.Says("/", "shared"));
        first.Start();
        second.Start();
        first.Stop();
        using (var peer = new HttpPeer(second))
            Assert.Equal("shared", peer.Get("/").Text);
        second.Stop();
        Assert.Equal(NngError.Closed, Assert.Throws<NngException>(second.Start).Error);
        using HttpServer third = HttpServer.Hold(url);
        Assert.NotSame(first.Shared, third.Shared);
        third.Start();
    }

    [Fact]
    public void The_last_release_stops_whatever_was_started()
    {
        HttpServer first = HttpServer.Hold($"http://127.0.0.1:{ScratchUrl.FreePort()}");
        first.Start();
        first.Start();
        HttpServer second = HttpServer.Hold($"http://127.0.0.1:{first.Port}");
        Assert.Same(first.Shared, second.Shared);
        first.Dispose();
        first.Dispose();
        using (var peer = new HttpPeer(second))
            Assert.Equal(404, peer.Get("/").Status);
        int port = second.Port;
        second.Dispose();
        using HttpServer again = HttpServer.Hold($"http://127.0.0.1:{port}");
        again.Start();
    }

    [Fact]
    public void A_port_that_was_chosen_is_shared_and_the_choice_is_not()
    {
        using HttpServer first = HttpServer.Hold("http://127.0.0.1:0");
        first.Start();
        using HttpServer second = HttpServer.Hold($"http://127.0.0.1:{first.Port}");
        Assert.Same(first.Shared, second.Shared);
        using HttpServer fresh = HttpServer.Hold("http://127.0.0.1:0");
        Assert.NotSame(first.Shared, fresh.Shared);
    }

    [Fact]
    public void HS179_The_port_is_known_after_the_start()
    {
        using HttpServer server = HttpServer.Hold("http://127.0.0.1:0/ignored");
        Assert.Equal(NngAddress.Unspecified, server.LocalAddress);
        Assert.Equal(0, server.Port);
        server.Start();
        Assert.True(server.Port > 0);
        Assert.Equal($"http://127.0.0.1:{server.Port}/ignored", server.Url);
    }

    [Fact]
    public void HS180_A_start_that_failed_may_be_tried_again()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, ScratchUrl.FreePort());
        taken.Start();
        using HttpServer server = HttpServer.Hold($"http://127.0.0.1:{((System.Net.IPEndPoint)taken.LocalEndpoint).Port}");
        Assert.Equal(NngError.AddressInUse, Assert.Throws<NngException>(server.Start).Error);
        taken.Stop();
        server.Start();
    }

    [Theory]
    [InlineData("ftp://h/")]
    [InlineData("inproc://x")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http+unix://")]
    public void What_no_server_can_have_is_refused(string url) =>
        Assert.Equal(NngError.AddressInvalid, Assert.Throws<NngException>(() => HttpServer.Hold(url)).Error);

    [Theory]
    [InlineData("http+unix://{escaped}/")]
    [InlineData("http+unix://{path}")]
    [InlineData("ipc://{path}")]
    public void A_server_listens_on_a_unix_socket(string form)
    {
        string path = ScratchUrl.IpcPath();
        using HttpServer server = HttpServer.Hold(form.Replace("{escaped}", Uri.EscapeDataString(path)).Replace("{path}", path));
        server.AddHandler(ServedSite.Says("/", "unix"));
        server.Start();
        using var peer = new HttpPeer(new UnixDomainSocketEndPoint(path));
        Assert.Equal("unix", peer.Get("/").Text);
        using HttpServer same = HttpServer.Hold("unix://" + path);
        Assert.Same(server.Shared, same.Shared);
    }

    [Fact]
    public async Task HS178_HS203_A_server_over_tls()
    {
        using HttpServer server = HttpServer.Hold($"https://127.0.0.1:{ScratchUrl.FreePort()}");
        server.TlsConfig = TestAuthority.Server.ServerConfig();
        server.AddHandler(ServedSite.Says("/", "secret"));
        server.Start();
        using HttpServer plain = HttpServer.Hold($"http://127.0.0.1:{server.Port}");
        Assert.NotSame(server.Shared, plain.Shared);
        Assert.Equal(NngError.AddressInUse, Assert.Throws<NngException>(plain.Start).Error);
        Assert.Equal(NngError.NotSupported, Assert.Throws<NngException>(() => plain.TlsConfig).Error);
        Assert.Equal(NngError.Busy, Assert.Throws<NngException>(() => server.TlsConfig = new TlsConfig(TlsMode.Server)).Error);
        for (int i = 0; i < 3; i++)
        {
            using var wrong = new HttpPeer(server);
            wrong.Send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").ReadToEnd();
            using var handler = new SocketsHttpHandler();
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
            using var client = new HttpClient(handler);
            Assert.Equal("secret", await client.GetStringAsync($"https://127.0.0.1:{server.Port}/"));
            Assert.Equal("secret", await client.GetStringAsync($"https://127.0.0.1:{server.Port}/"));
        }

        await Eventually.Completes(server.StopAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Options_do_not_change_while_it_runs()
    {
        using HttpServer server = HttpServer.Hold($"http://127.0.0.1:{ScratchUrl.FreePort()}");
        server.Options = new HttpServerOptions { MaxConnections = 5 };
        server.Start();
        Assert.Equal(NngError.Busy, Assert.Throws<NngException>(() => server.Options = new HttpServerOptions()).Error);
        Assert.Equal(5, server.Options.MaxConnections);
    }

    [Fact]
    public void HS176_Own_pages_for_errors()
    {
        string file = Path.Combine(ScratchUrl.Directory, "405.html");
        File.WriteAllText(file, "from a file");
        using var site = new ServedSite(new HttpHandler("/made", context =>
        {
            context.Response = HttpResponse.CreateError(404);
            return default;
        }));
        site.Server.SetErrorPage(404, "mine");
        site.Server.SetErrorFile(405, file);
        site.Server.SetErrorPage(501, "");
        Assert.Equal(NngError.NotFound, Assert.Throws<NngException>(() => site.Server.SetErrorFile(400, file + "x")).Error);
        using HttpPeer peer = site.Connect();
        Assert.Equal("mine", peer.Get("/bogus").Text);
        Assert.Equal("mine", peer.Get("/made").Text);
        Assert.Equal("from a file", peer.Send("PUT /home.html HTTP/1.1\r\nHost: h\r\n\r\n").Read().Text);
        HttpReply empty = peer.Send("FOO / HTTP/1.1\r\nHost: h\r\n\r\n").Read();
        Assert.Equal("", empty.Text);
        Assert.Equal("0", empty["Content-Length"]);
        var response = new HttpResponse { Status = 404 };
        site.Server.ApplyErrorPage(response);
        Assert.Equal("mine"u8.ToArray(), response.Body.ToArray());
    }

    [Fact]
    public void Handlers_come_and_go_while_it_runs()
    {
        using var site = new ServedSite();
        using HttpPeer peer = site.Connect();
        HttpHandler handler = HttpHandler.Static("/x", "one"u8);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(404, peer.Get("/x").Status);
            site.Server.AddHandler(handler);
            Assert.Equal("one", peer.Get("/x").Text);
            Assert.Equal("one", peer.Get("/x").Text);
            Assert.True(site.Server.RemoveHandler(handler));
        }
    }

    [Fact]
    public void HS182_Content_without_a_type_is_bytes()
    {
        using var site = new ServedSite(HttpHandler.Static("/x", "one"u8), HttpHandler.Static("/none", []));
        using HttpPeer peer = site.Connect();
        Assert.Equal("application/octet-stream", peer.Get("/x")["Content-Type"]);
        Assert.Equal("0", peer.Get("/none")["Content-Length"]);
    }

    [Fact]
    public void A_limit_of_connections_lets_the_next_one_wait()
    {
        using var site = new ServedSite(new HttpServerOptions { MaxConnections = 2 });
        using HttpPeer a = site.Connect();
        HttpPeer b = site.Connect();
        Assert.Equal(200, a.Get("/home.html").Status);
        Assert.Equal(200, b.Get("/home.html").Status);
        using HttpPeer c = site.Connect();
        c.Send("GET /home.html HTTP/1.1\r\nHost: h\r\n\r\n");
        Assert.Equal(200, a.Get("/home.html").Status);
        Assert.Equal(2, site.Server.ConnectionCount);
        b.Dispose();
        Assert.Equal(200, c.Read().Status);
    }

    [Fact]
    public async Task HS204_After_a_stop_no_handler_runs()
    {
        int running = 0;
        int started = 0;
        var site = new ServedSite(new HttpHandler("/wait", async context =>
        {
            Interlocked.Increment(ref running);
            Interlocked.Increment(ref started);
            var aborted = new TaskCompletionSource();
            await using (context.RequestAborted.Register(aborted.SetResult))
                await aborted.Task;
            Interlocked.Decrement(ref running);
        }));
        HttpPeer[] peers = [.. Enumerable.Range(0, 100).Select(_ => site.Connect())];
        foreach (HttpPeer peer in peers)
            peer.Send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n");
        Eventually.Equal(100, () => Volatile.Read(ref started));
        await Eventually.Completes(site.Server.StopAsync(TimeSpan.Zero));
        Assert.Equal(0, Volatile.Read(ref running));
        Assert.Equal(0, site.Server.ConnectionCount);
        foreach (HttpPeer peer in peers)
        {
            peer.ReadToEnd();
            peer.Dispose();
        }
    }

    [Fact]
    public async Task A_stop_lets_requests_end_and_idle_connections_not_wait()
    {
        var release = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        var site = new ServedSite(new HttpHandler("/slow", async context =>
        {
            entered.SetResult();
            await release.Task;
            context.Response.CopyBody("done"u8);
        }));
        using HttpPeer idle = site.Connect();
        using HttpPeer busy = site.Connect();
        Assert.Equal(200, idle.Get("/home.html").Status);
        busy.Send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
        await Eventually.Completes(entered.Task);
        Task stop = site.Server.StopAsync(Timeout.InfiniteTimeSpan);
        idle.ExpectClosed();
        Assert.False(stop.IsCompleted);
        release.SetResult();
        HttpReply reply = busy.Read();
        Assert.Equal("done", reply.Text);
        Assert.Equal("close", reply["Connection"]);
        busy.ExpectClosed();
        busy.Dispose();
        await Eventually.Completes(stop);
    }

    [Fact]
    public void Every_response_is_logged()
    {
        var records = new List<HttpAccessRecord>();
        using var site = new ServedSite(
            new HttpServerOptions
            {
                AccessLog = record =>
                {
                    lock (records)
                        records.Add(record);
                },
            },
            ServedSite.Says("/f", "text"));
        using HttpPeer peer = site.Connect();
        peer.Get("/home.html?x");
        peer.Get("/f");
        peer.Get("/bogus");
        peer.Send("nonsense\r\n\r\n").Read();
        Eventually.Equal(4, () =>
        {
            lock (records)
                return records.Count;
        });
        Assert.Equal([200, 200, 404, 400], records.Select(record => record.Status));
        Assert.Equal(["/home.html?x", "/f", "/bogus", ""], records.Select(record => record.Target));
        Assert.Equal(4, records[1].BodyLength);
        Assert.Contains("\"GET /f HTTP/1.1\" 200 4", records[1].ToString());
    }
}
