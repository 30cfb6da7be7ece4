using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.Streams;

namespace Nng.WebSockets;

/// <summary>
/// Accepts WebSocket connections for one path of an address. Listeners, SP listeners and the handlers of an
/// <see cref="Nng.Http.HttpServer"/> at the same address share its server.
/// </summary>
/// <remarks>Connections live on when the listener is closed. Threading: every member is safe from any thread.</remarks>
public sealed class NngWebSocketListener : IDisposable
{
    private readonly WebSocketListener _inner;
    private readonly NngUrl _url;

    /// <summary>As for the URL.</summary>
    /// <param name="url">
    /// For example <c>ws://127.0.0.1:0/chat</c> (the system chooses the port), <c>wss://*:8443/chat</c>.
    /// </param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="NngException">As for the URL; <see cref="NngError.InvalidArgument"/>: not a URL.</exception>
    public NngWebSocketListener(string url, NngWebSocketOptions? options = null)
        : this(NngUrl.Parse(url), options)
    {
    }

    /// <summary>Creates a listener, which is not bound yet; a host name is resolved now.</summary>
    /// <param name="url">
    /// Of the scheme ws, ws4, ws6, wss, wss4 or wss6. With a host other than <c>*</c> requests for that host are answered
    /// only, and for a loopback address those for <c>localhost</c> as well.
    /// </param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="NngException">
    /// <see cref="NngError.NotSupported"/>: another scheme, or a TLS configuration for <c>ws</c>;
    /// <see cref="NngError.AddressInvalid"/>: an unknown host; <see cref="NngError.InvalidArgument"/>: a header that
    /// cannot be sent; <see cref="NngError.Busy"/>: a TLS configuration for a server that runs with another.
    /// </exception>
    public NngWebSocketListener(NngUrl url, NngWebSocketOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        options ??= NngWebSocketOptions.Default;
        WebSocketListener? inner = null;
        NngError error = WebSocketDialer.Serves(url.Scheme)
            ? WebSocketListener.Create(url, isMessageMode: true, out inner) : NngError.NotSupported;
        if (error == NngError.None)
            error = inner!.Options.Apply(options);
        if (error == NngError.None && options.TlsConfig is { } tls)
            error = inner!.SetTlsConfig(tls);
        if (error != NngError.None)
        {
            inner?.Close();
            throw new NngException(error, $"Cannot make a WebSocket listener for '{url}': {error.Text()}.");
        }

        _inner = inner!;
        _url = url;
    }

    /// <summary>The address; after <see cref="Listen"/> with the real port, so that a literal host can be connected to.</summary>
    public string Url => _inner.LocalAddress.Port is var port and > 0 ? _url.Format(port) : _url.Raw;

    /// <summary>Where it listens; <see cref="NngAddress.Unspecified"/> before <see cref="Listen"/>.</summary>
    public NngAddress LocalAddress => _inner.LocalAddress;

    /// <summary>Serves the path from now on; may be tried again after a failure.</summary>
    /// <exception cref="NngException">
    /// <see cref="NngError.AddressInUse"/> (the port, or the path on it), <see cref="NngError.AddressInvalid"/>,
    /// <see cref="NngError.PermissionDenied"/>, <see cref="NngError.IncorrectState"/> (it listens already),
    /// <see cref="NngError.Closed"/>.
    /// </exception>
    public void Listen()
    {
        NngError error = _inner.Listen();
        if (error != NngError.None)
            throw new NngException(error, $"Cannot listen on '{_url}': {error.Text()}.");
    }

    /// <summary>Waits for a connection whose upgrade is done. First come, first served; 1024 may wait, more get 503.</summary>
    /// <param name="cancellationToken">Gives up; no connection is lost.</param>
    /// <returns>The connection, which belongs to the caller.</returns>
    /// <exception cref="NngException">
    /// <see cref="NngError.IncorrectState"/>: it does not listen; <see cref="NngError.Closed"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async ValueTask<NngWebSocket> AcceptAsync(CancellationToken cancellationToken = default) =>
        new(await StreamRequest.RunAsync(
            _inner.Accept, error => $"Cannot accept on '{_url}': {error.Text()}.", cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// Frees the path, ends pending accepts with <see cref="NngError.Closed"/>, and closes connections that nobody has
    /// accepted with code 1001. Idempotent.
    /// </summary>
    public void Close() => _inner.Close();

    /// <summary>As <see cref="Close"/>.</summary>
    public void Dispose() => Close();
}
