using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Streams;

namespace Nng.WebSockets;

/// <summary>
/// A WebSocket connection that carries messages of the application's own, text or binary: connected by
/// <see cref="ConnectAsync(string, NngWebSocketOptions?, CancellationToken)"/>, or accepted by a
/// <see cref="NngWebSocketListener"/>. RFC 6455.
/// </summary>
/// <remarks>
/// <para>
/// Pings are answered, and closes noticed, without a receive, until 64 KiB of messages wait to be received; then reading
/// stops, and the peer's sends wait.
/// </para>
/// <para>
/// When the connection has ended, what came before can still be received, unless the end was a close from here. Then all
/// operations fail with the same error: <see cref="NngError.ConnectionShutdown"/> (the peer has closed, with a
/// <see cref="CloseCode"/>, or vanished, without), <see cref="NngError.ConnectionReset"/>,
/// <see cref="NngError.TimedOut"/> (a ping was not answered), <see cref="NngError.MessageTooLarge"/> (of the peer's
/// message), <see cref="NngError.Protocol"/> (the peer broke a rule), <see cref="NngError.Closed"/> (closed from here).
/// </para>
/// <para>
/// Threading: every member is safe from any thread; messages go out in the order of the sends, and receives are served in
/// the order of their calls.
/// </para>
/// </remarks>
public sealed class NngWebSocket : IDisposable, IAsyncDisposable
{
    private readonly NngStream _stream;
    private readonly WebSocketLink _link;
    private readonly WebSocketFacts _facts;
    private readonly WebSocketMessages _messages;

    /// <param name="stream">The upgrade done; owned.</param>
    internal NngWebSocket(NngStream stream)
    {
        _stream = stream;
        _link = WebSocketStream.LinkOf(stream);
        _facts = WebSocketStream.FactsOf(stream);
        _messages = new WebSocketMessages(_link, $"the WebSocket at {stream.RemoteAddress}");
        _messages.Start();
    }

    /// <summary>The local end.</summary>
    public NngAddress LocalAddress => _stream.LocalAddress;

    /// <summary>The peer's end.</summary>
    public NngAddress RemoteAddress => _stream.RemoteAddress;

    /// <summary>Who the peer is by TLS; null without TLS.</summary>
    public TlsPeer? TlsPeer => _stream.TlsPeer;

    /// <summary>The subprotocol that was agreed on; null for none.</summary>
    public string? Subprotocol => _facts.Protocol;

    /// <summary>The target of the request: path and query.</summary>
    public string RequestUri => _facts.RequestUri;

    /// <summary>Both sides compress.</summary>
    public bool IsCompressed => _link.Settings.Deflate is not null;

    /// <summary>Neither side has closed, and the connection has not failed.</summary>
    public bool IsOpen => _messages.IsOpen;

    /// <summary>
    /// The code of the peer's close frame, 1005 where it has none; null as long as none has come, and for a peer that
    /// vanished. RFC 6455 section 7.4.
    /// </summary>
    public int? CloseCode => _link.PeerCode is var code and >= 0 ? code : null;

    /// <summary>The reason in the peer's close frame; null as long as none has come, empty where it has none.</summary>
    public string? CloseReason => _link.PeerCode >= 0 ? _link.PeerReason : null;

