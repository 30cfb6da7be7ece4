using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nng.Http;
using Nng.TestKit;
using Xunit;

namespace Nng.Stress.Tests;

/// <summary>Many clients that pipeline, vanish, stop sending and stop reading, on every kind of handler at once.</summary>
public sealed class HttpServerStormTests
{
    private const int Clients = 8;
    private const int RoundsEach = 400;

    private static readonly string[] s_targets =
        ["/static", "/static", "/sync", "/async", "/watch", "/stream", "/own", "/aio", "/large", "/missing", "/fails"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_connection_ends_and_every_answer_is_whole(int seed)
    {
        using HttpServer server = HttpServer.Hold($"http://127.0.0.1:{ScratchUrl.FreePort()}");
        server.Options = new HttpServerOptions { MaxRequestsPerConnection = 50 };
        AddHandlers(server);
        server.Start();
        int answers = 0;
        Task[] clients =
        [
            .. Enumerable.Range(0, Clients).Select(client => Task.Run(() =>
            {
                var random = new Random((seed * 1000) + client);
                for (int round = 0; round < RoundsEach; round++)
                    Interlocked.Add(ref answers, Visit(server.Port, random, $"seed {seed}, client {client}, round {round}"));
            })),
        ];
        await Eventually.Completes(Task.WhenAll(clients), "the clients end", timeoutMs: 120_000);
        Assert.True(answers > Clients * RoundsEach, $"{answers} answers");
        Eventually.Equal(0, () => server.ConnectionCount, "connections");
        await Eventually.Completes(server.StopAsync(TimeSpan.FromSeconds(5)), "the server stops");
    }

    [Fact]
    public async Task A_stop_amid_the_storm_ends_everything()
    {
        for (int i = 0; i < 20; i++)
        {
            using HttpServer server = HttpServer.Hold($"http://127.0.0.1:{ScratchUrl.FreePort()}");
            AddHandlers(server);
            server.Start();
            int port = server.Port;
            using var stop = new CancellationTokenSource();
            Task[] clients =
            [
                .. Enumerable.Range(0, Clients).Select(client => Task.Run(() =>
                {
                    var random = new Random(client);
                    while (!stop.IsCancellationRequested)
                    {
                        try
                        {
                            Visit(port, random, null);
                        }
                        catch (SocketException)
                        {
                            // It no longer listens.
                        }
                    }
                })),
            ];
            Eventually.True(() => server.ConnectionCount > 2);
            await Eventually.Completes(server.StopAsync(TimeSpan.FromMilliseconds(i % 3 * 5)), "the server stops");
            Assert.Equal(0, server.ConnectionCount);
            stop.Cancel();
            await Eventually.Completes(Task.WhenAll(clients), "the clients end");
        }
    }

    private static void AddHandlers(HttpServer server)
    {
        byte[] large = new byte[200_000];
        server.AddHandler(HttpHandler.Static("/static", "static"u8));
        server.AddHandler(HttpHandler.Static("/large", large));
        server.AddHandler(Function("/sync", context =>
        {
            context.Response.CopyBody("sync"u8);
            return default;
        }));
        server.AddHandler(Function("/async", async context =>
        {
            await Task.Yield();
            context.Response.SetBody(large);
        }));
        server.AddHandler(Function("/watch", async context =>
        {
            CancellationToken aborted = context.RequestAborted;
            await Task.Yield();
            context.Response.CopyBody(aborted.IsCancellationRequested ? "gone"u8 : "here"u8);
        }));
        server.AddHandler(Function("/stream", async context =>
        {
            for (int i = 0; i < 5; i++)
                await context.ResponseBody.WriteAsync(large.AsMemory(0, i * 10_000));
        }));
        server.AddHandler(Function("/own", async context =>
        {
            await context.Connection.TryWriteAllAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nown"));
        }));
        server.AddHandler(new HttpHandler("/aio", aio =>
        {
            var response = new HttpResponse();
            response.CopyBody("aio"u8);
            aio.SetOutput(0, response);
            ThreadPool.QueueUserWorkItem(_ => aio.Finish(NngError.None));
        }));
        server.AddHandler(Function("/fails", _ => throw new InvalidOperationException("as told")));
    }

    private static HttpHandler Function(string path, Func<HttpContext, ValueTask> function) => new(path, function);

    /// <summary>One connection: some requests at once, and one of several ways to leave. Returns the whole answers.</summary>
    private static int Visit(int port, Random random, string? place)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.ReceiveTimeout = Eventually.DefaultTimeoutMs;
        socket.SendTimeout = Eventually.DefaultTimeoutMs;
        socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
        using var stream = new NetworkStream(socket);
        string[] targets = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => s_targets[random.Next(s_targets.Length)])];
        byte[] request = Encoding.ASCII.GetBytes(string.Concat(targets.Select(target => $"GET {target} HTTP/1.1\r\nHost: h\r\n\r\n")));
        int way = random.Next(5);
        try
        {
            switch (way)
            {
                case 0:
                    // Vanishes within its requests.
                    socket.Send(request.AsSpan(0, random.Next(request.Length)));
                    socket.LingerState = new LingerOption(true, random.Next(2));
                    return 0;
                case 1:
                    // Takes a part of the answers and leaves.
                    socket.Send(request);
                    socket.Receive(new byte[random.Next(1, 4000)]);
                    return 0;
                default:
                    for (int at = 0; at < request.Length;)
                    {
                        int piece = way == 2 ? request.Length : random.Next(1, 60);
                        at += socket.Send(request.AsSpan(at, Math.Min(piece, request.Length - at)));
                    }

                    if (way == 4)
                        socket.Shutdown(SocketShutdown.Send);
                    return ReadAnswers(stream, targets, place);
            }
        }
        catch (Exception failure) when (failure is SocketException or IOException && (place is null || way < 2))
        {
            return 0;
        }
    }

    private static int ReadAnswers(NetworkStream stream, string[] targets, string? place)
    {
        using var reader = new BinaryReader(new BufferedStream(stream));
        int answers = 0;
        foreach (string target in targets)
        {
            string head = ReadHead(reader);
            if (place is null && !head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
                return answers;
            Assert.True(head.StartsWith("HTTP/1.1 "), $"{place}, {target}: '{head}'");
            int status = int.Parse(head.AsSpan(9, 3));
            Assert.Equal(target switch { "/missing" => 404, "/fails" => 500, _ => 200 }, status);
            if (!TrySkipBody(reader, head))
            {
                // Only a server that is stopped may end within an answer.
                Assert.Null(place);
                return answers;
            }

            answers++;
            if (head.Contains("Connection: close"))
                break;
        }

        return answers;
    }

    private static string ReadHead(BinaryReader reader)
    {
        var head = new StringBuilder();
        try
        {
            while (head.Length < 4 || head.ToString(head.Length - 4, 4) != "\r\n\r\n")
                head.Append((char)reader.ReadByte());
        }
        catch (Exception end) when (end is IOException)
        {
            return head.ToString();
        }

        return head.ToString();
    }

    /// <summary>False when the connection ends before the body does.</summary>
    private static bool TrySkipBody(BinaryReader reader, string head)
    {
        int at = head.IndexOf("Content-Length: ", StringComparison.Ordinal);
        if (at >= 0)
        {
            int length = int.Parse(head.AsSpan(at + 16, head.IndexOf('\r', at) - at - 16));
            return reader.ReadBytes(length).Length == length;
        }

        try
        {
            while (true)
            {
                string line = "";
                while (!line.EndsWith("\r\n", StringComparison.Ordinal))
                    line += (char)reader.ReadByte();
                int size = Convert.ToInt32(line.Trim(), 16);
                if (reader.ReadBytes(size + 2).Length < size + 2)
                    return false;
                if (size == 0)
                    return true;
            }
        }
        catch (EndOfStreamException)
        {
            return false;
        }
    }
}
