using System;
using System.Threading.Tasks;
using Nng.Http;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Http.Server;

/// <summary>Handlers as an application makes them.</summary>
public sealed class HttpHandlerTests
{
    [Theory]
    [InlineData(100, false)]
    [InlineData(100, true)]
    [InlineData(100_000, false)]
    [InlineData(100_000, true)]
    public void A_body_whose_memory_is_gone_harms_its_own_connection_only(int length, bool isAio)
    {
        var gone = new GoneMemory(new ObjectDisposedException("owner"));
        HttpHandler handler = isAio
            ? new HttpHandler("/gone", aio =>
            {
                var response = new HttpResponse();
                response.SetBody(gone.Of(length));
                aio.SetOutput(0, response);
                aio.Finish(NngError.None);
            })
            : new HttpHandler("/gone", context =>
            {
                context.Response.SetBody(gone.Of(length));
                return default;
            });
        using var site = new ServedSite(handler);
        using HttpPeer peer = site.Connect();
        peer.Send("GET /gone HTTP/1.1\r\nHost: h\r\n\r\n");
        if (length < 1000)
        {
            HttpReply reply = peer.Read();
            Assert.Equal((500, "close"), (reply.Status, reply["Connection"]));
        }

        peer.ExpectClosed();
        peer.Dispose();
        Eventually.Equal(0, () => site.Server.ConnectionCount);
        using HttpPeer other = site.Connect();
        Assert.Equal(200, other.Get("/home.html").Status);
    }

    [Fact]
    public void A_fresh_handler_has_the_defaults()
    {
        HttpHandler handler = Handler("/x");
        Assert.Equal("/x", handler.Path);
        Assert.Equal("GET", handler.Method);
        Assert.Null(handler.Host);
        Assert.Equal(HttpTreeMode.None, handler.Tree);
        Assert.True(handler.CollectBody);
        Assert.Equal(1 << 20, handler.MaxBodySize);
        Assert.False(handler.IsRegistered);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    public void Nothing_is_the_root(string? path) => Assert.Equal("/", Handler(path).Path);

    [Fact]
    public void HS166_What_cannot_be_a_handler_is_refused()
    {
        Refused(NngError.InvalidArgument, () => Handler("x"));
        Assert.Throws<ArgumentNullException>(() => new HttpHandler("/", (Func<HttpContext, ValueTask>)null!));
        Assert.Throws<ArgumentNullException>(() => new HttpHandler("/", (Action<Aio>)null!));
        Refused(NngError.InvalidArgument, () => Handler("/").Method = "A B");
        Refused(NngError.InvalidArgument, () => Handler("/").Host = "a b");
        Refused(NngError.InvalidArgument, () => HttpHandler.Static("/", [], "a\r\nb"));
        Refused(NngError.InvalidArgument, () => HttpHandler.Redirect("/", "/a\r\nb"));
        Assert.Throws<ArgumentOutOfRangeException>(() => HttpHandler.Redirect("/", "/a", 200));
        Assert.Throws<ArgumentOutOfRangeException>(() => Handler("/").MaxBodySize = -2);
    }

    [Fact]
    public void HS167_A_registered_handler_does_not_change_until_it_is_removed()
    {
        using HttpServer server = HttpServer.Hold($"http://127.0.0.1:{ScratchUrl.FreePort()}");
        HttpHandler handler = Handler("/x");
        server.AddHandler(handler);
        Assert.True(handler.IsRegistered);
        Refused(NngError.Busy, () => handler.Method = "PUT");
        Refused(NngError.Busy, () => handler.Host = "a");
        Refused(NngError.Busy, () => handler.Tree = HttpTreeMode.Shared);
        Refused(NngError.Busy, () => handler.CollectBody = false);
        Refused(NngError.Busy, () => handler.MaxBodySize = 1);
        Refused(NngError.Busy, () => handler.State = "x");
        Refused(NngError.Busy, handler.Dispose);
        Assert.True(server.RemoveHandler(handler));
        Assert.False(server.RemoveHandler(handler));
        handler.Method = "PUT";
        Assert.Equal("PUT", handler.Method);
    }

    [Fact]
    public void Null_is_any_method_and_any_host()
    {
        HttpHandler handler = Handler("/x");
        handler.Method = "";
        Assert.Null(handler.Method);
        foreach (string? host in (ReadOnlySpan<string?>)[null, "", "*", "0.0.0.0", "::"])
        {
            handler.Host = host;
            Assert.Null(handler.HostRule);
        }
    }

    [Fact]
    public void State_is_disposed_once_with_its_handler()
    {
        int disposed = 0;
        HttpHandler handler = Handler("/x");
        handler.State = "x";
        handler.StateDisposer = _ => disposed++;
        handler.Dispose();
        handler.Dispose();
        Assert.Equal(1, disposed);
    }

    private static HttpHandler Handler(string? path) => new(path, _ => ValueTask.CompletedTask);

    private static void Refused(NngError error, Action action) =>
        Assert.Equal(error, Assert.Throws<NngException>(action).Error);
}
