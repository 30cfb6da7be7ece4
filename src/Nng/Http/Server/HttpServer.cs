using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Nng.Streams;

namespace Nng.Http;

/// <summary>
/// A hold on the server of one address: HTTP/1.1 over TCP, TLS or Unix sockets. Holds of the same address share handlers,
/// pages, options and connections. C type: <c>nng_http_server</c>.
/// </summary>
/// <remarks>
/// <para>
/// The server listens from the first <see cref="Start"/> until as many <see cref="Stop"/> as starts, or until the last
/// hold is disposed. A server that has stopped stays so; a hold made afterwards is on a new one.
/// </para>
/// <para>Threading: every member is safe from any thread.</para>
/// </remarks>
public sealed class HttpServer : IDisposable, IAsyncDisposable
{
    private readonly SharedServer _server;
    private int _released;

    private HttpServer(SharedServer server, NngUrl url)
    {
        _server = server;
        GivenUrl = url;
    }

    /// <summary>The address as it was held, with the real port once it listens.</summary>
    public string Url => Port is var port and > 0 ? GivenUrl.Format(port) : GivenUrl.Raw;

    /// <summary>
    /// Where it listens; <see cref="NngAddress.Unspecified"/> before <see cref="Start"/>. C function:
    /// <c>nng_http_server_get_addr</c>.
    /// </summary>
    public NngAddress LocalAddress => _server.LocalAddress;

    /// <summary>The TCP port it listens on; 0 before <see cref="Start"/> and for Unix sockets.</summary>
    public int Port => _server.LocalAddress.Port;

    /// <summary>Connections that are open, except those that handlers took over.</summary>
    public int ConnectionCount => _server.ConnectionCount;

