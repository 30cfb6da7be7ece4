using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Streams;

namespace Nng.Http;

/// <summary>
/// A client of one origin: makes connections, exchanges messages, and keeps connections for further exchanges. C type:
/// <c>nng_http_client</c>.
/// </summary>
/// <remarks>
/// <para>
/// Nothing is followed, stored or added on its own: no redirects, cookies or authentication; the only header that is
/// filled in is a missing <c>Host</c>. Requests are not changed.
/// </para>
/// <para>Threading: every member is safe from any thread; requests and responses are not shared meanwhile.</para>
/// </remarks>
public sealed class NngHttpClient : IDisposable
{
    private static readonly byte[] s_close = "Connection: close\r\n"u8.ToArray();

    private readonly HttpOrigin _origin;
    private readonly HttpOrigin? _proxy;
    private readonly NngHttpClientOptions _options;
    private readonly HttpConnectionPool _pool;
    private readonly byte[] _host;

    /// <summary>Cancelled by the end of the client, for connects under way.</summary>
    private readonly CancellationTokenSource _end = new();

    private volatile bool _closed;

    /// <summary>Creates a client; nothing is resolved or connected. C function: <c>nng_http_client_alloc</c>.</summary>
    /// <param name="url">As for the URL.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="NngException">As for the URL; <see cref="NngError.InvalidArgument"/>: not a URL.</exception>
    public NngHttpClient(string url, NngHttpClientOptions? options = null)
        : this(NngUrl.Parse(url), options)
    {
    }

    /// <summary>Creates a client; nothing is resolved or connected. C function: <c>nng_http_client_alloc</c>.</summary>
    /// <param name="url">
    /// <c>http</c> and <c>https</c> (also with 4 or 6, and as <c>ws</c> and <c>wss</c>), or a Unix socket:
    /// <c>http+unix://%2Frun%2Fa.sock/</c>, <c>ipc:///run/a.sock</c>, <c>abstract://name</c>. Path and query are not
    /// used: each request has its own target.
    /// </param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="NngException">
    /// <see cref="NngError.AddressInvalid"/>: an unknown scheme, no host, or a proxy that is neither.
    /// </exception>
    public NngHttpClient(NngUrl url, NngHttpClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        Url = url;
        _options = options ?? new NngHttpClientOptions();
        _origin = OriginOf(url);
        _proxy = _options.Proxy is null ? null : OriginOf(_options.Proxy);
        if (_proxy is not null && _origin.Authority.Length == 0)
            Throw.Error(NngError.AddressInvalid, $"A proxy cannot reach the Unix socket '{url}'.");
        _host = Encoding.Latin1.GetBytes($"Host: {_origin.Host}\r\n");
        _pool = new HttpConnectionPool(ConnectForPoolAsync, _options.MaxConnections, _options.IdleTimeoutMs);
    }

    /// <summary>The origin, as given.</summary>
    public NngUrl Url { get; }

    /// <summary>
    /// What TLS connections are made with from now on; a client's configuration that verifies the server, by the host
    /// of the URL as its name, unless set. C functions: <c>nng_http_client_get_tls</c>, <c>nng_http_client_set_tls</c>.
    /// </summary>
    /// <exception cref="NngException">
    /// Reading: <see cref="NngError.InvalidArgument"/> when the origin is not <c>https</c>; writing:
    /// <see cref="NngError.NotSupported"/> then, or <see cref="NngError.InvalidArgument"/> for a server's configuration.
    /// </exception>
    public TlsConfig TlsConfig
    {
        get
        {
            if (!_origin.IsSecure)
                Throw.Error(NngError.InvalidArgument, $"'{Url}' is not reached by TLS, so there is no configuration.");
            _origin.Dialer.GetOption(OptionNames.TlsConfig, out OptionValue value);
            return (TlsConfig)value.Reference!;
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (!_origin.IsSecure)
                Throw.Error(NngError.NotSupported, $"'{Url}' is not reached by TLS.");
            NngError error = _origin.Dialer.SetOption(OptionNames.TlsConfig, OptionValue.Object(value));
            if (error != NngError.None)
                Throw.Error(error, $"The configuration is one for a {value.Mode}, not for a client.");
        }
    }

    /// <summary>
    /// Submits a connect, TLS handshake included; output 0 of the aio is the <see cref="HttpConnection"/>, which belongs
    /// to the caller. Connects do not wait for each other. C function: <c>nng_http_client_connect</c>.
    /// </summary>
    /// <param name="aio">
    /// Idle. Results: <see cref="NngError.ConnectionRefused"/>, <see cref="NngError.AddressInvalid"/> (unknown host),
    /// <see cref="NngError.Unreachable"/>, <see cref="NngError.TimedOut"/>, <see cref="NngError.Canceled"/>,
    /// <see cref="NngError.Closed"/>, <see cref="NngError.PeerAuthentication"/> and other errors of TLS.
    /// </param>
    public void Connect(Aio aio) =>
        AioTask.Run(aio, async token => await ConnectAsync(token).ConfigureAwait(false));

