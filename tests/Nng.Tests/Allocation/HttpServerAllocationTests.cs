using System;
using System.Net.Sockets;
using Nng.Http;
using Nng.Tests.Http.Server;
using Xunit;

namespace Nng.Tests.Allocation;

/// <summary>Zero bytes a request in steady state on a kept connection, for fixed content and for functions.</summary>
[Collection(nameof(AllocationTests))]
public sealed class HttpServerAllocationTests
{
    private const int Requests = 4000;

    /// <summary>As in <see cref="AllocationTests"/>.</summary>
    private const long Tolerance = 24 * Requests / 10;

    private static readonly HttpServerOptions s_options = new() { MaxRequestsPerConnection = 0 };

    [Theory]
    [InlineData("GET /home.html HTTP/1.1\r\nHost: h\r\n\r\n", 1)]
    [InlineData("GET /home.html HTTP/1.1\r\nHost: h\r\n\r\n", 16)]
    [InlineData("GET /f HTTP/1.1\r\nHost: h\r\n\r\n", 1)]
    [InlineData("GET /f?q=1 HTTP/1.1\r\nHost: h\r\nAccept: */*\r\n\r\nGET /home.html HTTP/1.1\r\nHost: h\r\n\r\n", 1)]
    [InlineData("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello", 1)]
    public void A_request_allocates_nothing(string request, int pipelined)
    {
        byte[] body = new byte[50];
        using var site = new ServedSite(
            s_options,
            ServedSite.Echo(),
            new HttpHandler("/f", context =>
            {
                context.Response.SetBody(body);
                return default;
            }));
        using HttpPeer peer = site.Connect();
        byte[] bytes = new byte[request.Length * pipelined];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)request[i % request.Length];
        int reply = Length(peer, bytes);
        byte[] buffer = new byte[reply];
        long best = long.MaxValue;
        for (int attempt = 0; attempt < 25 && best > Tolerance; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Exchange(peer.Socket, bytes, buffer);
            best = Math.Min(best, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.True(best <= Tolerance, $"{best} bytes for {Requests} requests");
    }

    private static int Length(HttpPeer peer, byte[] bytes)
    {
        peer.SendBytes(bytes);
        int length = 0;
        byte[] buffer = new byte[64 * 1024];
        // The last response has come when nothing more does: the marker request is answered behind all others.
        peer.SendBytes("GET /marker HTTP/1.1\r\nHost: h\r\n\r\n"u8);
        while (true)
        {
            length += peer.Socket.Receive(buffer.AsSpan(length));
            int marker = buffer.AsSpan(0, length).IndexOf("HTTP/1.1 404"u8);
            if (marker >= 0 && buffer.AsSpan(0, length).EndsWith("</html>\n"u8))
                return marker;
        }
    }

    private static void Exchange(Socket socket, byte[] request, byte[] buffer)
    {
        for (int i = 0; i < Requests; i++)
        {
            socket.Send(request);
            for (int got = 0; got < buffer.Length;)
                got += socket.Receive(buffer.AsSpan(got));
        }
    }
}
