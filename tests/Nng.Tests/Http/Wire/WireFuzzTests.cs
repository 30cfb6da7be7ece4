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

    /// <summary>Bytes that mean something to the grammar, and some that never do.</summary>
    private const string Telling = "\r\n\t :;,\"\\#?%/*.0159afxZ\0\x01\x7f\x80\xff";

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
            byte[] input = Mutate(WireReading.Bytes(originals[random.Next(originals.Length)]), random);
            string whole = read([input]);
            Assert.Equal(whole, read([.. input.Select(b => new[] { b })]));
            int at = random.Next(input.Length + 1);
            Assert.Equal(whole, read([input[..at], input[at..]]));
        }
    }

    private static byte[] Mutate(byte[] input, Random random)
    {
        var bytes = input.ToList();
        for (int changes = random.Next(1, 4); changes > 0 && bytes.Count > 0; changes--)
        {
            int at = random.Next(bytes.Count);
            byte value = random.Next(4) == 0 ? (byte)random.Next(256) : (byte)Telling[random.Next(Telling.Length)];
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = value;
                    break;
                case 1:
                    bytes.Insert(at, value);
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                default:
                    int length = random.Next(1, Math.Min(20, bytes.Count - at + 1));
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(length, bytes.Count - at)));
                    break;
            }
        }

        return [.. bytes];
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
