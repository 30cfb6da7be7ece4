using System;
using System.Text;
using Nng.Http;
using Nng.TestKit;

namespace Nng.Tests.Http.Server;

/// <summary>A server on a port of its own with the handlers that a test gives it, and <c>/home.html</c>.</summary>
internal sealed class ServedSite : IDisposable
{
    public const string Home = "<html>home</html>";

    public ServedSite(params HttpHandler[] handlers)
        : this(HttpServerOptions.Default, handlers)
    {
    }

    public ServedSite(HttpServerOptions options, params HttpHandler[] handlers)
    {
        // Not port 0: tests run at the same time, and until they start they would share one server.
        Server = HttpServer.Hold($"http://127.0.0.1:{ScratchUrl.FreePort()}");
        Server.Options = options;
        Server.AddHandler(HttpHandler.Static("/home.html", Encoding.ASCII.GetBytes(Home), "text/html"));
        foreach (HttpHandler handler in handlers)
            Server.AddHandler(handler);
        Server.Start();
    }

    public HttpServer Server { get; }

    public HttpPeer Connect() => new(Server);

    /// <summary>A handler that answers text.</summary>
    public static HttpHandler Says(string path, string text, string? method = "GET", string? host = null, HttpTreeMode tree = HttpTreeMode.None) =>
        new(path, context =>
        {
            context.Response.CopyBody(Encoding.UTF8.GetBytes(text));
            return default;
        })
        {
            Method = method,
            Host = host,
            Tree = tree,
        };

    /// <summary>A handler that answers with the request's body.</summary>
    public static HttpHandler Echo(string path = "/echo", long max = HttpHandler.DefaultMaxBodySize) =>
        new(path, context =>
        {
            context.Response.CopyBody(context.Request.Body.Span);
            return default;
        })
        {
            Method = "POST",
            MaxBodySize = max,
        };

    public void Dispose() => Server.Dispose();
}