    /// <summary>Connects, TLS handshake included.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The connection, which belongs to the caller and is not counted in the pool.</returns>
    /// <exception cref="NngException">Why it failed, as for <see cref="Connect"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask<HttpConnection> ConnectAsync(CancellationToken cancellationToken = default) =>
        MakeConnectionAsync(Aio.Infinite, cancellationToken);

    /// <summary>
    /// Submits a whole exchange on a connection of its own, which is closed afterwards: the request is sent with
    /// <c>Connection: close</c> and stays as it is. C function: <c>nng_http_client_transact</c>.
    /// </summary>
    /// <param name="request">With a target.</param>
    /// <param name="response">Is reset.</param>
    /// <param name="aio">Idle; its deadline spans it all. Results as for <see cref="Connect"/> and
    /// <see cref="HttpConnection.Transact"/>.</param>
    public void Transact(HttpRequest request, HttpResponse response, Aio aio)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(response);
        AioTask.Run(aio, async token =>
        {
            await TransactAsync(request, response, token).ConfigureAwait(false);
            return null;
        });
    }

    /// <summary>Exchanges on a connection of its own. The awaitable <see cref="Transact"/>.</summary>
    /// <param name="request">With a target.</param>
    /// <param name="response">Is reset.</param>
    /// <param name="cancellationToken">Ends the exchange.</param>
    /// <exception cref="NngException">Why it failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async ValueTask TransactAsync(
        HttpRequest request, HttpResponse response, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(response);
        using HttpConnection connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        byte[] close = request.Headers.Contains("Connection") ? [] : s_close;
        await connection.TransactWithAsync([.. Missing(request), .. close], request, response, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Exchanges on a pooled connection and collects the response's body. A request of an idempotent method is sent once
    /// more when a kept connection turns out to have been closed by the server (RFC 9112 section 9.3.1).
    /// </summary>
    /// <param name="request">With a target.</param>
    /// <param name="cancellationToken">Ends the exchange and its connection.</param>
    /// <returns>The response, of any status.</returns>
    /// <exception cref="NngException">Why it failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async ValueTask<HttpResponse> SendAsync(HttpRequest request, CancellationToken cancellationToken = default)
    {
        var response = new HttpResponse();
        await SendAsync(request, response, cancellationToken).ConfigureAwait(false);
        return response;
    }

    /// <summary>The same into a response that is used again.</summary>
    /// <param name="request">With a target.</param>
    /// <param name="response">Is reset.</param>
    /// <param name="cancellationToken">Ends the exchange and its connection.</param>
    /// <exception cref="NngException">Why it failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async ValueTask SendAsync(
        HttpRequest request, HttpResponse response, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(response);
        byte[] extra = Missing(request);
        for (bool fresh = false; ; fresh = true)
        {
            (HttpConnection connection, bool isUsed) =
                await _pool.RentAsync(fresh, cancellationToken).ConfigureAwait(false);
            bool reusable = false;
            try
            {
                await connection.TransactWithAsync(extra, request, response, cancellationToken).ConfigureAwait(false);
                MessageFraming.OfResponse(
                    response.Headers.Table, response.MinorVersion, response.Status, request.Method, out BodyFraming framing);
                reusable = ClientTurn.KeepsAlive(request, response, framing);
                return;
            }
            catch (NngException failure) when (isUsed && MayRepeat(request, failure.Error))
            {
                // The server closed the connection while it was idle.
            }
            finally
            {
                _pool.Return(connection, reusable);
            }
        }
    }

    /// <summary>
    /// Sends a request on a pooled connection and returns when the response's head has come; bodies go both ways as
    /// streams. With <c>Expect: 100-continue</c> the body waits for the server's leave.
    /// </summary>
    /// <param name="request">With a target.</param>
    /// <param name="content">
    /// The request's body, read until it ends or as far as the request's <c>Content-Length</c> says; without that it is
    /// sent in chunks. Null for the body attached to the request. Not disposed; it may still be read after the call.
    /// </param>
    /// <param name="cancellationToken">Ends the exchange and its connection, until the call has returned.</param>
    /// <returns>The exchange, to be disposed.</returns>
    /// <exception cref="NngException">Why it failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async ValueTask<HttpExchange> OpenAsync(
        HttpRequest request, Stream? content = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        byte[] extra = Missing(request);
        for (bool fresh = false; ; fresh = true)
        {
            (HttpConnection connection, bool isUsed) =
                await _pool.RentAsync(fresh, cancellationToken).ConfigureAwait(false);
            try
            {
                return await ClientTurn.RunAsync(
                    connection, _pool, request, extra, content, _options.ContinueTimeoutMs, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (NngException failure) when (isUsed && content is null && MayRepeat(request, failure.Error))
            {
                _pool.Return(connection, reusable: false);
            }
            catch
            {
                _pool.Return(connection, reusable: false);
                throw;
            }
        }
    }

    /// <summary>
    /// Ends connects under way with <see cref="NngError.Closed"/> and closes the pool's idle connections; exchanges under
    /// way, and connections made for the caller, go on. C function: <c>nng_http_client_free</c>.
    /// </summary>
    public void Dispose()
    {
        _closed = true;
        _origin.Dialer.Close();
        _proxy?.Dialer.Close();
        _end.Cancel();
        _pool.Dispose();
    }

    private static HttpOrigin OriginOf(NngUrl url)
    {
        NngError error = HttpOrigin.Create(url, out HttpOrigin? origin);
        if (error != NngError.None)
            Throw.Error(error, $"Cannot make an HTTP client for '{url}': it takes http, https or a Unix socket.");
        return origin!;
    }

    /// <summary>The headers that a request must have and has not.</summary>
    private byte[] Missing(HttpRequest request) => request.Headers.Contains("Host") ? [] : _host;

    /// <summary>A request that does no harm twice, and a failure that says nothing about it.</summary>
    private bool MayRepeat(HttpRequest request, NngError error) =>
        !_closed
        && error is NngError.ConnectionReset or NngError.ConnectionShutdown or NngError.Closed
        && request.Method is HttpMethods.Get or HttpMethods.Head or HttpMethods.Put or HttpMethods.Delete
            or HttpMethods.Options or HttpMethods.Trace;

    private async ValueTask<HttpConnection> ConnectForPoolAsync(CancellationToken token)
    {
        HttpConnection connection = await MakeConnectionAsync(_options.ConnectTimeoutMs, token).ConfigureAwait(false);
        connection.ReadTimeout = _options.ResponseTimeout;
        connection.WriteTimeout = _options.ResponseTimeout;
        return connection;
    }

    /// <summary>Connects within a time that spans dial, proxy and TLS, and within the client's life.</summary>
    private async ValueTask<HttpConnection> MakeConnectionAsync(int timeoutMs, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(timeoutMs);
        // Elsewhere: what awaits one connect runs neither within the client's end nor before the others have ended.
        using CancellationTokenRegistration end = _end.Token.UnsafeRegister(
            static limit => _ = ((CancellationTokenSource)limit!).CancelAsync(), limit);
        try
        {
            return await MakeConnectionAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            token.ThrowIfCancellationRequested();
            NngError error = _closed ? NngError.Closed : NngError.TimedOut;
            throw new NngException(error, CannotConnect(_origin, error));
        }
    }

    private async ValueTask<HttpConnection> MakeConnectionAsync(CancellationToken token)
    {
        NngStream stream = await DialAsync(_proxy ?? _origin, token).ConfigureAwait(false);
        try
        {
            if (_proxy is not null)
                stream = await OpenTunnelAsync(stream, token).ConfigureAwait(false);
            await stream.EstablishAsync(token).ConfigureAwait(false);
            return new HttpConnection(stream, _options.Limits);
        }
        catch
        {
            stream.Close();
            throw;
        }
    }

    private ValueTask<NngStream> DialAsync(HttpOrigin origin, CancellationToken token) =>
        StreamRequest.RunAsync(origin.Dialer.Dial, error => CannotConnect(origin, error), token);

    private string CannotConnect(HttpOrigin origin, NngError error) =>
        $"Cannot connect to '{(ReferenceEquals(origin, _origin) ? Url : _options.Proxy)}': {error.Text()}.";

    /// <summary>Asks the proxy for the origin (RFC 9110 section 9.3.6); what follows goes to the origin.</summary>
    private async ValueTask<NngStream> OpenTunnelAsync(NngStream stream, CancellationToken token)
    {
        await stream.EstablishAsync(token).ConfigureAwait(false);
        var connection = new HttpConnection(stream, _options.Limits);
        var request = new HttpRequest { Method = HttpMethods.Connect, Uri = _origin.Authority };
        request.Headers.Set("Host", _origin.Authority);
        var response = new HttpResponse();
        await connection.TransactAsync(request, response, token).ConfigureAwait(false);
        if (response.Status is < 200 or >= 300)
            Refuse($"answered {response.Status} {response.Reason}");
        NngStream tunnel = connection.Detach(out byte[] buffered);
        if (buffered.Length > 0)
            Refuse("sent bytes of its own behind its answer");
        return _origin.Dialer.CreateStream(tunnel.Channel);

        void Refuse(string what) => Throw.Error(
            NngError.ConnectionRefused, $"The proxy '{_options.Proxy}' {what} when asked for {_origin.Authority}.");
    }
}
