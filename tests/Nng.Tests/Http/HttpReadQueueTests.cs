using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Nng.Http;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>Heads, bodies and raw bytes from one stream, however it is cut on its way.</summary>
public sealed class HttpReadQueueTests
{
    private const string Get = "GET /get?q=1 HTTP/1.1\r\nHost: h\r\nAccept: */*\r\n\r\n";

    private const string Put = "PUT /put HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\nhello world";

    private const string Chunked =
        "POST /chunked HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nwiki\r\n5\r\npedia\r\n0\r\nT: v\r\n\r\n";

    [Theory]
    [InlineData(Get)]
    [InlineData(Put)]
    [InlineData(Chunked)]
    [InlineData(Get + Put + Chunked + Get)]
    [InlineData(Chunked + Chunked + "\r\n" + Put)]
    public void Pipelined_requests_with_their_bodies(string wire)
    {
        List<string> expected = ReadAll([Encoding.Latin1.GetBytes(wire)], whole: true);
        Assert.Equal(wire.Split("HTTP/1.1").Length - 1 + 1, expected.Count);
        Assert.Equal("ConnectionShutdown", expected[^1]);
        foreach (bool whole in new[] { true, false })
            Fragmenter.Run(Encoding.Latin1.GetBytes(wire), parts => Assert.Equal(expected, ReadAll(parts, whole)));
    }

    [Fact]
    public void What_was_read_is_what_was_sent()
    {
        Assert.Equal(
            ["GET /get?q=1 ", "PUT /put hello world", "POST /chunked wikipedia T=v", "ConnectionShutdown"],
            ReadAll([Encoding.Latin1.GetBytes(Get + Put + Chunked)], whole: true));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost : h\r\n\r\n", HttpRefusal.HeaderNameSpace)]
    [InlineData("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", HttpRefusal.ChunkSizeMalformed)]
    [InlineData("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2000000\r\n\r\n", HttpRefusal.BodyTooLarge)]
    public void A_refusal_is_the_same_however_the_bytes_come(string wire, HttpRefusal refusal)
    {
        Fragmenter.Run(Encoding.Latin1.GetBytes(wire), parts =>
        {
            using HttpConnection connection = new(ScriptedChannel.Stream(parts));
            List<string> read = ReadAll(connection, whole: false);
            Assert.Equal(refusal.ToError().ToString(), read[^1]);
            Assert.Equal((refusal, refusal.ToError()), (connection.Refusal, connection.Fault));
        });
    }

    [Fact]
    public void A_long_head_grows_the_buffer_and_leaves_what_follows()
    {
        string line = "X: " + new string('x', 5000) + "\r\n";
        string wire = "GET / HTTP/1.1\r\nHost: h\r\n" + string.Concat(Enumerable.Repeat(line, 6)) + "\r\n";
        byte[] bytes = Encoding.Latin1.GetBytes(wire + wire + "rest");
        foreach (int size in new[] { 1, 7, 4096, 8192, bytes.Length })
        {
            using HttpConnection connection = new(ScriptedChannel.Stream([.. bytes.Chunk(size)]));
            var request = new HttpRequest();
            for (int i = 0; i < 2; i++)
            {
                Assert.Equal(NngError.None, Run(aio => connection.ReadRequest(request, aio)).Result);
                Assert.Equal(6, request.Headers.GetValues("X").Count);
            }

            var rest = new byte[4];
            Assert.Equal(4, Run(connection.ReadAll, rest).Count);
            Assert.Equal("rest"u8.ToArray(), rest);
        }
    }

    [Fact]
    public void A_server_keeps_its_writing_direction_after_a_refused_request()
    {
        NngStream stream = ScriptedChannel.Stream(["nonsense\r\n\r\n"u8.ToArray()]);
        using var connection = new HttpConnection(stream, null, answers: true);
        Assert.Equal(NngError.Protocol, Run(aio => connection.ReadRequest(new HttpRequest(), aio)).Result);
        Assert.Equal((NngError.Protocol, HttpRefusal.RequestLineMalformed), (connection.Fault, connection.Refusal));
        Assert.False(connection.IsClosed);
        Assert.Equal(NngError.None, Run(connection.WriteAll, new byte[3]).Result);
        Assert.Equal(NngError.Closed, Run(connection.Read, new byte[3]).Result);
    }

    [Fact]
    public void A_head_at_hand_is_read_without_an_operation()
    {
        using var connection = new HttpConnection(
            ScriptedChannel.Stream([Encoding.Latin1.GetBytes(Get + Put[..20]), Encoding.Latin1.GetBytes(Put[20..])]));
        var request = new HttpRequest();
        Assert.Equal(NngError.TryAgain, connection.TryReadRequestNow(request));
        Assert.Equal(NngError.None, Run(aio => connection.ReadRequest(request, aio)).Result);
        Assert.Equal("/get?q=1", request.Uri);
        Assert.True(connection.HasBuffered);
        Assert.Equal(NngError.TryAgain, connection.TryReadRequestNow(request));
        Assert.Equal(NngError.None, Run(aio => connection.ReadRequest(request, aio)).Result);
        Assert.Equal("/put", request.Uri);
    }

    [Fact]
    public void A_detached_stream_takes_the_bytes_beyond_the_head_along()
    {
        NngStream stream = ScriptedChannel.Stream([Encoding.Latin1.GetBytes(Get + "more")]);
        var connection = new HttpConnection(stream);
        Assert.Equal(NngError.None, Run(aio => connection.ReadRequest(new HttpRequest(), aio)).Result);
        Assert.Same(stream, connection.Detach(out byte[] buffered));
        Assert.Equal("more"u8.ToArray(), buffered);
        Assert.Equal(NngError.Closed, Run(connection.Read, new byte[1]).Result);
        Assert.Equal(NngError.ConnectionShutdown, Run(stream.Receive, new byte[1]).Result);
        stream.Close();
    }

    private static List<string> ReadAll(IReadOnlyList<byte[]> parts, bool whole)
    {
        using HttpConnection connection = new(ScriptedChannel.Stream(parts));
        return ReadAll(connection, whole);
    }

    /// <summary>Each request as text, and the error that ended it.</summary>
    private static List<string> ReadAll(HttpConnection connection, bool whole)
    {
        var read = new List<string>();
        var request = new HttpRequest();
        var body = new HttpBodyReader();
        while (true)
        {
            Aio head = Run(aio => connection.ReadRequest(request, aio));
            if (head.Result != NngError.None)
                return [.. read, head.Result.ToString()];
            string text = $"{request.Method} {request.Uri} ";
            Assert.Equal(
                HttpRefusal.None,
                MessageFraming.OfRequest(request.Headers.Table, request.MinorVersion, out BodyFraming framing));
            body.Start(framing, connection.Limits, 1 << 20, request);
            var buffer = new byte[7];
            while (!body.IsEnded)
            {
                Aio part = Run(aio => connection.ReadBody(body, aio, whole), buffer);
                if (part.Result != NngError.None)
                    return [.. read, part.Result.ToString()];
                text += Encoding.Latin1.GetString(buffer, 0, (int)part.Count);
            }

            foreach ((string name, string value) in request.Trailers)
                text += string.Create(CultureInfo.InvariantCulture, $" {name}={value}");
            read.Add(text);
        }
    }

    private static Aio Run(Action<Aio> operation, params ReadOnlyMemory<byte>[] vector)
    {
        var aio = new Aio();
        aio.SetVector(vector);
        operation(aio);
        aio.Wait();
        return aio;
    }
}
