using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Http;
using Nng.Streams;

namespace Nng.WebSockets;

/// <summary>
/// Listens for WebSocket: a handler of the HTTP server of its address, which it shares with other listeners and with
/// the application's handlers (transports sheet, 13.7).
/// </summary>
/// <remarks>Threading: <see cref="_lock"/> guards the connections that nobody has accepted.</remarks>
internal sealed class WebSocketListener : StreamListener
{
    /// <summary>How long the response may take to leave (transports sheet, WS-24).</summary>
    private const int WriteMs = 2000;

    /// <summary>How long a request may take to arrive (TW-21).</summary>
    private const int HeadMs = 10_000;

    /// <summary>Connections that nobody accepts; more are refused.</summary>
    private const int MaxWaiting = 1024;

    private readonly SharedServer _server;
    private readonly HttpHandler[] _handlers;
    private readonly Lock _lock = new();
    private readonly Queue<NngStream> _upgraded = new();

    /// <summary>The next connection is to be announced.</summary>
    private bool _awaited;

    private bool _shut;
    private int _released;

    private WebSocketListener(NngUrl url, SharedServer server, bool isMessageMode)
    {
        _server = server;
        _handlers = MakeHandlers(url);
        Options = new WebSocketOptions(isServer: true) { IsMessageMode = isMessageMode };
    }

    /// <summary>The options beside those of TCP and TLS.</summary>
    public WebSocketOptions Options { get; }

    public override NngAddress LocalAddress => _server.LocalAddress;

    /// <summary>Holds the server of the address; a host name is resolved now.</summary>
    public static NngError Create(NngUrl url, bool isMessageMode, out WebSocketListener? listener)
    {
        listener = null;
        while (true)
        {
            NngError error = ServerRegistry.Hold(url, out SharedServer? server);
            if (error != NngError.None)
                return error;
            try
            {
                listener = new WebSocketListener(url, server!, isMessageMode);
            }
            catch (NngException)
            {
                // The host can be none of a handler.
                server!.Release();
                return NngError.AddressInvalid;
            }

            if (server!.AddEndpoint())
                return NngError.None;
            server.Release();
        }
    }

    /// <summary>Options that are none of the upgrade's are those of the server's listener (WS-38).</summary>
    public override NngError GetOption(string name, out OptionValue value)
    {
        NngError error = Options.GetOption(name, out value);
        return error == NngError.NotSupported ? _server.GetListenerOption(name, out value) : error;
    }

    public override NngError SetOption(string name, OptionValue value)
    {
        NngError error = Options.SetOption(name, value);
        return error == NngError.NotSupported ? _server.SetListenerOption(name, value) : error;
    }

    /// <summary>Sets the configuration of TLS; busy when the server runs with another.</summary>
    public NngError SetTlsConfig(TlsConfig config) =>
        _server.GetTlsConfig(out TlsConfig? present) == NngError.None && ReferenceEquals(present, config)
            ? NngError.None : _server.SetTlsConfig(config);

    public override void Close()
    {
        base.Close();
        if (Interlocked.Exchange(ref _released, 1) != 0)
            return;
        if (_server.RemoveEndpoint())
            _server.Stop();
        _server.Release();
    }

    protected override NngError Open()
    {
        if (ReferenceEquals(_server.Options, HttpServerOptions.Default))
            _server.SetOptions(new HttpServerOptions { HeadTimeout = TimeSpan.FromMilliseconds(HeadMs) });
        NngError error = NngError.None;
        int added = 0;
        while (error == NngError.None && added < _handlers.Length)
        {
            error = _server.AddHandler(_handlers[added]);
            added += error == NngError.None ? 1 : 0;
        }

        if (error == NngError.None)
            error = _server.Start();
        if (error != NngError.None)
            RemoveHandlers(added);
        return error;
    }

    protected override NngError TryAccept(out NngStream? stream)
    {
        lock (_lock)
        {
            if (_upgraded.TryDequeue(out stream))
                return NngError.None;
            _awaited = !_shut;
            return _shut ? NngError.Closed : NngError.TryAgain;
        }
    }

    protected override void Shut()
    {
        NngStream[] waiting;
        lock (_lock)
        {
            _shut = true;
            waiting = [.. _upgraded];
            _upgraded.Clear();
        }

        RemoveHandlers(_handlers.Length);
        // This listener, still counted, keeps the server running; unless it was closed while it began to listen.
        if (_server.TakeBackStart())
            _server.Stop();
        foreach (NngStream stream in waiting)
            TurnAway(stream);
    }

    protected override void TurnAway(NngStream stream) =>
        ((WebSocketChannel)stream.Channel).Close(WebSocketClose.GoingAway);

    /// <summary>One for the URL's host, and for a loopback address one for its name (TW-23).</summary>
    private HttpHandler[] MakeHandlers(NngUrl url)
    {
        HttpHandler own = MakeHandler(url, url.HostName);
        return IPAddress.TryParse(url.HostName, out IPAddress? address) && IPAddress.IsLoopback(address)
            ? [own, MakeHandler(url, "localhost")] : [own];
    }

    private HttpHandler MakeHandler(NngUrl url, string host) => new(PathOf(url), UpgradeAsync)
    {
        Host = host,
        CollectBody = false,
        MaxBodySize = 0,
    };

    /// <summary>The path as requests are compared with it: decoded, and never empty (WS-8).</summary>
    private static string PathOf(NngUrl url)
    {
        string path = Uri.UnescapeDataString(url.Path);
        return path.Length == 0 ? "/" : path;
    }

    private void RemoveHandlers(int count)
    {
        for (int i = 0; i < count; i++)
            _server.RemoveHandler(_handlers[i]);
    }

    /// <summary>Answers a request for the path.</summary>
    private async ValueTask UpgradeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        int status = WebSocketHandshake.Judge(request, Options, out string? protocol);
        if (status == HttpStatus.SwitchingProtocols && !HasRoom())
            status = HttpStatus.ServiceUnavailable;
        if (status != HttpStatus.SwitchingProtocols)
        {
            context.SetError(status);
            if (status == HttpStatus.BadRequest)
                context.Response.Headers.Set(WebSocketHandshake.VersionHeader, WebSocketHandshake.Version);
            return;
        }

        string? extensions = null;
        WebSocketDeflateTerms? deflate = Options.Deflates
            ? WebSocketExtensions.Choose(request.Headers[WebSocketHandshake.ExtensionsHeader], out extensions) : null;
        HttpResponse response = WebSocketHandshake.MakeResponse(request, Options, protocol, extensions);
        var facts = new WebSocketFacts(
            request.Uri,
            WebSocketFacts.LinesOf(request.Headers),
            WebSocketFacts.LinesOf(response.Headers),
            protocol);
        HttpConnection connection = context.Hijack();
        try
        {
            connection.WriteTimeout = TimeSpan.FromMilliseconds(WriteMs);
            await connection.WriteResponseAsync(response).ConfigureAwait(false);
        }
        catch (NngException)
        {
            connection.Close();
            return;
        }

        NngStream stream = connection.Detach(out byte[] received);
        Hand(WebSocketStream.Create(stream, Options.Settings(deflate), facts, received));
    }

    private bool HasRoom()
    {
        lock (_lock)
            return !_shut && _upgraded.Count < MaxWaiting;
    }

    private void Hand(NngStream stream)
    {
        bool announce;
        bool shut;
        lock (_lock)
        {
            shut = _shut;
            announce = _awaited;
            _awaited = false;
            if (!shut)
                _upgraded.Enqueue(stream);
        }

        if (shut)
            TurnAway(stream);
        else if (announce)
            OnReadable();
    }
}
