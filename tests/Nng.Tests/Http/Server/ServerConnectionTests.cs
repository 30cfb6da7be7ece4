using System;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nng.Http;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Http.Server;

/// <summary>The conversation with one connection: requests, bodies, keep-alive, pipelining, the end.</summary>
public sealed class ServerConnectionTests
{
    [Fact]
    public void HS133_A_static_page_is_served_and_the_connection_kept()
    {
        using var site = new ServedSite();
        using HttpPeer peer = site.Connect();
        for (int i = 0; i < 2; i++)
        {
            HttpReply reply = peer.Get("/home.html");
            Assert.Equal("HTTP/1.1 200 OK", reply.StatusLine);
            Assert.Equal(ServedSite.Home, reply.Text);
            Assert.Equal(["Content-Type", "Content-Length", "Date"], reply.Headers.Select(header => header.Key));
            Assert.Equal("text/html", reply["Content-Type"]);
            Assert.True(DateTimeOffset.TryParseExact(reply["Date"], "r", null, default, out _));
        }
    }

    [Fact]
    public void HS134_A_missing_page_is_404_and_the_connection_kept()
    {
        using var site = new ServedSite();
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Get("/bogus");
        Assert.Equal(404, reply.Status);
        Assert.Equal("text/html; charset=UTF-8", reply["Content-Type"]);
        Assert.Contains("404", reply.Text);
        Assert.Equal(200, peer.Get("/home.html").Status);
    }

    [Fact]
    public void HS135_A_body_that_nobody_wants_is_not_the_next_request()
    {
        using var site = new ServedSite();
        using HttpPeer peer = site.Connect();
        peer.Send("POST /home.html HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nGET GET /home.html HTTP/1.1\r\nHost: h\r\n\r\n");
        HttpReply reply = peer.Read();
        Assert.Equal(405, reply.Status);
        Assert.Equal("GET, HEAD", reply["Allow"]);
        Assert.Equal(200, peer.Read().Status);
    }

    [Theory]
    [InlineData("FOO", 501)]
    [InlineData("PATCH", 405)]
    [InlineData("TRACE", 405)]
    [InlineData("get", 501)]
    public void HS136_A_method_nobody_knows_is_501_and_one_not_offered_405(string method, int status)
    {
        using var site = new ServedSite();
        using HttpPeer peer = site.Connect();
        Assert.Equal(status, peer.Send($"{method} /home.html HTTP/1.1\r\nHost: h\r\n\r\n").Read().Status);
        Assert.Equal(200, peer.Get("/home.html").Status);
    }

    [Fact]
    public void HS137_HS138_Head_has_the_headers_of_get_and_never_a_body()
    {
        using var site = new ServedSite(ServedSite.Says("/f", "text"));
        using HttpPeer peer = site.Connect();
        foreach ((string path, int status) in (ReadOnlySpan<(string, int)>)[("/home.html", 200), ("/f", 200), ("/bogus", 404)])
        {
            HttpReply head = peer.Send($"HEAD {path} HTTP/1.1\r\nHost: h\r\n\r\n").Read("HEAD");
            HttpReply get = peer.Get(path);
            Assert.Equal(status, head.Status);
            Assert.Equal(get.Body.Length.ToString(), head["Content-Length"]);
            Assert.NotEmpty(get.Body);
        }
    }

