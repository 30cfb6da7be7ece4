using System;
using System.Diagnostics;

namespace Nng.Http;

/// <content>Heads: what a request is, and who answers it.</content>
internal sealed partial class ServerConnection
{
    /// <summary>A head longer than this is not remembered.</summary>
    private const int MaxKnownHead = 512;

    private HeadScan _scan;
    private RequestLine _line;

    /// <summary>The request has been used and must be reset before the next head.</summary>
    private bool _requestUsed;

    /// <summary>When the present head began, or the connection; 0 between requests.</summary>
    private long _headStartMs;

    /// <summary>For the access log.</summary>
    private long _headEnd;

    /// <summary>Heads answered.</summary>
    private int _requests;

    /// <summary>The connection lives on after the present response.</summary>
    private bool _keep;

    /// <summary>The client waits for 100 before it sends its body.</summary>
    private bool _expectsContinue;

    /// <summary>
    /// The bytes of the last head that a static answer served: the same bytes again have the same meaning, so most
    /// requests of a connection need not be parsed.
    /// </summary>
    private byte[] _knownHead = [];

    private int _knownLength;
    private StaticAnswer? _knownAnswer;
    private bool _knownIsHead;

    /// <summary>The routes that the known head was found in.</summary>
    private RouteTable _routes;

    private bool StepHead()
    {
        if (_receiver != (int)Receiver.Free)
            return StepHeadWatched();
        if ((_output.HasReferences || _output.Pending > FlushBytes) && !Flush())
            return false;
        if (!_input.IsEmpty)
        {
            if (_scan.Phase == HeadPhase.Start && _scan.Position == 0 && AnswerKnown())
                return true;
            if (_requestUsed)
                ForgetRequest();
            Parsed parsed = RequestParser.Parse(
                _input.Bytes, _options.Limits, ref _scan, ref _line, _request.Headers.Table);
            if (parsed.Status == ParseStatus.Done)
                return OnHead(parsed.Count);
            if (parsed.Status == ParseStatus.Refused)
                return Refuse(parsed.Refusal);
        }

        if (!Flush())
            return false;
        if (_inputEnded || (_server.IsStopping && _input.IsEmpty))
            return End();
        if (!_input.IsEmpty && _headStartMs == 0)
            _headStartMs = _server.NowMs;
        return Receive(HeadDueMs());
    }

    /// <summary>A handler's watch waits for input in the connection's place.</summary>
    private bool StepHeadWatched()
    {
        if (!Flush())
            return false;
        return _server.IsStopping ? End() : !ParkWatched(HeadDueMs());
    }

    private long HeadDueMs() => _headStartMs == 0
        ? DueMs(_server.NowMs, _options.KeepAliveTimeout) : DueMs(_headStartMs, _options.HeadTimeout);

    private void ForgetRequest()
    {
        _request.Reset();
        _requestUsed = false;
        if (_bodyBytes.Length > KeptBodyBytes)
            _bodyBytes = [];
    }

    /// <summary>Answers a head that is byte for byte the last one.</summary>
    private bool AnswerKnown()
    {
        if (_knownAnswer is null || !_input.Bytes.StartsWith(_knownHead.AsSpan(0, _knownLength)))
            return false;
        if (!ReferenceEquals(_routes, Routes) || !MayKeep())
        {
            _knownAnswer = null;
            return false;
        }

        _input.Consume(_knownLength);
        _headStartMs = 0;
        _requests++;
        _knownAnswer.Write(_output, default, _knownIsHead);
        return true;
    }

    private bool MayKeep()
    {
        int most = _options.MaxRequestsPerConnection;
        return !_server.IsStopping && (most == 0 || _requests + 1 < most);
    }