    /// <summary>As for <see cref="ConnectAsync(NngUrl, NngWebSocketOptions?, CancellationToken)"/>.</summary>
    /// <param name="url">For example <c>ws://server.example/path?query</c> or <c>wss://server.example:8443</c>.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The connection, which belongs to the caller.</returns>
    /// <exception cref="NngException">As for the URL; <see cref="NngError.InvalidArgument"/>: not a URL.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static ValueTask<NngWebSocket> ConnectAsync(
        string url, NngWebSocketOptions? options = null, CancellationToken cancellationToken = default) =>
        ConnectAsync(NngUrl.Parse(url), options, cancellationToken);

    /// <summary>Connects: TCP, TLS for <c>wss</c>, and the upgrade. All addresses of a host name are tried in order.</summary>
    /// <param name="url">Of the scheme ws, ws4, ws6, wss, wss4 or wss6.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The connection, which belongs to the caller.</returns>
    /// <exception cref="NngException">
    /// <see cref="NngError.NotSupported"/>: another scheme, or a TLS configuration for <c>ws</c>;
    /// <see cref="NngError.AddressInvalid"/>: no host, or an unknown one; <see cref="NngError.InvalidArgument"/>: a header
    /// that cannot be sent; <see cref="NngError.PermissionDenied"/>: the server answers 401 or 403;
    /// <see cref="NngError.ConnectionRefused"/>: it answers 404, 405 or 501, or nobody is there;
    /// <see cref="NngError.Protocol"/>: any other answer; <see cref="NngError.TimedOut"/>: none within two seconds;
    /// <see cref="NngError.PeerAuthentication"/>: TLS; <see cref="NngError.ConnectionShutdown"/>,
    /// <see cref="NngError.Unreachable"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static async ValueTask<NngWebSocket> ConnectAsync(
        NngUrl url, NngWebSocketOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        options ??= NngWebSocketOptions.Default;
        WebSocketDialer? dialer = null;
        NngError error = WebSocketDialer.Serves(url.Scheme)
            ? WebSocketDialer.Create(url, isMessageMode: true, out dialer) : NngError.NotSupported;
        if (error == NngError.None)
            error = dialer!.Options.Apply(options);
        if (error == NngError.None && options.TlsConfig is { } tls)
            error = dialer!.SetOption(OptionNames.TlsConfig, OptionValue.Object(tls));
        if (error != NngError.None)
            throw new NngException(error, $"Cannot make a WebSocket for '{url}': {error.Text()}.");
        try
        {
            return new NngWebSocket(await StreamRequest.RunAsync(
                dialer!.Dial, failure => $"Cannot connect to '{url}': {failure.Text()}.", cancellationToken)
                .ConfigureAwait(false));
        }
        finally
        {
            dialer!.Close();
        }
    }

    /// <summary>Sends a binary message.</summary>
    /// <param name="message">Copied before the call returns.</param>
    /// <param name="cancellationToken">Ends the wait for room; then nothing is sent.</param>
    /// <returns>Completes when the connection has taken the message; it goes out before any close from here.</returns>
    /// <exception cref="NngException">The connection has ended: see the type's remarks.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
        _messages.SendAsync(Message.Rent(message.Span), isOwn: true, cancellationToken);

    /// <summary>Sends a binary message without a copy.</summary>
    /// <param name="message">Taken when the send succeeds; else still the caller's.</param>
    /// <param name="cancellationToken">As for bytes.</param>
    /// <returns>As for bytes.</returns>
    /// <exception cref="NngException">The connection has ended: see the type's remarks.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask SendAsync(Message message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        message.Live();
        return _messages.SendAsync(message, isOwn: false, cancellationToken);
    }

    /// <summary>Sends a text message.</summary>
    /// <param name="text">Sent as UTF-8; half a surrogate pair as U+FFFD.</param>
    /// <param name="cancellationToken">As for bytes.</param>
    /// <returns>As for bytes.</returns>
    /// <exception cref="NngException">The connection has ended: see the type's remarks.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask SendAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        Message message = Message.Rent(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, message.GetWritableBody());
        message.IsText = true;
        return _messages.SendAsync(message, isOwn: true, cancellationToken);
    }

    /// <summary>Sends a text message that is UTF-8 already.</summary>
    /// <param name="utf8">Copied before the call returns.</param>
    /// <param name="cancellationToken">As for bytes.</param>
    /// <returns>As for bytes.</returns>
    /// <exception cref="ArgumentException">Not UTF-8, where that is validated.</exception>
    /// <exception cref="NngException">The connection has ended: see the type's remarks.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask SendTextAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken = default)
    {
        if (_link.Settings.ChecksText && !System.Text.Unicode.Utf8.IsValid(utf8.Span))
            throw new ArgumentException("The text is not UTF-8.", nameof(utf8));
        Message message = Message.Rent(utf8.Span);
        message.IsText = true;
        return _messages.SendAsync(message, isOwn: true, cancellationToken);
    }

    /// <summary>Receives a message, in memory of the pool.</summary>
    /// <param name="cancellationToken">Ends the wait; no message is lost.</param>
    /// <returns>The message; dispose it.</returns>
    /// <exception cref="NngException">The connection has ended: see the type's remarks.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<NngWebSocketMessage> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        Message message = await _messages.ReceiveAsync(cancellationToken).ConfigureAwait(false);
        bool isText = message.IsText;
        message.IsText = false;
        return new NngWebSocketMessage(message, isText);
    }

    /// <summary>Receives a message into the caller's memory.</summary>
    /// <param name="buffer">Gets the whole message.</param>
    /// <param name="cancellationToken">Ends the wait; no message is lost.</param>
    /// <returns>How many bytes, and of which kind.</returns>
    /// <exception cref="NngException">
    /// <see cref="NngError.MessageTooLarge"/> while <see cref="IsOpen"/>: it does not fit, and is kept for the next
    /// receive; else the connection has ended: see the type's remarks.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<NngWebSocketResult> ReceiveAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Message message = await _messages.ReceiveAsync(cancellationToken).ConfigureAwait(false);
        int length = message.Length;
        if (length > buffer.Length)
        {
            _messages.PutBack(message);
            throw new NngException(
                NngError.MessageTooLarge,
                $"A message of {length} bytes does not fit into {buffer.Length}; the next receive may have it.");
        }

        message.Body.CopyTo(buffer.Span);
        var result = new NngWebSocketResult(length, message.IsText);
        message.Dispose();
        return result;
    }

    /// <summary>Receives until the connection is closed, by whichever side; other ends throw.</summary>
    /// <param name="cancellationToken">Ends the sequence with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The messages; dispose each.</returns>
    public async IAsyncEnumerable<NngWebSocketMessage> ReceiveAllAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            NngWebSocketMessage message;
            try
            {
                message = await ReceiveAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (NngException end) when (end.Error == NngError.Closed
                || (end.Error == NngError.ConnectionShutdown && CloseCode is not null))
            {
                yield break;
            }

            yield return message;
        }
    }

    /// <summary>
    /// Closes: what was sent before goes out, then a close frame; what comes from the peer before its own close frame is
    /// dropped. Pending operations end with <see cref="NngError.Closed"/>. The first close counts.
    /// </summary>
    /// <param name="code">
    /// What the peer is told: 1000 (done), 1001 (going away), 1003 and 1007 to 1014 as RFC 6455 section 7.4.1 and its
    /// registry have them, 1002, or an application's own from 3000 to 4999.
    /// </param>
    /// <param name="reason">At most 123 bytes of UTF-8; may be empty.</param>
    /// <param name="cancellationToken">Stops waiting; the connection is closed all the same.</param>
    /// <returns>
    /// Completes when the peer has closed too, which <see cref="CloseCode"/> tells, or when
    /// <see cref="NngWebSocketOptions.CloseTimeout"/> has passed. Does not fail.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A code that must not be sent.</exception>
    /// <exception cref="ArgumentException">The reason is too long.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask CloseAsync(
        int code = WebSocketClose.Normal, string reason = "", CancellationToken cancellationToken = default)
    {
        if (!WebSocketClose.MayBeSent(code))
            throw new ArgumentOutOfRangeException(nameof(code), code, "A close code is 1000 to 1003, 1007 to 1014, or 3000 to 4999.");
        ArgumentNullException.ThrowIfNull(reason);
        byte[] bytes = Encoding.UTF8.GetBytes(reason);
        if (bytes.Length > WebSocketClose.MaxReason)
            throw new ArgumentException($"A reason has at most {WebSocketClose.MaxReason} bytes, not {bytes.Length}.", nameof(reason));
        _messages.Close(code, bytes);
        return new ValueTask(_messages.Finished.WaitAsync(cancellationToken));
    }

    /// <summary>The value of a header of the request, those of repeated lines joined; null for none.</summary>
    /// <param name="name">Compared without case.</param>
    public string? GetRequestHeader(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return WebSocketFacts.Find(_facts.RequestHeaders, name);
    }

    /// <summary>The value of a header of the response, those of repeated lines joined; null for none.</summary>
    /// <param name="name">Compared without case.</param>
    public string? GetResponseHeader(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return WebSocketFacts.Find(_facts.ResponseHeaders, name);
    }

    /// <summary>As <see cref="CloseAsync"/> with 1000, without waiting.</summary>
    public void Dispose() => _messages.Close(WebSocketClose.Normal, default);

    /// <summary>As <see cref="CloseAsync"/> with 1000.</summary>
    public ValueTask DisposeAsync() => CloseAsync();

    /// <summary>The ends, and whether it is open.</summary>
    public override string ToString() => $"{LocalAddress} to {RemoteAddress}{(IsOpen ? string.Empty : ", closed")}";
}
