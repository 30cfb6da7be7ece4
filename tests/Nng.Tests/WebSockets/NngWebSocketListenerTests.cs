using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Nng.Http;
using Nng.Streams;
using Nng.TestKit;
using Nng.Tests.Sp;
using Nng.WebSockets;
using Xunit;

namespace Nng.Tests.WebSockets;

/// <summary>Accepting at paths of a server that others use as well.</summary>
public sealed class NngWebSocketListenerTests : Scenario
{
    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Paths_pages_and_sp_sockets_share_a_port(string scheme)
    {
        HttpServer server = Use(HttpServer.Hold($"{scheme}://127.0.0.1:{ScratchUrl.FreePort()}"));
        if (scheme == "https")
            server.TlsConfig = TestAuthority.Server.ServerConfig();
        server.AddHandler(HttpHandler.Static("/page", "a page"u8, "text/plain"));
        server.Start();
        string address = "ws" + server.Url["http".Length..];
        NngWebSocketListener one = Use(new NngWebSocketListener(address + "/one"));
        NngWebSocketListener two = Use(new NngWebSocketListener(address + "/two"));
        one.Listen();
        two.Listen();
        var pull = Use(new PullSocket());
        pull.Listen(address + "/sp");

        foreach ((NngWebSocketListener listener, string name) in new[] { (one, "one"), (two, "two") })
        {
            Assert.Equal($"{address}/{name}", listener.Url);
            Assert.Equal(server.Port, listener.LocalAddress.Port);
            Task<NngWebSocket> accept = listener.AcceptAsync().AsTask();
            NngWebSocket client = Use(await Eventually.Completes(NngWebSocket.ConnectAsync(listener.Url, Trusting(scheme)).AsTask()));
            await client.SendAsync(name);
            NngWebSocket accepted = Use(await Eventually.Completes(accept));
            using NngWebSocketMessage message = await Eventually.Completes(accepted.ReceiveAsync().AsTask());
            Assert.Equal(name, message.GetText());
        }

        var push = Use(new PushSocket());
        Dialer dialer = push.CreateDialer(address + "/sp");
        if (scheme == "https")
            dialer.SetOption(OptionNames.TlsConfig, TestIdentity.ClientConfig(TestAuthority.Shared));
        dialer.Start();
        Send(push, "'sp'");
        Assert.Equal("sp", Recv(pull));
        using var http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true });
        Assert.Equal("a page", await http.GetStringAsync(server.Url + "/page"));
    }

    [Fact]
    public async Task An_accept_that_is_given_up_loses_no_connection()
    {
        NngWebSocketListener listener = Listening();
        using var cancel = new CancellationTokenSource();
        Task<NngWebSocket> given = listener.AcceptAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Completes(given));
        Use(await Eventually.Completes(NngWebSocket.ConnectAsync(listener.Url).AsTask()));
        Use(await Eventually.Completes(listener.AcceptAsync().AsTask()));
    }

    [Fact]
    public async Task Closing_ends_accepts_and_turns_away_who_was_not_accepted_and_leaves_who_was()
    {
        NngWebSocketListener listener = Listening();
        NngWebSocket client = Use(await Eventually.Completes(NngWebSocket.ConnectAsync(listener.Url).AsTask()));
        NngWebSocket accepted = Use(await Eventually.Completes(listener.AcceptAsync().AsTask()));
        NngWebSocket waiting = Use(await Eventually.Completes(NngWebSocket.ConnectAsync(listener.Url).AsTask()));
        listener.Close();
        NngException end = await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(waiting.ReceiveAsync().AsTask()));
        Assert.Equal((NngError.ConnectionShutdown, 1001), (end.Error, waiting.CloseCode));
        end = await Assert.ThrowsAsync<NngException>(() => listener.AcceptAsync().AsTask());
        Assert.Equal(NngError.Closed, end.Error);
        await accepted.SendAsync("still here");
        using NngWebSocketMessage message = await Eventually.Completes(client.ReceiveAsync().AsTask());
        Assert.Equal("still here", message.GetText());
    }

    [Fact]
    public async Task What_cannot_be_listened_on_is_said_exactly()
    {
        Assert.Equal(NngError.NotSupported, ErrorOf(() => new NngWebSocketListener("tcp://127.0.0.1:0")));
        Assert.Equal(
            NngError.NotSupported,
            ErrorOf(() => new NngWebSocketListener(
                ScratchUrl.For("ws"), new() { TlsConfig = TestAuthority.Server.ServerConfig() })));
        Assert.Equal(
            NngError.InvalidArgument,
            ErrorOf(() => new NngWebSocketListener(ScratchUrl.For("ws"), new() { Headers = [new("X", "a\r\nb")] })));
        NngWebSocketListener first = Listening();
        Assert.Equal(NngError.IncorrectState, ErrorOf(first.Listen));
        NngWebSocketListener second = Use(new NngWebSocketListener(first.Url));
        Assert.Equal(NngError.AddressInUse, ErrorOf(second.Listen));
        NngException early = await Assert.ThrowsAsync<NngException>(() => second.AcceptAsync().AsTask());
        Assert.Equal(NngError.IncorrectState, early.Error);
        first.Dispose();
        second.Listen();
        second.Dispose();
        Assert.Equal(NngError.Closed, ErrorOf(second.Listen));
    }

    [Fact]
    public async Task A_server_that_runs_keeps_its_certificate()
    {
        TlsConfig config = TestAuthority.Server.ServerConfig();
        NngWebSocketListener first = Use(new NngWebSocketListener(ScratchUrl.For("wss") + "/a", new() { TlsConfig = config }));
        first.Listen();
        string other = first.Url[..^1] + "b";
        TlsConfig stranger = TestAuthority.Root("Stranger").Issue("localhost", "localhost", "127.0.0.1").ServerConfig();
        Assert.Equal(NngError.Busy, ErrorOf(() => new NngWebSocketListener(other, new() { TlsConfig = stranger })));
        NngWebSocketListener second = Use(new NngWebSocketListener(other, new() { TlsConfig = config }));
        second.Listen();
        foreach (NngWebSocketListener listener in new[] { first, second })
            Use(await Eventually.Completes(NngWebSocket.ConnectAsync(listener.Url, Trusting("https")).AsTask()));
    }

    private static NngError ErrorOf(Action call) => Assert.Throws<NngException>(call).Error;

    private static NngError ErrorOf(Func<object> call) => Assert.Throws<NngException>(call).Error;

    private static NngWebSocketOptions Trusting(string scheme) => new()
    {
        TlsConfig = scheme == "https" ? TestIdentity.ClientConfig(TestAuthority.Shared) : null,
    };

    private NngWebSocketListener Listening()
    {
        NngWebSocketListener listener = Use(new NngWebSocketListener(ScratchUrl.For("ws") + "/path"));
        listener.Listen();
        return listener;
    }
}