    private bool OnHead(int length)
    {
        ReadOnlySpan<byte> head = _input.Bytes[..length];
        _request.AdoptHead(head, _line, _scan.Section);
        _requestUsed = true;
        _scan = default;
        _headStartMs = 0;
        if (_server.AccessLog is not null)
            _headEnd = Stopwatch.GetTimestamp();
        HeaderTable headers = _request.Headers.Table;
        int minor = _line.MinorVersion;
        HttpRefusal refusal = MessageFraming.OfRequest(headers, minor, out BodyFraming framing);
        RequestTarget target = _request.Target;
        if (refusal == HttpRefusal.None)
            refusal = target.Refusal;
        ReadOnlySpan<byte> host = default;
        if (refusal == HttpRefusal.None)
            refusal = HostField.Find(headers, minor, target.AuthorityBytes, out host);
        if (refusal != HttpRefusal.None)
            return Refuse(refusal);
        _keep = MayKeep() && KeepAlive.Wants(headers, minor) && (minor > 0 || _options.KeepAliveHttp10);
        _requests++;
        _body = new BodyReader(framing, long.MaxValue);
        _expectsContinue = false;
        if (framing.Kind == BodyKind.None && headers.Find(HeaderId.Expect) < 0
            && Routes.Find(target.PathBytes, host, _request.Method, out HttpHandler? handler) == RouteOutcome.Found
            && handler!.Answer is { } answer)
        {
            AnswerStatic(answer, head);
            return true;
        }

        _input.Consume(length);
        return Dispatch(framing, host);
    }

    private void AnswerStatic(StaticAnswer answer, ReadOnlySpan<byte> head)
    {
        bool isHead = (object)_request.Method == HttpMethods.Head;
        answer.Write(_output, ConnectionLine(), isHead);
        bool isPlain = _keep && _line.MinorVersion > 0 && _server.AccessLog is null;
        if (isPlain && head.Length <= MaxKnownHead)
            Remember(answer, head, isHead);
        _input.Consume(head.Length);
        Log(HttpStatus.Ok, isHead ? 0 : answer.BodyLength);
        if (!_keep)
            _phase = Phase.Closing;
    }

    private void Remember(StaticAnswer answer, ReadOnlySpan<byte> head, bool isHead)
    {
        if (_knownHead.Length < head.Length)
            _knownHead = new byte[MaxKnownHead];
        head.CopyTo(_knownHead);
        _knownLength = head.Length;
        _knownAnswer = answer;
        _knownIsHead = isHead;
        _routes = Routes;
    }

    /// <summary>Everything but the shortest way: bodies, functions, errors.</summary>
    private bool Dispatch(BodyFraming framing, ReadOnlySpan<byte> host)
    {
        RequestTarget target = _request.Target;
        switch (ExpectField.Of(_request.Headers.Table, _line.MinorVersion, framing))
        {
            case Expectation.Continue:
                _expectsContinue = true;
                break;
            case Expectation.Unknown:
                return Refuse(HttpStatus.ExpectationFailed, "The expectation is not known.");
        }

        if (target.Form == TargetForm.Asterisk)
            return AnswerAllow(HttpStatus.NoContent, Routes.AllowedMethods());
        RouteOutcome outcome = target.Form == TargetForm.Authority
            ? RouteOutcome.MethodNotAllowed
            : Routes.Find(target.PathBytes, host, _request.Method, out _handler);
        switch (outcome)
        {
            case RouteOutcome.MethodUnknown:
                return AnswerError(HttpStatus.NotImplemented);
            case RouteOutcome.NotFound:
                return AnswerError(HttpStatus.NotFound);
            case RouteOutcome.MethodNotAllowed:
                return AnswerAllow(
                    HttpStatus.MethodNotAllowed, Routes.AllowedMethods(target.PathBytes, host));
        }

        bool collects = _handler!.CollectBody || _handler.Answer is not null;
        long max = _handler.MaxBodySize < 0 ? long.MaxValue : _handler.MaxBodySize;
        if (collects)
            max = Math.Min(max, Array.MaxLength);
        if (framing.Kind == BodyKind.Length && framing.Length > max)
            return Refuse(HttpRefusal.BodyTooLarge);
        _body = new BodyReader(framing, max);
        _bodyStartMs = 0;
        _bodyCount = 0;
        _bodyFailure = 0;
        _phase = collects && !_body.IsDone ? Phase.Collect : Phase.HandOver;
        return true;
    }

    /// <summary>The Connection line that the present response needs.</summary>
    private ReadOnlySpan<byte> ConnectionLine() =>
        !_keep ? "Connection: close\r\n"u8 : _line.MinorVersion == 0 ? "Connection: keep-alive\r\n"u8 : default;
}
