using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Nng.Http;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Http.Client;

/// <summary>Connects that have got beyond the dial: a proxy that says nothing, a handshake that goes nowhere.</summary>
public sealed class ClientConnectTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disposing_a_client_ends_connects_that_have_got_beyond_the_dial(bool isProxy)
    {
        using var silent = new SilentServer();
        var client = new NngHttpClient(
            isProxy ? "http://example.invalid" : $"https://127.0.0.1:{silent.Port}",
            new NngHttpClientOptions { Proxy = isProxy ? NngUrl.Parse($"http://127.0.0.1:{silent.Port}") : null });
        using var aio = new Aio();
        client.Connect(aio);
        Task<HttpConnection> connect = client.ConnectAsync().AsTask();
        Task<HttpResponse> send = client.SendAsync(Get()).AsTask();
        for (int i = 0; i < 3; i++)
            await silent.HearsAsync();
        client.Dispose();
        foreach (Task task in (Task[])[connect, send])
            Assert.Equal(NngError.Closed, (await Assert.ThrowsAnyAsync<NngException>(() => Eventually.Completes(task))).Error);
        Eventually.True(() => !aio.IsBusy);
        Assert.Equal((NngError.Closed, null), (aio.Result, aio.GetOutput(0)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_connect_timeout_spans_the_proxy_and_the_handshake(bool isProxy)
    {
        using var silent = new SilentServer();
        using var client = new NngHttpClient(
            isProxy ? "http://example.invalid" : $"https://127.0.0.1:{silent.Port}",
            new NngHttpClientOptions
            {
                ConnectTimeout = TimeSpan.FromMilliseconds(50),
                Proxy = isProxy ? NngUrl.Parse($"http://127.0.0.1:{silent.Port}") : null,
            });
        long start = Environment.TickCount64;
        var failure = await Assert.ThrowsAnyAsync<NngException>(() => Eventually.Completes(client.SendAsync(Get()).AsTask()));
        Assert.Equal(NngError.TimedOut, failure.Error);
        // The handshake has ten seconds of its own.
        Assert.InRange(Environment.TickCount64 - start, 40, 9000);
        using var cancel = new CancellationTokenSource();
        Task connect = client.ConnectAsync(cancel.Token).AsTask();
        cancel.Cancel();
        var canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Completes(connect));
        Assert.Equal(cancel.Token, canceled.CancellationToken);
    }

    private static HttpRequest Get() => new() { Uri = "/" };

    /// <summary>Accepts, and says nothing.</summary>
    private sealed class SilentServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<TcpClient> _clients = [];

        public SilentServer() => _listener.Start();

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        /// <summary>The next client has sent something.</summary>
        public async Task HearsAsync()
        {
            TcpClient client = await Eventually.Completes(_listener.AcceptTcpClientAsync());
            _clients.Add(client);
            await Eventually.Completes(client.GetStream().ReadAsync(new byte[1]).AsTask());
        }

        public void Dispose()
        {
            _listener.Dispose();
            foreach (TcpClient client in _clients)
                client.Dispose();
        }
    }
}
