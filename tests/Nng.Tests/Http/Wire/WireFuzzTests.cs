using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Nng.Http;
using Xunit;
using Xunit.Abstractions;

namespace Nng.Tests.Http;

/// <summary>
/// Mutations of valid messages: whatever the bytes, the parsers end, throw nothing, and answer the same for every way
/// of cutting the input.
/// </summary>
public sealed class WireFuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 10_000;

    private static readonly string[] s_requests =
    [
        "GET /a/../b%20c?d=e HTTP/1.1\r\nHost: example.com:80\r\nAccept: */*\r\nConnection: keep-alive, x\r\n\r\n",
        "POST http://h/x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello",
        "PUT / HTTP/1.1\r\nHost: [::1]:99\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n0\r\nT: v\r\n\r\n",
        "OPTIONS * HTTP/1.0\r\n\r\n",
    ];

    private static readonly string[] s_responses =
    [
        "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\nSet-Cookie: a\r\n\r\nhello",
        "HTTP/1.1 200\r\nTransfer-Encoding: Chunked\r\n\r\nA\r\n0123456789\r\n0\r\nT: v\r\nU: w\r\n\r\n",
        "HTTP/1.0 304 Not Modified\r\nETag: \"x\"\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\nuntil the end",
    ];

    [Fact]
    public void HS202_Mutated_requests_are_read_or_refused_alike_however_they_are_cut() =>
        Run(s_requests, parts => Describe(WireReading.ReadRequest(parts), reading => reading.Request));

    [Fact]
    public void Mutated_responses_are_read_or_refused_alike_however_they_are_cut() =>
        Run(s_responses, parts => Describe(WireReading.ReadResponse(parts), reading => reading.Response));

    private void Run(string[] originals, Func<IReadOnlyList<byte[]>, string> read)
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] input = Mutation.Of(WireReading.Bytes(originals[random.Next(originals.Length)]), random);
            string whole = read([input]);
            Assert.Equal(whole, read([.. input.Select(b => new[] { b })]));
            int at = random.Next(input.Length + 1);
            Assert.Equal(whole, read([input[..at], input[at..]]));
        }
    }


    private static string Describe(WireReading reading, Func<WireReading, HttpMessage> messageOf)
    {
        if (!reading.IsDone)
            return reading.Refusal?.ToString() ?? "incomplete";
        HttpMessage message = messageOf(reading);
        var text = new StringBuilder();
        text.Append(message is HttpRequest request
            ? $"{request.Method} {request.Uri} {request.Path} {request.Query} {request.Version}"
            : $"{((HttpResponse)message).Status} {((HttpResponse)message).Reason} {message.Version}");
        foreach ((string name, string value) in message.Headers.Concat(message.Trailers))
            text.Append($"|{name}={value}");
        return text.Append($"|{reading.Body}|{reading.Rest}").ToString();
    }
}
