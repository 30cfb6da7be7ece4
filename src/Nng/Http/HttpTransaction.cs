using System;
using System.Threading;
using Nng.Core;

namespace Nng.Http;

/// <summary>One exchange on a connection: request out, response with its body in, as a single operation.</summary>
/// <remarks>
/// Threading: the steps run one after the other, each started by the completion of the one before. A cancel only
/// leaves its reason and pokes the step under way, whose end finishes the operation; <see cref="_lock"/> keeps the two
/// apart, so that a late cancel cannot hit the next exchange.
/// </remarks>
internal sealed class HttpTransaction : IAioProvider
{
    /// <summary>Room at first for a body: a claimed length is never trusted with memory.</summary>
    private const int FirstBytes = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly HttpConnection _connection;
    private readonly HttpBodyReader _body = new();

    /// <summary>The step under way.</summary>
    private readonly Aio _step;

    private HttpRequest _request = null!;
    private HttpResponse _response = null!;

    /// <summary>The caller's operation; null between two.</summary>
    private Aio? _exchange;

    /// <summary>A thread is inside the cancel; it finishes in our stead what ends meanwhile.</summary>
    private bool _canceling;

    /// <summary>The exchange has ended with that, while it was being cancelled.</summary>
    private NngError? _deferred;

    /// <summary>1 while an exchange is under way.</summary>
    private int _busy;

    private Phase _phase;

    /// <summary>Interim responses skipped.</summary>
    private int _interim;

    /// <summary>Body bytes collected.</summary>
    private int _collected;

    /// <summary>Why the exchange is to end; none while it may go on.</summary>
    private volatile NngError _reason;

    public HttpTransaction(HttpConnection connection)
    {
        _connection = connection;
        _step = new Aio(OnStep, inline: true) { TimeoutMs = Aio.Infinite };
    }

    private enum Phase
    {
        Request,
        Head,
        Body,
    }

    /// <summary>Submits an exchange.</summary>
    /// <param name="request">With a target.</param>
    /// <param name="response">Is reset.</param>
    /// <param name="aio">Idle.</param>
    /// <param name="extra">Further header lines of the request.</param>
    public void Submit(HttpRequest request, HttpResponse response, Aio aio, ReadOnlySpan<byte> extra)
    {
        if (!aio.Begin())
            return;
        NngError error = Start(request, response, aio, extra);
        if (error != NngError.None)
        {
            aio.Finish(error, 0);
            return;
        }

        _connection.WriteAll(_step);
        CheckReason();
    }

    void IAioProvider.OnCancel(Aio aio, object? state, NngError reason)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_exchange, aio) || _canceling)
                return;
            _canceling = true;
            _reason = reason;
        }

        _step.Abort(reason);
        NngError? deferred;
        lock (_lock)
        {
            _canceling = false;
            (deferred, _deferred) = (_deferred, null);
        }

        if (deferred is { } error)
            Finish(error);
    }

    /// <summary>Refuses what could not even begin, without harm to the connection; else the exchange is under way.</summary>
    private NngError Start(HttpRequest request, HttpResponse response, Aio aio, ReadOnlySpan<byte> extra)
    {
        if (_connection.IsClosed)
            return NngError.Closed;
        if (request.Uri.Length == 0)
            return NngError.InvalidArgument;
        if (aio.IsOver)
            return NngError.TimedOut;
        if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
            return NngError.IncorrectState;
        _request = request;
        _response = response;
        _exchange = aio;
        _phase = Phase.Request;
        _interim = 0;
        _collected = 0;
        _reason = NngError.None;
        NngError error = request.TryWriteHead(
            OutgoingFraming.OfRequest(request), extra, out ReadOnlyMemory<byte> head);
        _step.SetVector(head);
        _step.AddToVector(request.Body);
        if (error == NngError.None)
            error = aio.Schedule(this, null);
        if (error != NngError.None)
            Volatile.Write(ref _busy, 0);
        return error;
    }

    private void OnStep(Aio step)
    {
        NngError error = step.Result;
        bool more = false;
        if (error == NngError.None)
            error = _reason != NngError.None ? _reason : AdvanceOrRefuse(out more);
        if (more)
            CheckReason();
        else
            Finish(error);
    }

    private NngError AdvanceOrRefuse(out bool more)
    {
        try
        {
            return Advance(out more);
        }
        catch (OutOfMemoryException)
        {
            more = false;
            return NngError.OutOfMemory;
        }
    }

    /// <summary>A cancel that came between two steps found none to poke.</summary>
    private void CheckReason()
    {
        if (_reason is not NngError.None and var reason)
            _step.Abort(reason);
    }

    /// <summary>A step succeeded: starts the next one, or the exchange has ended.</summary>
    private NngError Advance(out bool more)
    {
        more = true;
        switch (_phase)
        {
            case Phase.Request:
                _phase = Phase.Head;
                _connection.ReadResponse(_response, _step);
                return NngError.None;
            case Phase.Head:
                return OnHead(out more);
            default:
                return OnBody(out more);
        }
    }

    private NngError OnHead(out bool more)
    {
        more = true;
        HttpLimits limits = _connection.Limits;
        if (_response.Status is < 200 and not HttpStatus.SwitchingProtocols)
        {
            more = ++_interim <= limits.MaxInterimResponses;
            if (more)
                _connection.ReadResponse(_response, _step);
            return more ? NngError.None : NngError.Protocol;
        }

        HttpRefusal refusal = MessageFraming.OfResponse(
            _response.Headers.Table, _response.MinorVersion, _response.Status, _request.Method, out BodyFraming framing);
        if (refusal != HttpRefusal.None)
        {
            more = false;
            _connection.Refusal = refusal;
            return refusal.ToError();
        }

        more = framing.Kind != BodyKind.None;
        if (!more)
            return NngError.None;
        _phase = Phase.Body;
        _body.Start(framing, limits, Math.Min(limits.MaxResponseBody, Array.MaxLength - FirstBytes), _response);
        Collect();
        return NngError.None;
    }

    private NngError OnBody(out bool more)
    {
        _collected += (int)_step.Count;
        more = !_body.IsEnded;
        if (more)
            Collect();
        else
            _response.AdoptCollected(_collected);
        return NngError.None;
    }

    /// <summary>Goes on collecting; the memory grows with what has arrived.</summary>
    private void Collect()
    {
        long room = Math.Max(FirstBytes, _collected);
        // Known to the byte: no more than that is needed.
        if (!_body.IsUntilClose && !_body.IsChunked)
            room = Math.Min(room, _body.Available);
        room = Math.Min(room, Array.MaxLength - _collected);
        _step.SetVector(_response.CollectInto(_collected, (int)room));
        _connection.ReadBody(_body, _step, whole: true);
    }

    private void Finish(NngError error)
    {
        // A request of which the peer has seen a part, or a response that was not read to its end.
        if (error != NngError.None)
            _connection.End(error);
        Aio exchange;
        lock (_lock)
        {
            if (_canceling)
            {
                _deferred = error;
                return;
            }

            exchange = _exchange!;
            _exchange = null;
            _request = null!;
            _response = null!;
        }

        Volatile.Write(ref _busy, 0);
        exchange.Finish(error, 0);
    }
}
