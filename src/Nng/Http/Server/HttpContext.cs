using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using Nng.Streams;

namespace Nng.Http;

/// <summary>One request in the hands of its handler.</summary>
/// <remarks>
/// <para>
/// A handler either leaves a <see cref="Response"/>, or streams: what it writes to <see cref="ResponseBody"/> is sent
/// behind the head of <see cref="Response"/>, chunked unless <c>Content-Length</c> is set.
/// </para>
/// <para>
/// Threading: belongs to the handler until its task ends; then the connection uses it, and its request and response,
/// for the next request. Only <see cref="RequestAborted"/> and <see cref="Abort"/> may be used from elsewhere.
/// </para>
/// </remarks>
public sealed class HttpContext
{
    private readonly ServerConnection _connection;
    private readonly HttpResponse _ownResponse = new();
    private HttpResponse _response;
    private RequestBodyStream? _requestBody;

    /// <summary>The collected body of the present request, once asked for as a stream.</summary>
    private MemoryStream? _collected;

    private ResponseBodyStream? _responseBody;
    private HttpHandler _handler = null!;

    internal HttpContext(ServerConnection connection, HttpRequest request)
    {
        _connection = connection;
        _response = _ownResponse;
        Request = request;
    }

    /// <summary>The request; its body is there if the handler collects bodies.</summary>
    public HttpRequest Request { get; }

    /// <summary>What is answered: 200 without a body unless changed. Another object may be put here.</summary>
    public HttpResponse Response
    {
        get => _response;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _response = value;
        }
    }

    /// <summary>Who was found for the request.</summary>
    public HttpHandler Handler => _handler;

    /// <summary>The peer.</summary>
    public NngAddress RemoteAddress => _connection.Stream.RemoteAddress;

    /// <summary>The address that the peer connected to.</summary>
    public NngAddress LocalAddress => _connection.Stream.LocalAddress;

    /// <summary>Who the peer is by TLS; null without TLS.</summary>
    public TlsPeer? TlsPeer => _connection.Stream.TlsPeer;

    /// <summary>
    /// Cancelled when the peer goes away before the response is complete, and when the server stops. Noticed while no
    /// body has to be read; an end of the peer's sending side counts.
    /// </summary>
    public CancellationToken RequestAborted => _connection.RequestAborted;

    /// <summary>
    /// The request's body: collected, or as it arrives. Reading fails with an <see cref="NngException"/>:
    /// <see cref="NngError.ConnectionShutdown"/> (the peer ended within it), <see cref="NngError.TimedOut"/> (too slow),
    /// <see cref="NngError.Protocol"/> (malformed chunks), <see cref="NngError.MessageTooLarge"/>. What is not read is
    /// thrown away, with the connection if it is much, or if a read was cancelled.
    /// </summary>
    public Stream RequestBody => Handler.CollectBody
        ? _collected ??= Collected()
        : _requestBody ??= new RequestBodyStream(_connection);

    /// <summary>
    /// Sends a body as it is written: the first write or flush sends the head. Small writes are sent together; flush
    /// for what cannot wait. Writing to a peer that is gone fails with an <see cref="NngException"/>. Cancelling a write
    /// that waits for the peer ends the connection. Set trailers before the handler ends.
    /// </summary>
    public Stream ResponseBody => _responseBody ??= new ResponseBodyStream(this, _connection);

    /// <summary>
    /// The connection, for a handler that answers by itself: then nothing else is sent, and the next request follows
    /// on what it left unread. A request with a body that was not collected ends the connection, as does a response that
    /// announces the end. A handler that fails before it has written anything is answered for. An aio handler may only
    /// read from it, and leave a response for the server to send.
    /// </summary>
    /// <exception cref="NngException">
    /// <see cref="NngError.IncorrectState"/>: a body is being streamed, or <see cref="RequestAborted"/> was asked for.
    /// </exception>
    public HttpConnection Connection
    {
        get
        {
            HttpConnection connection = _connection.Lend();
            IsAnswered = true;
            return connection;
        }
    }

    /// <summary>The handler has answered by itself: it asked for the connection, and left no response.</summary>
    internal bool IsAnswered { get; private set; }

    /// <summary>The connection has been taken over.</summary>
    internal bool IsHijacked { get; private set; }

    /// <summary>
    /// Takes the connection over, with the request: the server sends nothing and forgets both, and its stop does not
    /// touch them. Bytes received beyond the head are the first that are read. C function: <c>nng_http_hijack</c>.
    /// </summary>
    /// <returns>The connection, which belongs to the caller.</returns>
    /// <exception cref="NngException">
    /// <see cref="NngError.IncorrectState"/>: it was taken over before, a body is being streamed, or
    /// <see cref="RequestAborted"/> was asked for.
    /// </exception>
    public HttpConnection Hijack()
    {
        HttpConnection connection = _connection.Give();
        IsHijacked = true;
        return connection;
    }

    /// <summary>Gives the connection up at once, whatever has been sent.</summary>
    public void Abort() => _connection.HardClose();

    /// <summary>
    /// Starts a stream of server-sent events: sets <c>Content-Type</c> and <c>Cache-Control</c>.
    /// </summary>
    public HttpEventStream StartEvents()
    {
        Response.Headers.Set("Content-Type", "text/event-stream");
        Response.Headers.Set("Cache-Control", "no-cache");
        return new HttpEventStream(ResponseBody);
    }

    /// <summary>Makes the response an error with the server's page for it.</summary>
    /// <param name="status">100 to 999.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not from 100 to 999.</exception>
    public void SetError(int status)
    {
        Response = _ownResponse;
        Response.Reset();
        Response.Status = status;
        _connection.ApplyErrorPage(Response);
    }

    internal void Begin(HttpHandler handler)
    {
        _handler = handler;
        IsAnswered = false;
        _collected = null;
        _ownResponse.Reset();
        _response = _ownResponse;
    }

    /// <summary>The handler may have used the connection, and leaves the answer to the server all the same.</summary>
    internal void LeaveAnswer() => IsAnswered = false;

    private MemoryStream Collected() => MemoryMarshal.TryGetArray(Request.Body, out ArraySegment<byte> bytes)
        ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
        : new MemoryStream([], writable: false);
}
