using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Streams;

namespace Nng.Http;

/// <summary>
/// One byte stream that carries HTTP/1.x: raw bytes, heads and whole messages, each direction in the order of
/// submission. C type: <c>nng_http_conn</c>.
/// </summary>
/// <remarks>
/// <para>
/// Reads (read, read-all, heads) and writes (write, write-all, messages) are two queues; one operation of each is in
/// flight, so that bytes of two writes are never mixed. Reads first take what an earlier head read had received
/// beyond its head: no byte is lost or reordered between the two styles. No member adds or checks message framing.
/// </para>
/// <para>
/// An operation in flight that fails, whatever the reason (a cancel and a deadline included), ends the connection:
/// everything else pending ends with <see cref="NngError.Closed"/>, as does all that comes later, and
/// <see cref="Fault"/> keeps the reason. An operation that fails before its turn ends alone, with nothing moved.
/// After every failed write the count is the exact length of the prefix that was handed to the operating system.
/// </para>
/// <para>
/// Memory handed to an operation must stay valid and, for writes, unchanged until it has ended; messages and their
/// bodies likewise. Threading: every member is safe from any thread.
/// </para>
/// </remarks>
public sealed partial class HttpConnection : IDisposable, IAsyncDisposable, IIoHandler
{
    private readonly NngStream _stream;
    private readonly HttpWriteQueue _writes;
    private readonly HttpReadQueue _reads;
    private readonly TransferFaces _faces;

    /// <summary>The transaction of this connection, made when there is one and reused.</summary>
    private HttpTransaction? _transaction;

    /// <summary>A server's: a failed read leaves the writing direction open, for an answer.</summary>
    private readonly bool _answers;

    /// <summary>The first reason why the connection ended; 0 while it lives.</summary>
    private int _fault;

    /// <summary>Takes over a stream, whose own operations must not be used any more.</summary>
    /// <param name="stream">Connected and idle. It is closed with the connection.</param>
    /// <param name="limits">What the peer may ask of the parser; null for the defaults.</param>
    public HttpConnection(NngStream stream, HttpLimits? limits = null)
        : this(stream, limits, answers: false)
    {
    }

