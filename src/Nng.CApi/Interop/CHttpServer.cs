using System.Collections.Generic;
using System.Threading;
using Nng.Http;

namespace Nng.CApi;

/// <summary>An <c>nng_http_server</c>: one for all holds of the same server, with the handlers it was given.</summary>
/// <remarks>Threading: safe from any thread; <see cref="s_lock"/> guards holds and handlers.</remarks>
internal sealed class CHttpServer
{
    private static readonly Lock s_lock = new();
    private static readonly List<CHttpServer> s_all = [];

    /// <summary>C programs know no limit of a connection's requests.</summary>
    private static readonly HttpServerOptions s_options = new() { MaxRequestsPerConnection = 0 };

    private readonly HashSet<CHttpHandler> _handlers = [];
    private readonly nint _pointer;
    private int _holds = 1;

    private CHttpServer(HttpServer inner)
    {
        Inner = inner;
        _pointer = HandleTable.Add(HandleKind.HttpServer, this);
    }

    public HttpServer Inner { get; }

    /// <summary>The pointer of the server of an address, with one more hold.</summary>
    public static nint Hold(NngUrl url)
    {
        HttpServer held = HttpServer.Hold(url);
        lock (s_lock)
        {
            CHttpServer? server = s_all.Find(other => ReferenceEquals(other.Inner.Shared, held.Shared));
            if (server is null)
            {
                // A server that already listens keeps what it was given.
                held.Shared.SetOptions(s_options);
                server = new CHttpServer(held);
                s_all.Add(server);
                return server._pointer;
            }

            server._holds++;
            held.Dispose();
            return server._pointer;
        }
    }

    public static CHttpServer? Find(nint pointer) => HandleTable.Find<CHttpServer>(pointer, HandleKind.HttpServer);

    /// <summary>One hold less; the last ends the server, and its handlers with it.</summary>
    public void Release()
    {
        lock (s_lock)
        {
            if (--_holds != 0)
                return;
            s_all.Remove(this);
            HandleTable.Remove<CHttpServer>(_pointer, HandleKind.HttpServer);
        }

        Inner.Dispose();
        foreach (CHttpHandler handler in _handlers)
        {
            Inner.RemoveHandler(handler.Inner);
            handler.Release();
        }
    }

    /// <summary>The handler is the server's.</summary>
    public void Add(CHttpHandler handler)
    {
        lock (s_lock)
        {
            Inner.AddHandler(handler.Inner);
            _handlers.Add(handler);
        }
    }

    /// <summary>The handler is the program's again; false when it was not the server's.</summary>
    public bool Remove(CHttpHandler handler)
    {
        lock (s_lock)
            return _handlers.Remove(handler) && Inner.RemoveHandler(handler.Inner);
    }
}