    [Theory]
    [InlineData("GET / HTTP/0.9\r\n\r\n", 505)]
    [InlineData("GET / HTTP/2.0\r\n\r\n", 505)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505)]
    [InlineData("GET /home.html HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /home.html HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n", 400)]
    [InlineData("GET /home.html HTTP/1.1\nHost: h\n\n", 400)]
    [InlineData("GET /home.html  HTTP/1.1\r\nHost: h\r\n\r\n", 400)]
    [InlineData("GET /home.html HTTP/1.1 x\r\nHost: h\r\n\r\n", 400)]
    [InlineData("GET /home.html HTTX/1.1\r\nHost: h\r\n\r\n", 400)]
    public void HS139_HS140_HS149_What_is_no_request_ends_the_connection(string request, int status)
    {
        using var site = new ServedSite();
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Send(request).Read();
        Assert.Equal(status, reply.Status);
        Assert.Equal("close", reply["Connection"]);
        peer.ExpectClosed();
    }

    [Theory]
    [InlineData("", true, "close")]
    [InlineData("Connection: keep-alive\r\n", true, "keep-alive")]
    [InlineData("Connection: keep-alive\r\n", false, "close")]
    public void HS141_HS142_Version_1_0_is_closed_unless_it_asks_not_to_be(string headers, bool option, string connection)
    {
        using var site = new ServedSite(new HttpServerOptions { KeepAliveHttp10 = option });
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Send($"GET /home.html HTTP/1.0\r\n{headers}\r\n").Read();
        Assert.Equal(200, reply.Status);
        Assert.Equal(connection, reply["Connection"]);
        if (connection == "close")
            peer.ExpectClosed();
        else
            Assert.Equal(200, peer.Get("/home.html").Status);
    }

    [Theory]
    [InlineData("close")]
    [InlineData("x, CLOSE")]
    public void HS143_A_client_that_closes_is_told_so(string connection)
    {
        using var site = new ServedSite();
        using HttpPeer peer = site.Connect();
        Assert.Equal("close", peer.Get("/home.html", $"Connection: {connection}\r\n")["Connection"]);
        peer.ExpectClosed();
    }

    [Fact]
    public void HS144_A_handler_closes_in_any_case()
    {
        using var site = new ServedSite(new HttpHandler("/bye", context =>
        {
            context.Response.Headers.Set("Connection", "Close");
            return default;
        }));
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Get("/bye");
        Assert.Equal(["Close"], reply.Headers.Where(header => header.Key == "Connection").Select(header => header.Value));
        Assert.Equal("0", reply["Content-Length"]);
        peer.ExpectClosed();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1000)]
    public void HS145_HS146_Pipelined_requests_are_answered_in_order(int count)
    {
        using var site = new ServedSite(
            new HttpServerOptions { MaxRequestsPerConnection = 0 }, ServedSite.Says("/f", "function"));
        using HttpPeer peer = site.Connect();
        string[] targets = ["/home.html", "/f", "/bogus", "/home.html"];
        peer.Send(string.Concat(Enumerable.Range(0, count).Select(i => $"GET {targets[i % 4]} HTTP/1.1\r\nHost: h\r\n\r\n")));
        for (int i = 0; i < count; i++)
            Assert.Equal((i % 4) switch { 1 => "function", 2 => null, _ => ServedSite.Home }, peer.Read() is { Status: 200 } ok ? ok.Text : null);
    }

    [Fact]
    public void HS147_HS148_What_is_too_long_is_told_so()
    {
        using var site = new ServedSite();
        foreach ((string request, int status) in (ReadOnlySpan<(string, int)>)[
            ("GET /" + new string('a', 9000) + " HTTP/1.1\r\nHost: h\r\n\r\n", 414),
            ("GET / HTTP/1.1\r\nHost: h\r\nX: " + new string('a', 40_000) + "\r\n\r\n", 431),
            ("GET / HTTP/1.1\r\nHost: h\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 150)) + "\r\n", 431)])
        {
            using HttpPeer peer = site.Connect();
            Assert.Equal(status, peer.Send(request).Read().Status);
            peer.ExpectClosed();
        }
    }

    [Fact]
    public void HS149_Bare_line_feeds_are_an_option()
    {
        using var site = new ServedSite(new HttpServerOptions { Limits = new HttpLimits { AllowBareLf = true } });
        using HttpPeer peer = site.Connect();
        Assert.Equal(200, peer.Send("GET /home.html HTTP/1.1\nHost: h\n\n").Read().Status);
    }

    [Fact]
    public void HS150_An_empty_line_before_a_request_is_skipped()
    {
        using var site = new ServedSite();
        using HttpPeer peer = site.Connect();
        Assert.Equal(200, peer.Send("\r\nGET /home.html HTTP/1.1\r\nHost: h\r\n\r\n").Read().Status);
    }

    [Theory]
    [InlineData("Content-Length: 4\r\n\r\n1234", "1234")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n4\r\n1234\r\n0\r\n\r\n", "1234")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1;a=b\r\n1\r\n3\r\n234\r\n0\r\nX: y\r\n\r\n", "1234")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "")]
    [InlineData("Content-Length: 0\r\n\r\n", "")]
    [InlineData("\r\n", "")]
    public void HS151_HS152_A_body_is_collected_however_it_is_cut(string rest, string body)
    {
        using var site = new ServedSite(ServedSite.Echo());
        string request = "POST /echo HTTP/1.1\r\nHost: h\r\n" + rest;
        using HttpPeer peer = site.Connect();
        for (int cut = 0; cut < request.Length; cut++)
        {
            peer.Send(request[..cut]);
            HttpReply reply = peer.Send(request[cut..]).Read();
            Assert.Equal(200, reply.Status);
            Assert.Equal(body, reply.Text);
        }
    }

    [Fact]
    public void HS151_A_request_may_come_byte_by_byte()
    {
        using var site = new ServedSite(ServedSite.Echo());
        using HttpPeer peer = site.Connect();
        peer.Socket.NoDelay = true;
        foreach (char c in "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n1234\r\n0\r\n\r\n")
            peer.Send(c.ToString());
        Assert.Equal("1234", peer.Read().Text);
    }

    [Fact]
    public void HS153_HS154_A_body_is_refused_above_its_limit_before_it_has_come()
    {
        using var site = new ServedSite(ServedSite.Echo());
        using HttpPeer peer = site.Connect();
        byte[] body = new byte[1048576];
        Random.Shared.NextBytes(body);
        peer.Send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1048576\r\n\r\n").SendBytes(body);
        Assert.Equal(body, peer.Read().Body);
        HttpReply reply = peer.Send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1048577\r\n\r\n").Read();
        Assert.Equal(413, reply.Status);
        peer.ExpectClosed();
    }

    [Theory]
    [InlineData("Content-Length: 0\r\n\r\n", 200)]
    [InlineData("Content-Length: 1\r\n\r\nx", 413)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 200)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n", 413)]
    public void HS155_A_limit_of_nothing_lets_nothing_pass(string rest, int status)
    {
        using var site = new ServedSite(ServedSite.Echo(max: 0));
        using HttpPeer peer = site.Connect();
        Assert.Equal(status, peer.Send("POST /echo HTTP/1.1\r\nHost: h\r\n" + rest).Read().Status);
        using HttpPeer other = site.Connect();
        Assert.Equal(status, other.Send("GET /home.html HTTP/1.1\r\nHost: h\r\n" + rest).Read().Status);
    }

    [Fact]
    public void HS156_A_client_that_waits_for_100_gets_it()
    {
        using var site = new ServedSite(ServedSite.Echo());
        using HttpPeer peer = site.Connect();
        peer.Send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue", peer.Read().StatusLine);
        Assert.Equal("1234", peer.Send("1234").Read().Text);
    }

    [Fact]
    public void HS157_A_client_that_waits_for_100_with_too_much_is_refused()
    {
        using var site = new ServedSite(ServedSite.Echo(max: 3));
        using HttpPeer peer = site.Connect();
        peer.Send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
        Assert.Equal(413, peer.Read().Status);
        peer.ExpectClosed();
    }

    [Fact]
    public void An_expectation_nobody_knows_is_417()
    {
        using var site = new ServedSite();
        using HttpPeer peer = site.Connect();
        Assert.Equal(417, peer.Get("/home.html", "Expect: miracles\r\n").Status);
    }

    [Fact]
    public async Task HS158_A_handler_learns_that_its_client_has_gone()
    {
        var aborted = new TaskCompletionSource();
        using var site = new ServedSite(new HttpHandler("/wait", async context =>
        {
            await using CancellationTokenRegistration _ = context.RequestAborted.Register(aborted.SetResult);
            await aborted.Task;
        }));
        HttpPeer peer = site.Connect();
        peer.Send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n");
        Eventually.Equal(1, () => site.Server.ConnectionCount);
        peer.Dispose();
        await Eventually.Completes(aborted.Task);
        Eventually.Equal(0, () => site.Server.ConnectionCount);
    }

    [Fact]
    public void A_handler_that_watches_its_client_loses_no_request()
    {
        using var site = new ServedSite(new HttpHandler("/watch", async context =>
        {
            CancellationToken aborted = context.RequestAborted;
            await Task.Yield();
            context.Response.CopyBody(Encoding.ASCII.GetBytes(aborted.IsCancellationRequested ? "gone" : "here"));
        }));
        using HttpPeer peer = site.Connect();
        for (int i = 0; i < 200; i++)
            Assert.Equal("here", peer.Get("/watch").Text);
        peer.Send(string.Concat(Enumerable.Repeat("GET /watch HTTP/1.1\r\nHost: h\r\n\r\n", 200)));
        for (int i = 0; i < 200; i++)
            Assert.Equal("here", peer.Read().Text);
    }

    [Fact]
    public void HS159_A_handler_that_fails_is_500()
    {
        using var site = new ServedSite(
            new HttpHandler("/throws", (Func<HttpContext, ValueTask>)(_ => throw new InvalidOperationException("x"))),
            new HttpHandler("/fails", aio => aio.Finish(NngError.OutOfMemory)),
            new HttpHandler("/bursts", (Action<Aio>)(_ => throw new InvalidOperationException("x"))));
        foreach (string path in (ReadOnlySpan<string>)["/throws", "/fails", "/bursts"])
        {
            using HttpPeer peer = site.Connect();
            Assert.Equal(500, peer.Get(path).Status);
            peer.ExpectClosed();
        }
    }

    [Fact]
    public void HS159_A_handler_that_fails_within_its_body_breaks_the_connection()
    {
        using var site = new ServedSite(new HttpHandler("/half", async context =>
        {
            await context.ResponseBody.WriteAsync("half"u8.ToArray());
            await context.ResponseBody.FlushAsync();
            throw new InvalidOperationException("The other half is missing.");
        }));
        using HttpPeer peer = site.Connect();
        string text = Encoding.ASCII.GetString(peer.Send("GET /half HTTP/1.1\r\nHost: h\r\n\r\n").ReadToEnd());
        Assert.EndsWith("4\r\nhalf", text);
    }

    [Fact]
    public void Aio_handlers_answer_now_or_later()
    {
        using var site = new ServedSite(new HttpHandler("/aio", aio =>
        {
            var request = (HttpRequest)aio.GetInput(0)!;
            var response = new HttpResponse();
            response.CopyBody(Encoding.ASCII.GetBytes(request.Query ?? "none"));
            aio.SetOutput(0, response);
            if (request.Query == "later")
                Task.Run(() => aio.Finish(NngError.None));
            else
                aio.Finish(NngError.None);
        }));
        using HttpPeer peer = site.Connect();
        for (int i = 0; i < 50; i++)
        {
            Assert.Equal("later", peer.Get("/aio?later").Text);
            Assert.Equal("now", peer.Get("/aio?now").Text);
        }
    }

    [Theory]
    [InlineData("GET /home.html HTTP/1.1\r\nHost: h\r\n\r\n", "", 200)]
    [InlineData("GET http://b.test/x HTTP/1.1\r\nHost: a.test\r\n\r\n", "b", 200)]
    [InlineData("GET http://a.test/x HTTP/1.1\r\nHost: b.test\r\n\r\n", "a", 200)]
    [InlineData("GET http://a.test HTTP/1.1\r\nHost: b.test\r\n\r\n", "", 404)]
    [InlineData("GET ftp://a.test/x HTTP/1.1\r\nHost: b.test\r\n\r\n", "", 400)]
    [InlineData("GET x HTTP/1.1\r\nHost: b.test\r\n\r\n", "", 400)]
    [InlineData("GET * HTTP/1.1\r\nHost: b.test\r\n\r\n", "", 400)]
    public void HS190_The_authority_of_the_target_stands_above_host(string request, string text, int status)
    {
        using var site = new ServedSite(ServedSite.Says("/x", "a", host: "a.test"), ServedSite.Says("/x", "b", host: "b.test"));
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Send(request).Read();
        Assert.Equal(status, reply.Status);
        if (text.Length > 0)
            Assert.Equal(text, reply.Text);
    }

    [Fact]
    public void HS191_Options_of_the_server_and_connect()
    {
        using var site = new ServedSite(ServedSite.Echo());
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Send("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n").Read();
        Assert.Equal(204, reply.Status);
        Assert.Equal("GET, HEAD, POST, OPTIONS", reply["Allow"]);
        Assert.Equal(405, peer.Send("CONNECT h:1 HTTP/1.1\r\nHost: h:1\r\n\r\n").Read().Status);
    }

    [Fact]
    public void HS194_A_head_that_takes_too_long_is_408()
    {
        // Who has not begun to speak by then is not told.
        using var patient = new ServedSite(new HttpServerOptions { HeadTimeout = TimeSpan.FromMilliseconds(2000) });
        using HttpPeer peer = patient.Connect();
        Assert.Equal(408, peer.Send("GET / HT").Read().Status);
        peer.ExpectClosed();
        using var site = new ServedSite(new HttpServerOptions { HeadTimeout = TimeSpan.FromMilliseconds(50) });
        using HttpPeer silent = site.Connect();
        silent.ExpectClosed();
    }

    [Fact]
    public void HS195_A_body_that_comes_too_slowly_is_408()
    {
        using var site = new ServedSite(
            new HttpServerOptions { BodyGrace = TimeSpan.FromMilliseconds(50) },
            ServedSite.Echo(),
            new HttpHandler("/stream", async context => await context.RequestBody.CopyToAsync(System.IO.Stream.Null))
            {
                Method = "POST",
                CollectBody = false,
            });
        using HttpPeer peer = site.Connect();
        Assert.Equal(408, peer.Send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n1").Read().Status);
        peer.ExpectClosed();
        using HttpPeer streaming = site.Connect();
        Assert.Equal(408, streaming.Send("POST /stream HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n1").Read().Status);
        streaming.ExpectClosed();
    }

    [Fact]
    public void HS196_An_idle_connection_ends_in_silence()
    {
        using var site = new ServedSite(new HttpServerOptions { KeepAliveTimeout = TimeSpan.FromMilliseconds(50) });
        using HttpPeer peer = site.Connect();
        Assert.Equal(200, peer.Get("/home.html").Status);
        peer.ExpectClosed();
    }

    [Fact]
    public async Task HS197_A_client_that_reads_nothing_is_given_up()
    {
        var failed = new TaskCompletionSource<NngError>();
        using var site = new ServedSite(
            new HttpServerOptions { WriteTimeout = TimeSpan.FromMilliseconds(100) },
            new HttpHandler("/much", async context =>
            {
                byte[] piece = new byte[1 << 20];
                try
                {
                    for (int i = 0; i < 1000; i++)
                        await context.ResponseBody.WriteAsync(piece);
                    failed.SetResult(NngError.None);
                }
                catch (NngException failure)
                {
                    failed.SetResult(failure.Error);
                }
            }));
        using HttpPeer peer = site.Connect();
        peer.Send("GET /much HTTP/1.1\r\nHost: h\r\n\r\n");
        Assert.Equal(NngError.Closed, await Eventually.Completes(failed.Task));
        Eventually.Equal(0, () => site.Server.ConnectionCount);
    }

    [Fact]
    public void Requests_of_one_connection_can_be_limited()
    {
        using var site = new ServedSite(new HttpServerOptions { MaxRequestsPerConnection = 3 });
        using HttpPeer peer = site.Connect();
        Assert.Null(peer.Get("/home.html")["Connection"]);
        Assert.Null(peer.Get("/home.html")["Connection"]);
        Assert.Equal("close", peer.Get("/home.html")["Connection"]);
        peer.ExpectClosed();
    }

    [Fact]
    public void A_client_that_has_ended_its_side_is_answered()
    {
        using var site = new ServedSite(ServedSite.Says("/f", "text"));
        using HttpPeer peer = site.Connect();
        peer.Send("GET /f HTTP/1.1\r\nHost: h\r\n\r\n").Socket.Shutdown(SocketShutdown.Send);
        Assert.Equal("text", peer.Read().Text);
        peer.ExpectClosed();
    }
}