    /// <summary>For servers: with <paramref name="answers"/>, a failed read does not end the writing direction.</summary>
    internal HttpConnection(NngStream stream, HttpLimits? limits, bool answers)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _answers = answers;
        Limits = limits ?? HttpLimits.Default;
        _writes = new HttpWriteQueue(this, stream.Channel);
        _reads = new HttpReadQueue(this, stream.Channel, _writes);
        _faces = new TransferFaces("HTTP connection", this, _writes, _reads);
        stream.Channel.Handler = this;
        if (!HttpFeature.IsSupported)
            Refuse(NngError.NotSupported);
    }

    /// <summary>What the peer may ask of the parser.</summary>
    public HttpLimits Limits { get; }

    /// <summary>The local end.</summary>
    public NngAddress LocalAddress => _stream.LocalAddress;

    /// <summary>The peer's end.</summary>
    public NngAddress RemoteAddress => _stream.RemoteAddress;

    /// <summary>
    /// TLS: who the peer is, its names and certificate, and whether it was verified. Null without TLS, and before the
    /// handshake has ended, which for connections of clients and handlers it has.
    /// </summary>
    public TlsPeer? TlsPeer => _stream.TlsPeer;

    /// <summary>It was closed, from here or by a failure.</summary>
    public bool IsClosed => _stream.IsClosed;

    /// <summary>
    /// Why the connection ended: the first failure of an operation in flight, <see cref="NngError.Closed"/> for a
    /// close from here; <see cref="NngError.None"/> while it lives.
    /// </summary>
    public NngError Fault => (NngError)Volatile.Read(ref _fault);

    /// <summary>Why the peer's bytes were refused, when that is the <see cref="Fault"/>.</summary>
    public HttpRefusal Refusal { get; internal set; }

    /// <summary>
    /// What <see cref="Aio.DefaultTimeout"/> means for reads, and how long awaited ones may take; infinite unless set.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than 24 days.</exception>
    public TimeSpan ReadTimeout
    {
        get => Durations.FromMilliseconds(_faces.ReceiveTimeoutMs);
        set => _faces.ReceiveTimeoutMs = Durations.ToMilliseconds(value);
    }

    /// <summary>The same for writes. Time spent behind earlier writes counts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than 24 days.</exception>
    public TimeSpan WriteTimeout
    {
        get => Durations.FromMilliseconds(_faces.SendTimeoutMs);
        set => _faces.SendTimeoutMs = Durations.ToMilliseconds(value);
    }

    /// <summary>The stream underneath; its own operations are not to be used.</summary>
    internal NngStream Stream => _stream;

    /// <summary>
    /// Submits a read into the aio's vector, of any length, whose memory is written to. It ends as soon as there is a
    /// byte: with what was buffered, without waiting for more, else with what one receive brings. A vector without
    /// room ends with 0, at its turn. C function: <c>nng_http_conn_read</c>.
    /// </summary>
    /// <param name="aio">
    /// Idle. Results: <see cref="NngError.ConnectionShutdown"/> (the end of the stream),
    /// <see cref="NngError.ConnectionReset"/>, <see cref="NngError.Closed"/>, <see cref="NngError.TimedOut"/>,
    /// <see cref="NngError.Canceled"/> or the reason of an abort, <see cref="NngError.InvalidArgument"/> (memory that
    /// cannot be had), TLS errors.
    /// </param>
    public void Read(Aio aio) => _reads.Submit(ForRead(aio), whole: false);

    /// <summary>
    /// Submits a read that fills the aio's whole vector and takes no byte beyond it. After a failure the count says
    /// exactly how many bytes lie in the vector. C function: <c>nng_http_conn_read_all</c>.
    /// </summary>
    /// <param name="aio">Idle. Results as for <see cref="Read"/>.</param>
    public void ReadAll(Aio aio) => _reads.Submit(ForRead(aio), whole: true);

    /// <summary>
    /// Submits a write of the aio's vector, of any length, which ends when at least one byte was handed to the
    /// operating system; the count says how many. C function: <c>nng_http_conn_write</c>.
    /// </summary>
    /// <param name="aio">Idle. Results as for <see cref="WriteAll"/>.</param>
    public void Write(Aio aio) => _writes.Submit(ForWrite(aio), whole: false);

    /// <summary>
    /// Submits a write of the aio's whole vector, of any length. The call returns at once; the operation succeeds when
    /// every byte was handed to the operating system, with their number as the count, and after a failure the count is
    /// the exact number of bytes that were, always less than the total. A vector without bytes succeeds with 0, at its
    /// turn. C function: <c>nng_http_conn_write_all</c>.
    /// </summary>
    /// <param name="aio">
    /// Idle. Results: <see cref="NngError.Canceled"/> or the reason of an abort, <see cref="NngError.Closed"/> (from
    /// here), <see cref="NngError.ConnectionReset"/> (the peer is gone), <see cref="NngError.InvalidArgument"/> (memory
    /// that cannot be had; the connection lives on unless bytes went), <see cref="NngError.OutOfMemory"/>,
    /// <see cref="NngError.TimedOut"/> (without trying, and without harm, if there was no time at all), TLS errors.
    /// </param>
    public void WriteAll(Aio aio) => _writes.Submit(ForWrite(aio), whole: true);

    /// <summary>
    /// Submits a read of a request's head, up to its empty line; the body, and further messages, stay to be read.
    /// The count is 0. C function: <c>nng_http_conn_read_req</c>.
    /// </summary>
    /// <param name="request">Is reset when its turn comes, and left alone until the end.</param>
    /// <param name="aio">
    /// Idle. Results as for <see cref="Read"/>, and <see cref="NngError.Protocol"/> or
    /// <see cref="NngError.MessageTooLarge"/> for a head that was refused: see <see cref="Refusal"/>.
    /// </param>
    public void ReadRequest(HttpRequest request, Aio aio)
    {
        ArgumentNullException.ThrowIfNull(request);
        _reads.SubmitHead(ForRead(aio), request);
    }

    /// <summary>
    /// Submits a read of a response's head, interim (1xx) ones included. C function: <c>nng_http_conn_read_res</c>.
    /// </summary>
    /// <param name="response">Is reset when its turn comes, and left alone until the end.</param>
    /// <param name="aio">Idle. Results as for <see cref="ReadRequest"/>.</param>
    public void ReadResponse(HttpResponse response, Aio aio)
    {
        ArgumentNullException.ThrowIfNull(response);
        _reads.SubmitHead(ForRead(aio), response);
    }

    /// <summary>
    /// Submits a write of a request: its head as it is now, and the body attached to it, which take the place of the
    /// aio's vector. Nothing is added but the true Content-Length. C function: <c>nng_http_conn_write_req</c>.
    /// </summary>
    /// <param name="request">With a target, else <see cref="NngError.InvalidArgument"/> and nothing is sent.</param>
    /// <param name="aio">Idle. Results and count as for <see cref="WriteAll"/>.</param>
    public void WriteRequest(HttpRequest request, Aio aio)
    {
        ArgumentNullException.ThrowIfNull(request);
        _writes.Submit(ForWrite(aio), request);
    }

    /// <summary>The same for a response. C function: <c>nng_http_conn_write_res</c>.</summary>
    /// <param name="response">A response that has no body by its status is sent without.</param>
    /// <param name="aio">Idle. Results and count as for <see cref="WriteAll"/>.</param>
    public void WriteResponse(HttpResponse response, Aio aio)
    {
        ArgumentNullException.ThrowIfNull(response);
        _writes.Submit(ForWrite(aio), response);
    }

    /// <summary>
    /// Submits an exchange: writes the request, reads the response's head, skipping interim ones but for 101, and
    /// collects its body, whose end is found by RFC 9112 section 6.3. The count is 0. The deadline spans it all; any
    /// failure ends the connection. C function: <c>nng_http_conn_transact</c>.
    /// </summary>
    /// <param name="request">With a target. Nothing is added but the true Content-Length.</param>
    /// <param name="response">Is reset. Its headers stay as received.</param>
    /// <param name="aio">
    /// Idle. Results as for <see cref="WriteAll"/> and <see cref="ReadResponse"/>;
    /// <see cref="NngError.MessageTooLarge"/> for a body above <see cref="HttpLimits.MaxResponseBody"/>;
    /// <see cref="NngError.IncorrectState"/>, without harm, while another exchange is under way.
    /// </param>
    public void Transact(HttpRequest request, HttpResponse response, Aio aio) =>
        TransactWith(default, request, response, aio);

    /// <summary>The same with further header lines of the request.</summary>
    internal void TransactWith(ReadOnlySpan<byte> extra, HttpRequest request, HttpResponse response, Aio aio)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(response);
        ForRead(aio);
        HttpTransaction transaction = _transaction ?? MakeTransaction();
        transaction.Submit(request, response, aio, extra);
    }

    /// <summary>
    /// Closes the connection: pending and later operations end with <see cref="NngError.Closed"/>, a write in flight
    /// with the exact count of what it wrote. Idempotent. C function: <c>nng_http_conn_close</c>.
    /// </summary>
    public void Close() => End(NngError.Closed);

    /// <summary>As <see cref="Close"/>.</summary>
    public void Dispose() => Close();

    /// <summary>As <see cref="Close"/>.</summary>
    public ValueTask DisposeAsync()
    {
        Close();
        return default;
    }

    /// <summary>Local end, peer and state.</summary>
    public override string ToString() => _stream.ToString();

    void IIoHandler.OnReadable() => _reads.OnReady();

    void IIoHandler.OnWritable() => _writes.OnReady();

    void IIoHandler.OnFlush()
    {
    }

    /// <summary>A write in flight failed.</summary>
    internal void OnWriteBroken(NngError cause) => End(cause);

    /// <summary>A read in flight failed.</summary>
    internal void OnReadBroken(NngError cause)
    {
        if (_answers)
            Interlocked.CompareExchange(ref _fault, (int)cause, 0);
        else
            End(cause);
    }

    /// <summary>Ends the connection; the first cause is kept.</summary>
    internal void End(NngError cause)
    {
        Interlocked.CompareExchange(ref _fault, (int)cause, 0);
        Refuse(NngError.Closed);
        _stream.Close();
    }

    /// <summary>All operations end with that, pending ones and later ones.</summary>
    private void Refuse(NngError error)
    {
        _writes.End(error);
        _reads.End(error);
    }

    private HttpTransaction MakeTransaction()
    {
        var made = new HttpTransaction(this);
        return Interlocked.CompareExchange(ref _transaction, made, null) ?? made;
    }

    private Aio ForRead(Aio aio)
    {
        ArgumentNullException.ThrowIfNull(aio);
        aio.SetOwnerTimeout(_faces.ReceiveTimeoutMs);
        return aio;
    }

    private Aio ForWrite(Aio aio)
    {
        ArgumentNullException.ThrowIfNull(aio);
        aio.SetOwnerTimeout(_faces.SendTimeoutMs);
        return aio;
    }
}
