using System;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nng.Http;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Conformance;

/// <content>Whole exchanges (http sheet, 3.7 and 12.4). The peer reads a request up to its empty line and answers.</content>
public abstract partial class HttpConnectionConformance
{
    private const string OkHead = "HTTP/1.1 200 OK\r\n";

    [Fact]
    public async Task HS112_Two_exchanges_on_one_connection()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        for (int i = 0; i < 2; i++)
        {
            string body = $"body {i}";
            Assert.Equal(body, await ExchangeAsync(connection, peer, $"{OkHead}Content-Length: 6\r\n\r\n{body}"));
        }

        Assert.Equal(NngError.None, connection.Fault);
    }

    [Fact]
    public async Task HS113_A_body_in_two_segments()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Assert.Equal("hello", await ExchangeAsync(connection, peer, OkHead + "Content-Length: 5\r\n\r\nhe", "llo"));
    }

    [Theory]
    [InlineData("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world")]
    [InlineData("1;a=b\r\nx\r\n0\r\nT: v\r\n\r\n", "x")]
    [InlineData("0\r\n\r\n", "")]
    public async Task HS114_115_119_A_chunked_body_however_it_is_cut(string chunks, string body)
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        string answer = OkHead + "Transfer-Encoding: chunked\r\n\r\n" + chunks;
        foreach ((_, byte[][] parts) in Fragmenter.Cuts(Latin1(answer)))
        {
            var response = new HttpResponse();
            Assert.Equal(body, await ExchangeAsync(connection, peer, response, HttpMethods.Get, parts));
            Assert.False(response.Headers.Contains("T"));
            Assert.Equal(chunks.Contains("T: v", StringComparison.Ordinal) ? "v" : null, response.Trailers["T"]);
        }
    }

    [Theory]
    [InlineData("10000000000000000\r\n")]
    [InlineData("ffffffffffffffff\r\n")]
    [InlineData("7fffffffffffffff\r\n")]
    public async Task HS116_A_chunk_size_beyond_reason(string chunks)
    {
        Assert.Equal(NngError.MessageTooLarge, await FailureAsync(OkHead + "Transfer-Encoding: chunked\r\n\r\n" + chunks));
    }

    [Fact]
    public async Task HS117_Chunk_data_that_does_not_end_where_it_should()
    {
        Assert.Equal(
            NngError.Protocol, await FailureAsync(OkHead + "Transfer-Encoding: chunked\r\n\r\n1\r\nxXX0\r\n\r\n"));
    }

    [Fact]
    public async Task HS118_Chunked_is_recognised_in_any_case()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Assert.Equal(
            "x", await ExchangeAsync(connection, peer, OkHead + "Transfer-Encoding: Chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"));
    }

    [Theory]
    [InlineData("Content-Length: 10\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n")]
    public async Task HS120_121_A_response_to_HEAD_has_no_body(string framing)
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Assert.Empty(await ExchangeAsync(
            connection, peer, new HttpResponse(), HttpMethods.Head, [Latin1(OkHead + framing + "\r\n")]));
        Assert.Equal("GET", await ExchangeAsync(connection, peer, OkHead + "Content-Length: 3\r\n\r\nGET"));
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    public async Task HS122_Statuses_without_body_do_not_wait_for_one(int status)
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Assert.Empty(await ExchangeAsync(connection, peer, $"HTTP/1.1 {status} X\r\nContent-Length: 10\r\n\r\n"));
    }

    [Fact]
    public async Task HS123_A_body_without_framing_ends_with_the_connection()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        var response = new HttpResponse();
        Task exchange = StartExchange(connection, response, HttpMethods.Get);
        await ReadRequestAsync(peer);
        Send(peer, "HTTP/1.0 200 OK\r\n\r\nuntil ");
        Send(peer, new string('e', 40_000));
        peer.Close();
        await Eventually.Completes(exchange);
        Assert.Equal("until " + new string('e', 40_000), Encoding.Latin1.GetString(response.Body.Span));
    }

    [Fact]
    public async Task HS124_Interim_responses_are_skipped()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        var response = new HttpResponse();
        string answer = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + OkHead + "Content-Length: 0\r\n\r\n";
        Assert.Empty(await ExchangeAsync(connection, peer, response, HttpMethods.Get, [Latin1(answer)]));
        Assert.Equal((200, null), (response.Status, response.Headers["Link"]));
    }

    [Fact]
    public async Task HS125_Interim_responses_without_end_are_refused()
    {
        string interim = string.Concat(Enumerable.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 20));
        Assert.Equal(NngError.Protocol, await FailureAsync(interim + OkHead + "Content-Length: 0\r\n\r\n"));
    }

    [Fact]
    public async Task HS126_A_repeated_length_counts_once_when_it_says_the_same()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Assert.Equal("hello", await ExchangeAsync(connection, peer, OkHead + "Content-Length: 5, 5\r\n\r\nhello"));
        Assert.Equal(
            NngError.Protocol, await FailureAsync(OkHead + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"));
        Assert.Equal(NngError.Protocol, await FailureAsync(OkHead + "Content-Length: five\r\n\r\nhello"));
    }

    [Fact]
    public async Task HS127_A_length_beyond_the_limit_is_refused_without_memory()
    {
        Assert.Equal(NngError.MessageTooLarge, await FailureAsync(OkHead + "Content-Length: 99999999999\r\n\r\n"));
    }

    [Fact]
    public async Task HS128_A_deadline_spans_the_exchange_and_ends_the_connection()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio exchange = Counted();
        exchange.TimeoutMs = 50;
        connection.Transact(new HttpRequest { Uri = "/" }, new HttpResponse(), exchange);
        await ReadRequestAsync(peer);
        Send(peer, OkHead + "Content-Length: 5\r\n\r\nhel");
        Assert.Equal((NngError.TimedOut, 0), Outcome(exchange));
        AssertDead(connection, NngError.TimedOut);
    }

    [Fact]
    public async Task M8_A_second_exchange_meanwhile_is_refused_and_harms_nobody()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        var response = new HttpResponse();
        Task first = StartExchange(connection, response, HttpMethods.Get);
        Aio second = Counted();
        connection.Transact(new HttpRequest { Uri = "/" }, new HttpResponse(), second);
        Assert.Equal((NngError.IncorrectState, 0), Outcome(second));
        await ReadRequestAsync(peer);
        Send(peer, OkHead + "Content-Length: 2\r\n\r\nok");
        await Eventually.Completes(first);
        Assert.Equal("ok", Encoding.Latin1.GetString(response.Body.Span));
    }

    [Fact]
    public async Task M4_Cancelling_an_exchange_ends_the_connection()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        using var cancel = new CancellationTokenSource();
        Task exchange = StartExchange(connection, new HttpResponse(), HttpMethods.Get, cancel.Token);
        await ReadRequestAsync(peer);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Completes(exchange));
        AssertDead(connection, NngError.Canceled);
    }

    [Fact]
    public async Task HS041_015_An_exchange_that_cannot_begin_harms_nobody()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Aio exchange = Counted();
        connection.Transact(new HttpRequest(), new HttpResponse(), exchange);
        Assert.Equal((NngError.InvalidArgument, 0), Outcome(exchange));
        Aio poll = Counted();
        poll.TimeoutMs = 0;
        connection.Transact(new HttpRequest { Uri = "/" }, new HttpResponse(), poll);
        Assert.Equal((NngError.TimedOut, 0), Outcome(poll));
        await AssertAliveAsync(connection, peer);
    }

    [Fact]
    public async Task W3_A_large_body_goes_both_ways()
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        byte[] body = Big[..(5 << 20)];
        var request = new HttpRequest { Uri = "/", Method = "POST" };
        request.SetBody(body);
        var response = new HttpResponse();
        Task exchange = connection.TransactAsync(request, response).AsTask();
        await ReadRequestAsync(peer);
        Assert.Equal(body, await BytesAsync(peer, body.Length));
        Send(peer, $"{OkHead}Content-Length: {body.Length}\r\n\r\n");
        await Eventually.Completes(peer.WriteAsync(body).AsTask());
        await Eventually.Completes(exchange);
        Assert.True(response.Body.Span.SequenceEqual(body));
    }

    private static Task StartExchange(
        HttpConnection connection, HttpResponse response, string method, CancellationToken token = default) =>
        connection.TransactAsync(new HttpRequest { Uri = "/", Method = method }, response, token).AsTask();

    /// <summary>The peer takes a request without body.</summary>
    private static async Task<string> ReadRequestAsync(NngStream peer)
    {
        var text = new StringBuilder();
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            text.Append(await TextAsync(peer, 1));
        return text.ToString();
    }

    private static Task<string> ExchangeAsync(HttpConnection connection, NngStream peer, params string[] answer) =>
        ExchangeAsync(connection, peer, new HttpResponse(), HttpMethods.Get, [.. answer.Select(Latin1)]);

    private static async Task<string> ExchangeAsync(
        HttpConnection connection, NngStream peer, HttpResponse response, string method, byte[][] answer)
    {
        Task exchange = StartExchange(connection, response, method);
        Assert.Equal($"{method} / HTTP/1.1\r\n\r\n", await ReadRequestAsync(peer));
        foreach (byte[] part in answer)
            await peer.WriteAsync(part);
        await Eventually.Completes(exchange);
        return Encoding.Latin1.GetString(response.Body.Span);
    }

    /// <summary>The error that an answer brings, after which the connection is over.</summary>
    private async Task<NngError> FailureAsync(string answer)
    {
        (HttpConnection connection, NngStream peer) = await ConnectAsync();
        Task exchange = StartExchange(connection, new HttpResponse(), HttpMethods.Get);
        await ReadRequestAsync(peer);
        Send(peer, answer);
        var failure = await Assert.ThrowsAnyAsync<NngException>(() => Eventually.Completes(exchange));
        AssertDead(connection, failure.Error);
        return failure.Error;
    }
}
