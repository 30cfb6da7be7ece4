using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nng.Http;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Http.Server;

/// <summary>What a handler can do with its request: streams both ways, its own responses, taking the connection over.</summary>
public sealed class HttpContextTests
{
    [Theory]
    [InlineData("Content-Length: {0}\r\n\r\n{1}", 10)]
    [InlineData("Content-Length: {0}\r\n\r\n{1}", 300_000)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n{0:x}\r\n{1}\r\n0\r\n\r\n", 10)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n{0:x}\r\n{1}\r\n0\r\n\r\n", 300_000)]
    public void A_body_streams_through_both_ways(string form, int length)
    {
        using var site = new ServedSite(new HttpHandler("/copy", async context =>
        {
            await context.RequestBody.CopyToAsync(context.ResponseBody);
        })
        {
            Method = "POST",
            CollectBody = false,
            MaxBodySize = -1,
        });
        string body = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26))));
        using HttpPeer peer = site.Connect();
        for (int i = 0; i < 3; i++)
        {
            // The peer sends on its own thread: both directions fill up.
            Task send = Task.Run(() => peer.Send("POST /copy HTTP/1.1\r\nHost: h\r\n" + string.Format(form, length, body)));
            HttpReply reply = peer.Read();
            Assert.Equal("chunked", reply["Transfer-Encoding"]);
            Assert.Equal(body, reply.Text);
            send.Wait();
        }
    }

    [Fact]
    public void A_collected_body_can_be_read_as_a_stream()
    {
        using var site = new ServedSite(new HttpHandler("/up", async context =>
        {
            byte[] buffer = new byte[3];
            var text = new StringBuilder();
            int count;
            while ((count = await context.RequestBody.ReadAsync(buffer)) > 0)
                text.Append(Encoding.ASCII.GetString(buffer, 0, count)).Append('|');
            context.Response.CopyBody(Encoding.ASCII.GetBytes(text.ToString()));
        })
        {
            Method = "POST",
        });
        using HttpPeer peer = site.Connect();
        Assert.Equal("hel|lo|", peer.Send("POST /up HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello").Read().Text);
        Assert.Equal("", peer.Send("POST /up HTTP/1.1\r\nHost: h\r\n\r\n").Read().Text);
        Assert.Equal("abc|", peer.Send("POST /up HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc").Read().Text);
    }

    [Fact]
    public void A_streamed_body_asks_for_100_when_it_is_read()
    {
        using var site = new ServedSite(new HttpHandler("/up", async context =>
        {
            using var reader = new StreamReader(context.RequestBody);
            context.Response.CopyBody(Encoding.ASCII.GetBytes(await reader.ReadToEndAsync()));
        })
        {
            Method = "POST",
            CollectBody = false,
        });
        using HttpPeer peer = site.Connect();
        peer.Send("POST /up HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
        Assert.Equal(100, peer.Read().Status);
        Assert.Equal("1234", peer.Send("1234").Read().Text);
        Assert.Equal(200, peer.Get("/home.html").Status);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n\r\nhello", false)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", false)]
    [InlineData("Content-Length: 5\r\nExpect: 100-continue\r\n\r\n", true)]
    [InlineData("Content-Length: 999999\r\n\r\n", true)]
    public void A_body_that_was_not_read_is_thrown_away_or_ends_the_connection(string rest, bool closes)
    {
        using var site = new ServedSite(new HttpHandler("/no", _ => ValueTask.CompletedTask)
        {
            Method = "POST",
            CollectBody = false,
        });
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Send("POST /no HTTP/1.1\r\nHost: h\r\n" + rest).Read();
        Assert.Equal(200, reply.Status);
        Assert.Equal(closes ? "close" : null, reply["Connection"]);
        if (closes)
            peer.ExpectClosed();
        else
            Assert.Equal(200, peer.Get("/home.html").Status);
    }

    [Theory]
    [InlineData("1x\r\n", 400)]
    [InlineData("5\r\nhelloXX", 400)]
    [InlineData("ffffffffffffffff\r\n", 400)]
    [InlineData("7fffffff\r\n", 413)]
    public void A_malformed_body_is_answered_for_a_handler_that_reads_it(string chunks, int status)
    {
        using var site = new ServedSite(new HttpHandler("/up", async context =>
            await context.RequestBody.CopyToAsync(Stream.Null))
        {
            Method = "POST",
            CollectBody = false,
        });
        using HttpPeer peer = site.Connect();
        Assert.Equal(status, peer.Send("POST /up HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks).Read().Status);
        peer.ExpectClosed();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_read_that_waits_for_the_body_ends_with_its_token(bool answers)
    {
        using var cancel = new CancellationTokenSource();
        using var site = new ServedSite(
            new HttpServerOptions { MinBodyRate = 0 },
            new HttpHandler("/up", async context =>
            {
                var buffer = new byte[10];
                await context.RequestBody.ReadExactlyAsync(buffer.AsMemory(0, 2), cancel.Token);
                ValueTask<int> read = context.RequestBody.ReadAsync(buffer, cancel.Token);
                cancel.Cancel();
                var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.AsTask());
                Assert.Equal(cancel.Token, failure.CancellationToken);
                if (!answers)
                    throw failure;
                context.Response.CopyBody("gave up"u8);
            })
            {
                Method = "POST",
                CollectBody = false,
            });
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Send("POST /up HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nab").Read();
        Assert.Equal((answers ? 200 : 408, "close"), (reply.Status, reply["Connection"]));
        Assert.Equal(answers, reply.Text == "gave up");
        peer.ExpectClosed();
    }

    [Fact]
    public void A_write_that_waits_for_the_peer_ends_with_its_token_and_the_connection()
    {
        using var cancel = new CancellationTokenSource();
        var ended = new TaskCompletionSource<CancellationToken>();
        using var site = new ServedSite(new HttpHandler("/down", async context =>
        {
            ValueTask write = context.ResponseBody.WriteAsync(new byte[50_000_000], cancel.Token);
            cancel.Cancel();
            var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write.AsTask());
            ended.SetResult(failure.CancellationToken);
        }));
        using HttpPeer peer = site.Connect();
        peer.Send("GET /down HTTP/1.1\r\nHost: h\r\n\r\n");
        Assert.True(ended.Task.Wait(Eventually.DefaultTimeoutMs));
        Assert.Equal(cancel.Token, ended.Task.Result);
        Assert.InRange(peer.ReadToEnd().Length, 1, 49_999_999);
        Eventually.Equal(0, () => site.Server.ConnectionCount);
    }

    [Fact]
    public void A_streamed_response_is_chunked_or_as_long_as_it_says()
    {
        using var site = new ServedSite(
            Streams("/chunked", _ => { }),
            Streams("/length", context => context.Response.Headers.Set("Content-Length", "6")),
            Streams("/short", context => context.Response.Headers.Set("Content-Length", "7")),
            Streams("/long", context => context.Response.Headers.Set("Content-Length", "5")),
            Streams("/trailers", context => context.Response.Trailers.Set("X-Sum", "1")));
        using HttpPeer peer = site.Connect();
        Assert.Equal("onetwo", peer.Get("/chunked").Text);
        Assert.Equal("onetwo", peer.Get("/trailers").Text);
        HttpReply length = peer.Get("/length");
        Assert.Equal("6", length["Content-Length"]);
        Assert.Equal("onetwo", length.Text);
        Assert.Null(peer.Send("HEAD /chunked HTTP/1.1\r\nHost: h\r\n\r\n").Read("HEAD")["Transfer-Encoding"]);
        Assert.Equal(200, peer.Get("/home.html").Status);
        HttpReply old = peer.Send("GET /chunked HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").Read();
        Assert.Equal("close", old["Connection"]);
        Assert.Equal("onetwo", old.Text);
        foreach (string path in (ReadOnlySpan<string>)["/short", "/long"])
        {
            using HttpPeer other = site.Connect();
            string text = Encoding.ASCII.GetString(other.Send($"GET {path} HTTP/1.1\r\nHost: h\r\n\r\n").ReadToEnd());
            if (path == "/long")
                Assert.DoesNotContain("onetwo", text);
            else if (text.Length > 0)
                Assert.Contains("\r\nContent-Length: 7\r\n", text);
        }
    }

    [Fact]
    public void HS160_A_handler_may_write_its_own_response()
    {
        using var site = new ServedSite(
            new HttpHandler("/own", async context =>
            {
                var response = new HttpResponse();
                response.CopyBody("own"u8);
                await context.Connection.WriteResponseAsync(response);
            }),
            new HttpHandler("/aio", aio =>
            {
                var context = (HttpContext)aio.GetInput(2)!;
                var response = new HttpResponse();
                response.CopyBody("aio"u8);
                context.Connection.WriteResponse(response, new Aio(write => aio.Finish(write.Result)));
            }));
        using HttpPeer peer = site.Connect();
        peer.Send(string.Concat(Enumerable.Repeat("GET /own HTTP/1.1\r\nHost: h\r\n\r\nGET /aio HTTP/1.1\r\nHost: h\r\n\r\n", 20)));
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal("own", peer.Read().Text);
            Assert.Equal("aio", peer.Read().Text);
        }
    }

    [Theory]
    [InlineData("HTTP/1.1", "close", true)]
    [InlineData("HTTP/1.1", "x, Close", true)]
    [InlineData("HTTP/1.1", "x", false)]
    [InlineData("HTTP/1.0", null, true)]
    [InlineData("HTTP/1.0", "keep-alive", false)]
    public void A_response_that_a_handler_writes_itself_ends_the_connection_if_it_says_so(
        string version, string? option, bool closes)
    {
        using var site = new ServedSite(new HttpHandler("/own", async context =>
        {
            var interim = new HttpResponse { Status = 103 };
            interim.Headers.Set("Connection", "close");
            await context.Connection.WriteResponseAsync(interim);
            var response = new HttpResponse { Version = version };
            response.CopyBody("own"u8);
            if (option is not null)
                response.Headers.Set("Connection", option);
            await context.Connection.WriteResponseAsync(response);
        }));
        using HttpPeer peer = site.Connect();
        Assert.Equal(103, peer.Get("/own").Status);
        Assert.Equal("own", peer.Read().Text);
        if (closes)
            peer.ExpectClosed();
        else
            Assert.Equal(200, peer.Get("/home.html").Status);
    }

    [Fact]
    public void What_a_handler_writes_is_complete_before_the_next_response_follows()
    {
        var body = new byte[10_000_000];
        new Random(1).NextBytes(body);
        using var site = new ServedSite(
            new HttpHandler("/own", aio =>
            {
                HttpConnection connection = ((HttpContext)aio.GetInput(2)!).Connection;
                var response = new HttpResponse();
                response.SetBody(body);
                connection.WriteResponse(response, new Aio(_ => { }));
                aio.Finish(NngError.None);
            }),
            new HttpHandler("/both", context =>
            {
                var interim = new HttpResponse { Status = 102 };
                _ = context.Connection.WriteResponseAsync(interim).AsTask();
                return default;
            }));
        using HttpPeer peer = site.Connect();
        peer.Send(string.Concat(Enumerable.Repeat(
            "GET /own HTTP/1.1\r\nHost: h\r\n\r\nGET /both HTTP/1.1\r\nHost: h\r\n\r\nGET /home.html HTTP/1.1\r\nHost: h\r\n\r\n", 3)));
        for (int i = 0; i < 3; i++)
        {
            Assert.True(body.AsSpan().SequenceEqual(peer.Read().Body));
            Assert.Equal(102, peer.Read().Status);
            Assert.Equal(ServedSite.Home, peer.Read().Text);
        }
    }

    [Fact]
    public void What_a_handler_leaves_to_be_written_to_a_client_that_reads_nothing_is_given_up()
    {
        var result = NngError.None;
        using var site = new ServedSite(
            new HttpServerOptions { WriteTimeout = TimeSpan.FromMilliseconds(100) },
            new HttpHandler("/own", aio =>
            {
                var write = new Aio(write => result = write.Result);
                write.SetVector(new byte[50_000_000]);
                ((HttpContext)aio.GetInput(2)!).Connection.WriteAll(write);
                aio.Finish(NngError.None);
            }));
        using HttpPeer peer = site.Connect();
        peer.Send("GET /own HTTP/1.1\r\nHost: h\r\n\r\n");
        Eventually.True(() => result != NngError.None);
        Eventually.Equal(0, () => site.Server.ConnectionCount);
    }

    [Fact]
    public void A_read_that_a_handler_leaves_under_way_ends_the_connection()
    {
        NngError result = NngError.None;
        using var site = new ServedSite(new HttpHandler("/own", aio =>
        {
            var read = new Aio(read => result = read.Result);
            read.SetVector(new byte[10]);
            ((HttpContext)aio.GetInput(2)!).Connection.ReadAll(read);
            var response = new HttpResponse();
            response.CopyBody("left"u8);
            aio.SetOutput(0, response);
            aio.Finish(NngError.None);
        }));
        using HttpPeer peer = site.Connect();
        HttpReply reply = peer.Get("/own");
        Assert.Equal("left", reply.Text);
        Assert.Equal("close", reply["Connection"]);
        peer.ExpectClosed();
        Eventually.Equal(NngError.Closed, () => result);
    }

    [Fact]
    public void A_peer_that_goes_on_sending_gets_the_response_of_a_handler_that_leaves_a_read_under_way()
    {
        using var site = new ServedSite(new HttpHandler("/own", aio =>
        {
            var read = new Aio();
            read.SetVector(new byte[100]);
            ((HttpContext)aio.GetInput(2)!).Connection.ReadAll(read);
            var response = new HttpResponse();
            response.CopyBody("enough"u8);
            aio.SetOutput(0, response);
            aio.Finish(NngError.None);
        }) { Method = null, CollectBody = false });
        using HttpPeer peer = site.Connect();
        peer.Send("POST /own HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n");
        Assert.Equal("enough", peer.Read().Text);
        peer.Send(new string('x', 100_000));
        peer.ExpectClosed();
    }

    [Fact]
    public void A_connection_is_the_handlers_no_more_while_its_last_write_is_under_way()
    {
        HttpContext? kept = null;
        using var site = new ServedSite(new HttpHandler("/own", aio =>
        {
            kept = (HttpContext)aio.GetInput(2)!;
            var write = new Aio();
            write.SetVector(new byte[32 << 20]);
            kept.Connection.WriteAll(write);
            aio.Finish(NngError.None);
        }));
        using HttpPeer peer = site.Connect();
        peer.Send("GET /own HTTP/1.1\r\nHost: h\r\n\r\n");
        Eventually.True(() => kept is not null && Record.Exception(() => kept.Connection) is not null, "the handler has ended");
        Assert.Equal(NngError.IncorrectState, Assert.Throws<NngException>(() => kept!.Hijack()).Error);
    }

    [Fact]
    public void A_handler_that_reads_from_the_connection_may_leave_the_response_to_the_server()
    {
        var handler = new HttpHandler("/reads", aio =>
        {
            var context = (HttpContext)aio.GetInput(2)!;
            var body = new byte[4];
            var read = new Aio(read =>
            {
                var response = new HttpResponse();
                response.CopyBody(body);
                aio.SetOutput(0, response);
                aio.Finish(read.Result);
            });
            read.SetVector(body);
            context.Connection.ReadAll(read);
        }) { Method = null, CollectBody = false };
        var looks = new HttpHandler("/looks", aio =>
        {
            _ = ((HttpContext)aio.GetInput(2)!).Connection;
            var response = new HttpResponse();
            response.CopyBody("seen"u8);
            aio.SetOutput(0, response);
            aio.Finish(NngError.None);
        });
        using var site = new ServedSite(handler, looks);
        using HttpPeer peer = site.Connect();
        Assert.Equal("seen", peer.Get("/looks").Text);
        Assert.Equal("seen", peer.Get("/looks").Text);
        HttpReply reply = peer.Send("POST /reads HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody").Read();
        Assert.Equal("body", reply.Text);
        Assert.Equal("close", reply["Connection"]);
        peer.ExpectClosed();
    }

    [Fact]
    public void A_handler_that_fails_is_answered_500_unless_it_has_written()
    {
        var reads = new HttpHandler("/reads", aio =>
        {
            var read = new Aio(_ => aio.Finish(NngError.InvalidArgument));
            read.SetVector(new byte[4]);
            ((HttpContext)aio.GetInput(2)!).Connection.ReadAll(read);
        }) { Method = "POST", CollectBody = false };
        var throws = new HttpHandler("/throws", context =>
        {
            _ = context.Connection;
            throw new InvalidOperationException("before it wrote");
        });
        var writes = new HttpHandler("/writes", async context =>
        {
            await context.Connection.WriteAllAsync("HTTP/1.1 "u8.ToArray());
            throw new InvalidOperationException("amid its response");
        });
        var waits = new HttpHandler("/waits", context =>
        {
            _ = context.Connection.WriteAllAsync(new byte[50_000_000]).AsTask().ContinueWith(write => write.Exception);
            throw new InvalidOperationException("amid a write");
        });
        using var site = new ServedSite(reads, throws, writes, waits);
        foreach (string request in (ReadOnlySpan<string>)
            ["POST /reads HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody", "GET /throws HTTP/1.1\r\nHost: h\r\n\r\n"])
        {
            using HttpPeer peer = site.Connect();
            HttpReply reply = peer.Send(request).Read();
            Assert.Equal((500, "close"), (reply.Status, reply["Connection"]));
            peer.ExpectClosed();
        }

        using HttpPeer writing = site.Connect();
        Assert.Equal("HTTP/1.1 "u8.ToArray(), writing.Send("GET /writes HTTP/1.1\r\nHost: h\r\n\r\n").ReadToEnd());
        using HttpPeer waiting = site.Connect();
        Assert.Equal(-1, waiting.Send("GET /waits HTTP/1.1\r\nHost: h\r\n\r\n").ReadToEnd().AsSpan().IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public async Task HS181_A_connection_taken_over_loses_no_byte_and_outlives_the_server()
    {
        var taken = new TaskCompletionSource<HttpConnection>();
        var site = new ServedSite(new HttpHandler("/up", context =>
        {
            taken.SetResult(context.Hijack());
            return default;
        }));
        using HttpPeer peer = site.Connect();
        peer.Send("GET /up HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nfirst");
        using HttpConnection connection = await Eventually.Completes(taken.Task);
        Eventually.Equal(0, () => site.Server.ConnectionCount);
        site.Dispose();
        var buffer = new byte[5];
        await connection.ReadAllAsync(buffer);
        Assert.Equal("first"u8.ToArray(), buffer);
        var response = new HttpResponse { Status = HttpStatus.SwitchingProtocols };
        response.Headers.Set("Connection", "upgrade");
        await connection.WriteResponseAsync(response);
        Assert.Equal(101, peer.Read().Status);
        await connection.WriteAllAsync("echo"u8.ToArray());
        Assert.Equal("echo"u8.ToArray(), peer.ReadExactly(4));
        connection.Close();
        peer.ExpectClosed();
    }

    [Fact]
    public async Task A_connection_is_taken_over_once_and_not_while_its_end_is_watched()
    {
        var errors = new TaskCompletionSource<(NngError, NngError)>();
        using var site = new ServedSite(new HttpHandler("/up", context =>
        {
            _ = context.RequestAborted;
            NngError watched = Assert.Throws<NngException>(context.Hijack).Error;
            errors.SetResult((watched, Assert.Throws<NngException>(() => context.Connection).Error));
            return default;
        }));
        using HttpPeer peer = site.Connect();
        Assert.Equal(200, peer.Get("/up").Status);
        Assert.Equal((NngError.IncorrectState, NngError.IncorrectState), await Eventually.Completes(errors.Task));
    }

    [Fact]
    public void The_end_of_a_request_may_be_asked_for_from_elsewhere_at_any_time()
    {
        HttpContext? shown = null;
        bool done = false;
        using var site = new ServedSite(new HttpServerOptions { MaxRequestsPerConnection = 0 }, new HttpHandler("/echo", context =>
        {
            Volatile.Write(ref shown, context);
            context.Response.CopyBody(context.Request.Body.Span);
            return default;
        })
        {
            Method = "POST",
        });
        using HttpPeer peer = site.Connect();
        Task nosy = Task.Run(() =>
        {
            while (!Volatile.Read(ref done))
                _ = Volatile.Read(ref shown)?.RequestAborted;
        });
        for (int i = 0; i < 3000; i++)
        {
            string first = $"number {i}";
            string second = new('x', i % 50);
            peer.Send($"POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: {first.Length}\r\n\r\n{first}"
                + $"POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: {second.Length}\r\n\r\n{second}");
            Assert.Equal(first, peer.Read().Text);
            Assert.Equal(second, peer.Read().Text);
        }

        Volatile.Write(ref done, true);
        nosy.Wait();
    }

    [Fact]
    public void Events_arrive_one_by_one()
    {
        var next = new TaskCompletionSource();
        using var site = new ServedSite(new HttpHandler("/events", async context =>
        {
            HttpEventStream events = context.StartEvents();
            await events.SendAsync("a\nb\r\nc", "t", "7", TimeSpan.FromSeconds(2));
            await next.Task;
            await events.CommentAsync("still here");
        }));
        using HttpPeer peer = site.Connect();
        peer.Send("GET /events HTTP/1.0\r\n\r\n");
        const string expected = "event: t\nid: 7\nretry: 2000\ndata: a\ndata: b\ndata: c\n\n";
        string got = "";
        while (!got.EndsWith(expected, StringComparison.Ordinal))
            got += Encoding.ASCII.GetString(peer.ReadExactly(1));
        Assert.Contains("Content-Type: text/event-stream\r\n", got);
        next.SetResult();
        Assert.Equal(":still here\n\n", Encoding.ASCII.GetString(peer.ReadToEnd()));
    }

    [Fact]
    public void An_event_cannot_be_broken_out_of()
    {
        Assert.Throws<NngException>(() => HttpEventStream.Format("d", "a\nb", null, null));
        Assert.Throws<NngException>(() => HttpEventStream.Format("d", null, "a\rb", null));
        Assert.Equal("data: \n\n", HttpEventStream.Format("", null, null, null));
        Assert.Equal("data: \ndata: event: x\n\n", HttpEventStream.Format("\revent: x", null, null, null));
    }

    private static HttpHandler Streams(string path, Action<HttpContext> prepare) => new(path, async context =>
    {
        prepare(context);
        await context.ResponseBody.WriteAsync("one"u8.ToArray());
        await context.ResponseBody.WriteAsync("two"u8.ToArray());
    });
}