    /// <summary>Limits and times, for all holds.</summary>
    /// <exception cref="NngException"><see cref="NngError.Busy"/>: it was started.</exception>
    public HttpServerOptions Options
    {
        get => _server.Options;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Check(_server.SetOptions(value), "change the options of");
        }
    }

    /// <summary>
    /// The TLS configuration of an <c>https</c> server, of the mode <see cref="TlsMode.Server"/>: at least a
    /// certificate. C functions: <c>nng_http_server_set_tls</c>, <c>nng_http_server_get_tls</c>.
    /// </summary>
    /// <exception cref="NngException">
    /// <see cref="NngError.NotSupported"/>: the server has no TLS; <see cref="NngError.Busy"/>: it was started;
    /// <see cref="NngError.InvalidArgument"/>: a client's configuration.
    /// </exception>
    public TlsConfig TlsConfig
    {
        get
        {
            Check(_server.GetTlsConfig(out TlsConfig? config), "read the TLS configuration of");
            return config!;
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Check(_server.SetTlsConfig(value), "set the TLS configuration of");
        }
    }

    internal SharedServer Shared => _server;

    private NngUrl GivenUrl { get; }

    /// <summary>As <see cref="Hold(NngUrl)"/>.</summary>
    /// <param name="url">
    /// For example <c>http://127.0.0.1:8080</c>; <c>https://[::]:8443</c>; <c>http://*:0</c> (all interfaces, the system chooses the port);
    /// <c>http+unix://%2Frun%2Fa.sock</c>, <c>http+unix:///run/a.sock</c>.
    /// </param>
    /// <exception cref="NngException">As for the URL.</exception>
    public static HttpServer Hold(string url) => Hold(NngUrl.Parse(url));

    /// <summary>
    /// Holds the server of an address, which is made if there is none; it does not listen yet. The path of the URL
    /// does not matter. C function: <c>nng_http_server_hold</c>.
    /// </summary>
    /// <param name="url">As for the text.</param>
    /// <exception cref="NngException">
    /// <see cref="NngError.AddressInvalid"/>: another scheme, a bad port, or a host that cannot be resolved.
    /// </exception>
    public static HttpServer Hold(NngUrl url)
    {
        ArgumentNullException.ThrowIfNull(url);
        NngError error = ServerRegistry.Hold(url, out SharedServer? server);
        return error == NngError.None
            ? new HttpServer(server!, url)
            : throw new NngException(error, $"There can be no HTTP server at '{url}': {error.Text()}.");
    }

    /// <summary>Listens, if no other start has; may be tried again after a failure. C: <c>nng_http_server_start</c>.</summary>
    /// <exception cref="NngException">
    /// <see cref="NngError.AddressInUse"/>, <see cref="NngError.AddressInvalid"/>,
    /// <see cref="NngError.PermissionDenied"/>, <see cref="NngError.Closed"/> (it has stopped).
    /// </exception>
    public void Start() => Check(_server.Start(), "start");

    /// <summary>
    /// Takes one start back; after the last, stops listening and ends all connections at once, with
    /// <see cref="HttpContext.RequestAborted"/> cancelled. Does not wait. C function: <c>nng_http_server_stop</c>.
    /// </summary>
    public void Stop()
    {
        if (_server.TakeBackStart())
            _server.Stop();
    }

    /// <summary>
    /// Takes one start back; after the last, stops listening, ends idle connections, lets requests that have begun
    /// end, and ends the rest after a while. When the task is done no handler runs any more.
    /// </summary>
    /// <param name="drain">How long requests may take; infinite is allowed.</param>
    /// <param name="cancellationToken">Stops waiting; the server stops all the same.</param>
    public Task StopAsync(TimeSpan drain, CancellationToken cancellationToken = default) =>
        _server.TakeBackStart() ? _server.StopAsync(drain, cancellationToken) : Task.CompletedTask;

    /// <summary>
    /// Adds a handler, also while the server runs: it serves the next request. C function:
    /// <c>nng_http_server_add_handler</c>.
    /// </summary>
    /// <param name="handler">Becomes immutable.</param>
    /// <exception cref="NngException">
    /// <see cref="NngError.AddressInUse"/>: it conflicts with another of the same host and method.
    /// </exception>
    public void AddHandler(HttpHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        NngError error = _server.AddHandler(handler);
        if (error != NngError.None)
            throw new NngException(error, $"The handler {handler} conflicts with another of the server.");
    }

    /// <summary>
    /// Removes a handler, which may be changed then; requests that it has begun go on. C function:
    /// <c>nng_http_server_del_handler</c>.
    /// </summary>
    /// <param name="handler">Any.</param>
    /// <returns>False when the server does not have it (C: <c>NNG_ENOENT</c>).</returns>
    public bool RemoveHandler(HttpHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return _server.RemoveHandler(handler);
    }

    /// <summary>
    /// Sets the page of a status, for errors of the server and for responses made by
    /// <see cref="HttpResponse.CreateError"/>. C function: <c>nng_http_server_set_error_page</c>.
    /// </summary>
    /// <param name="status">100 to 999.</param>
    /// <param name="html">May be empty.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a status.</exception>
    public void SetErrorPage(int status, string html)
    {
        CheckStatus(status);
        ArgumentNullException.ThrowIfNull(html);
        _server.Pages.Set(status, html);
    }

    /// <summary>The same with the bytes of a file, which is read now. C: <c>nng_http_server_set_error_file</c>.</summary>
    /// <param name="status">100 to 999.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a status.</exception>
    /// <exception cref="NngException">
    /// <see cref="NngError.NotFound"/>, <see cref="NngError.PermissionDenied"/>.
    /// </exception>
    public void SetErrorFile(int status, string path)
    {
        CheckStatus(status);
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            _server.Pages.Set(status, File.ReadAllBytes(path));
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new NngException(NngError.PermissionDenied, $"'{path}' cannot be read: {failure.Message}");
        }
        catch (IOException failure)
        {
            throw new NngException(NngError.NotFound, $"'{path}' cannot be read: {failure.Message}");
        }
    }

    /// <summary>
    /// Makes a response's body the page of its status: the server's own, or the built-in one. C function:
    /// <c>nng_http_server_res_error</c>.
    /// </summary>
    /// <param name="response">Its status stays.</param>
    public void ApplyErrorPage(HttpResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        _server.Pages.Apply(response);
    }

    /// <summary>Gives the hold up; the last one stops the server at once. C: <c>nng_http_server_release</c>.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
            _server.Release();
    }

    /// <summary>As <see cref="Dispose"/>.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    /// <summary>The address.</summary>
    public override string ToString() => Url;

    private static void CheckStatus(int status)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, HttpStatus.Minimum);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, HttpStatus.Maximum);
    }

    private void Check(NngError error, string what)
    {
        if (error != NngError.None)
            throw new NngException(error, $"Cannot {what} the HTTP server at '{GivenUrl}': {error.Text()}.");
    }
}
