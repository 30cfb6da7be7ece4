using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Nng.Http;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Http.Server;

/// <summary>Bytes that want to be read in two ways, floods, and noise: each ends its own connection only.</summary>
public sealed class ServerSecurityTests
{
    private const string Head = "POST /echo HTTP/1.1\r\nHost: h\r\n";

    /// <summary>Requests that two readers could end at different places, each followed by one that must not be served.</summary>
    public static TheoryData<string, int> Smuggled => new()
    {
        { Head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400 },
        { Head + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400 },
        { Head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400 },
        { Head + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 400 },
        { Head + "Content-Length: 5, 5\r\n\r\nhello", 400 },
        { Head + "Content-Length: +5\r\n\r\nhello", 400 },
        { Head + "Content-Length: -1\r\n\r\nhello", 400 },
        { Head + "Content-Length: 0x5\r\n\r\nhello", 400 },
        { Head + "Content-Length:\r\n\r\nhello", 400 },
        { Head + "Content-Length: 5 5\r\n\r\nhello", 400 },
        { Head + "Content-Length: 5.0\r\n\r\nhello", 400 },
        { Head + "Content-Length: 99999999999999999999\r\n\r\n", 400 },
        { Head + "Content-Length: 9223372036854775808\r\n\r\n", 400 },
        { Head + "Content-Length: 9223372036854775807\r\n\r\n", 413 },
        { Head + "Content-Length : 5\r\n\r\nhello", 400 },
        { Head + "Content\rLength: 5\r\n\r\nhello", 400 },
        { Head + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400 },
        { Head + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501 },
        { Head + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", 400 },
        { Head + "Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n", 501 },
        { Head + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501 },
        { Head + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 501 },
        { Head + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", 400 },
        { Head + "Transfer-Encoding:\r\n\r\n0\r\n\r\n", 400 },
        { Head + "Transfer-Encoding: chunked;x=1\r\n\r\n0\r\n\r\n", 501 },
        { Head + "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n", 400 },
        { "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400 },
        { Head + "X: y\r\n folded\r\n\r\n", 400 },
        { Head + " Content-Length: 5\r\n\r\nhello", 400 },
        { "POST /echo HTTP/1.1\r\n Host: h\r\n\r\n", 400 },
        { Head + "X: y\nContent-Length: 5\r\n\r\nhello", 400 },
        { Head + "X: y\rContent-Length: 5\r\n\r\nhello", 400 },
        { Head + "X: a\0b\r\n\r\n", 400 },
        { Head + "X: a\u0001b\r\n\r\n", 400 },
        { Head + "X: a\u007fb\r\n\r\n", 400 },
        { Head + ": x\r\n\r\n", 400 },
        { Head + "no colon\r\n\r\n", 400 },
        { Head + "Host: h\r\n\r\n", 400 },
        { "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400 },
        { "GET / HTTP/1.1\r\nHost: u@h\r\n\r\n", 400 },
        { "GET / HTTP/1.1\r\nHost: h/x\r\n\r\n", 400 },
        { "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400 },
        { "GET / HTTP/1.1\r\nHost: h:99999\r\n\r\n", 400 },
        { "GET http://u@h/ HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
        { "GET http:/// HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
        { "GET / HTTP/1.1\r\n\r\n", 400 },
        { "GET /\0 HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
        { "GET /\u007f HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
        { "GET /\u0001 HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
        { "GET /\u00e9 HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
        { "GET /#x HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
        { "GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
        { "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
        { "GET /%c0%ae HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
        { "GET /%ff HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
        { "GET /../x HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
        { "GET h:80 HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
        { "G\0T / HTTP/1.1\r\nHost: h\r\n\r\n", 400 },
        { Head + "Transfer-Encoding: chunked\r\n\r\n" + "5;" + new string('a', 300) + "\r\nhello\r\n0\r\n\r\n", 400 },
        { Head + "Transfer-Encoding: chunked\r\n\r\n10000000000000005\r\nhello\r\n0\r\n\r\n", 400 },
        { Head + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nhello\r\n0\r\n\r\n", 400 },
        { Head + "Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n", 400 },
        { Head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello0\r\n\r\n", 400 },
        { Head + "Transfer-Encoding: chunked\r\n\r\n5 x\r\nhello\r\n0\r\n\r\n", 400 },
        { Head + "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n", 400 },
        { Head + "Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n", 400 },
        { Head + "Transfer-Encoding: chunked\r\n\r\n5;a\0b\r\nhello\r\n0\r\n\r\n", 400 },
        { Head + "Transfer-Encoding: chunked\r\n\r\n0\r\nbad trailer\r\n\r\n", 400 },
        { Head + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + new string('a', 9000) + "\r\n\r\n", 431 },
    };

    [Theory]
    [MemberData(nameof(Smuggled))]
    public void HS183_to_HS193_HS199_No_request_hides_behind_a_doubtful_one(string request, int status)
    {
        using var site = new ServedSite(ServedSite.Echo());
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Send(request + "GET /home.html HTTP/1.1\r\nHost: h\r\n\r\n").Read();
        Assert.Equal(status, reply.Status);
        Assert.Equal("close", reply["Connection"]);
        peer.ExpectClosed();
    }

    [Fact]
    public void An_empty_line_that_came_before_a_known_head_counts_for_that_head_only()
    {
        const string get = "GET /home.html HTTP/1.1\r\nHost: h\r\n\r\n";
        foreach (string hidden in (ReadOnlySpan<string>)["xx", ""])
        {
            using var site = new ServedSite(ServedSite.Echo());
            using HttpPeer peer = site.Connect();
            // The second empty line has been parsed when the response comes: it is what the next head begins with.
            Assert.Equal(200, peer.Send("\r\n" + get + "\r\n").Read().Status);
            Assert.Equal(200, peer.Send(get).Read().Status);
            HttpReply reply = peer.Send(hidden + Head + "Content-Length: 4\r\n\r\ntext").Read();
            Assert.Equal(hidden.Length == 0 ? 200 : 501, reply.Status);
            Assert.Equal(hidden.Length == 0, reply.Text == "text");
        }
    }

    [Fact]
    public void HS199_A_megabyte_of_chunk_extensions_is_refused()
    {
        using var site = new ServedSite(ServedSite.Echo());
        using HttpPeer peer = site.Connect();
        Task send = Task.Run(() => peer.Send(
            Head + "Transfer-Encoding: chunked\r\n\r\n" + string.Concat(Enumerable.Repeat("1;" + new string('a', 200) + "\r\nx\r\n", 5000))));
        Assert.Equal(400, peer.Read().Status);
        peer.ExpectClosed();
        send.ContinueWith(sent => sent.Exception, TaskScheduler.Default).Wait();
    }

    [Fact]
    public void HS200_Trailers_are_no_headers()
    {
        using var site = new ServedSite(new HttpHandler("/t", context =>
        {
            HttpRequest request = context.Request;
            context.Response.CopyBody(Encoding.ASCII.GetBytes(
                $"{request.Headers["Host"]} {request.Headers["Content-Length"]} {request.Headers["X"]} {request.Trailers["X"]}"));
            return default;
        })
        {
            Method = "POST",
        });
        using HttpPeer peer = site.Connect();
        peer.Send("POST /t HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 9\r\nHost: evil\r\nX: y\r\n\r\n");
        Assert.Equal("h   y", peer.Read().Text);
        Assert.Equal(200, peer.Get("/home.html").Status);
    }

    [Fact]
    public void HS198_A_length_that_was_only_announced_costs_no_memory()
    {
        const int connections = 300;
        using var site = new ServedSite(ServedSite.Echo());
        var peers = new List<HttpPeer>();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < connections; i++)
        {
            peers.Add(site.Connect());
            peers[i].Send(Head + "Content-Length: 1048576\r\nExpect: 100-continue\r\n\r\n");
            Assert.Equal(100, peers[i].Read().Status);
        }

        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / connections;
        // What other tests hold meanwhile counts, too; a body for each would be twice this.
        Assert.True(each < 600_000, $"{each} bytes a connection, client included");
        foreach (HttpPeer peer in peers)
            peer.Dispose();
    }

    [Fact]
    public void HS203_A_tls_hello_on_a_plain_port_is_refused()
    {
        using var site = new ServedSite();
        using HttpPeer peer = site.Connect();
        peer.SendBytes([0x16, 3, 1, 0, 0x80, 1, 0, 0, 0x7c, 3, 3, .. new byte[100]]);
        Assert.Equal(400, peer.Read().Status);
        peer.ExpectClosed();
    }

    [Fact]
    public void HS202_Mutated_requests_never_disturb_a_good_client()
    {
        const int seed = 20260;
        var random = new Random(seed);
        string[] requests =
        [
            "GET /home.html HTTP/1.1\r\nHost: h\r\nAccept: */*\r\nConnection: keep-alive\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello",
            "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n",
            "POST /stream HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
            "HEAD http://h:80/a/%41/../b?q HTTP/1.0\r\nConnection: keep-alive, x\r\nRange: bytes=0-1\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n",
        ];
        using var site = new ServedSite(
            ServedSite.Echo(),
            new HttpHandler("/stream", async context => await context.RequestBody.CopyToAsync(context.ResponseBody))
            {
                Method = "POST",
                CollectBody = false,
            });
        using HttpPeer good = site.Connect();
        for (int i = 0; i < 10_000; i++)
        {
            byte[] bytes = Encoding.Latin1.GetBytes(requests[random.Next(requests.Length)] + requests[random.Next(requests.Length)]);
            bytes = Mutation.Of(bytes, random);
            using HttpPeer bad = site.Connect();
            bad.SendBytes(bytes);
            bad.Socket.Shutdown(SocketShutdown.Send);
            string reply = Encoding.Latin1.GetString(bad.ReadToEnd());
            Assert.True(reply.Length == 0 || reply.StartsWith("HTTP/1.1 "), $"seed {seed}, round {i}: {reply}");
            if (i % 100 == 0)
            {
                Assert.Equal(200, good.Get("/home.html").Status);
                Assert.Equal("text", good.Send(Head + "Content-Length: 4\r\n\r\ntext").Read().Text);
            }

            if (i % 900 == 899)
                Assert.Equal(200, site.Connect().Get("/home.html").Status);
        }
    }
}
