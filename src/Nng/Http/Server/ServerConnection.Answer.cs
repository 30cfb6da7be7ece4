using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Nng.Streams;

namespace Nng.Http;

/// <content>Responses: errors of the library, those of handlers, bodies that are streamed, and the end.</content>
internal sealed partial class ServerConnection
{
    /// <summary>Bodies up to this length are copied beside their head.</summary>
    private const int CopyLimit = 8 * 1024;

    /// <summary>What a lingering connection reads at most, so that a client that sends on gets the response.</summary>
    private const long MaxLinger = 8 << 20;

    private HttpResponse? _response;
    private ServerSignal? _sendSignal;

    /// <summary>The head of the present response is out, or in the output: the body is streamed.</summary>
    private bool _started;

    /// <summary>How the streamed body is framed.</summary>
    private OutgoingKind _bodyKind;

    /// <summary>The response has no body, whatever is written.</summary>
    private bool _bodiless;

    /// <summary>Bytes that a streamed body of known length still lacks.</summary>
    private long _bodyLeft;

    /// <summary>Body bytes of the present response.</summary>
    private long _written;

    /// <summary>No chunk has been written yet.</summary>
    private bool _firstChunk;

    /// <summary>What has been read since the connection began to end.</summary>
    private long _lingered;

    private HttpResponse Response => _response ??= new HttpResponse();

    /// <summary>Answers a refusal of the parser, and ends the connection.</summary>
    private bool Refuse(HttpRefusal refusal) => Refuse(refusal.ToStatus(), refusal.ToText());

    private bool Refuse(int status, string detail)
    {
        _keep = false;
        PrepareError(status, detail);
        AppendResponse(Response);
        return Close();
    }

    /// <summary>Answers an error that says nothing against the connection.</summary>
    private bool AnswerError(int status)
    {
        PrepareError(status, detail: null);
        return AnswerByLibrary();
    }

    private bool AnswerAllow(int status, string methods)
    {
        if (status == HttpStatus.NoContent)
        {
            Response.Reset();
            Response.Status = status;
        }
        else
        {
            PrepareError(status, detail: null);
        }

        Response.Headers.Set("Allow", methods);
        return AnswerByLibrary();
    }

    private void PrepareError(int status, string? detail)
    {
        Response.Reset();
        Response.Status = status;
        _server.Pages.Apply(Response, detail);
    }

    private bool AnswerByLibrary()
    {
        PrepareDrain();
        AppendResponse(Response);
        _phase = !_keep ? Phase.Closing : _body.IsDone ? Phase.Head : Phase.Drain;
        return true;
    }

    /// <summary>Whether what is left of the body is worth reading; if not, the connection ends with the response.</summary>
    private void PrepareDrain()
    {
        if (_body.IsDone)
            return;
        _bodyCount = 0;
        while (_bodyCount <= MaxDrain && NextBody(out _, out int length) == ChunkedStep.Data)
            _input.Consume(length);
        long left = _body.Remaining;
        // A client that waits for 100 may send the body or not: nobody can tell what comes next.
        if (!_body.IsDone && (_expectsContinue || left < 0 || left > MaxDrain))
            _keep = false;
        _bodyStartMs = 0;
        _bodyCount = 0;
    }

    /// <summary>Puts a whole response into the output.</summary>
    private void AppendResponse(HttpResponse response)
    {
        bool isHead = IsHeadRequest;
        ReadOnlyMemory<byte> body = MessageFraming.StatusHasBody(response.Status) ? response.Body : default;
        OutgoingFraming framing = FramingOf(response, isHead);
        AppendHead(response, framing);
        if (isHead)
            body = default;
        if (body.Length <= CopyLimit)
            _output.Append(body.Span);
        else
            _output.AppendReference(body);
        Log(response.Status, body.Length);
    }

    /// <summary>The same for a handler's response; memory that its owner has taken back makes the handler one that fails.</summary>
    private void AppendOwned(HttpResponse response)
    {
        try
        {
            AppendResponse(response);
        }
        catch (Exception failure) when (IsRefusedMemory(failure))
        {
            HttpLog.HandlerFailed(_handler!, _request.Uri, failure);
            _output.Clear();
            _keep = false;
            PrepareError(HttpStatus.InternalServerError, detail: null);
            AppendResponse(Response);
        }
    }

    /// <summary>One try to send the output; memory that its owner has taken back ends the connection.</summary>
    private IoResult TrySend()
    {
        try
        {
            return _output.Send(_channel);
        }
        catch (Exception failure) when (IsRefusedMemory(failure))
        {
            HttpLog.HandlerFailed(_handler!, _request.Uri, failure);
            return IoResult.Failed(NngError.InvalidArgument);
        }
    }

    /// <summary>What owners of memory throw when they have it no longer, or never had.</summary>
    private static bool IsRefusedMemory(Exception failure) =>
        failure is ObjectDisposedException or ArgumentException or NullReferenceException;

    private bool IsHeadRequest => _requestUsed && _request.Method == HttpMethods.Head;

    private static OutgoingFraming FramingOf(HttpResponse response, bool isHead)
    {
        if (response.Status is < 200 or HttpStatus.NoContent)
            return OutgoingFraming.Bodiless;
        // A length without a body is what the handler knows of the answer to GET.
        if (response.Status == HttpStatus.NotModified || (isHead && response.Body.IsEmpty))
            return OutgoingFraming.AsSet;
        return OutgoingFraming.OfLength(response.Body.Length);
    }

    private void AppendHead(HttpResponse response, OutgoingFraming framing)
    {
        HeaderTable headers = response.Headers.Table;
        bool says = HeaderList.Contains(headers, HeaderId.Connection, "close"u8);
        _keep = _keep && !says && !_server.IsStopping;
        ReadOnlySpan<byte> connection = says || response.Status == HttpStatus.SwitchingProtocols
            ? default : ConnectionLine();
        ReadOnlySpan<byte> date = headers.Find(HeaderId.Date) >= 0 ? default : HttpDate.CurrentLine;
        Span<byte> extra = stackalloc byte[64];
        date.CopyTo(extra);
        connection.CopyTo(extra[date.Length..]);
        extra = extra[..(date.Length + connection.Length)];
        Span<byte> output = _output.GetSpan(HeadWriter.Measure(response, extra));
        _output.Advance(HeadWriter.Write(response, framing, extra, output));
    }

    /// <summary>Handler: makes a response the server's page for its status.</summary>
    public void ApplyErrorPage(HttpResponse response) => _server.Pages.Apply(response);

    /// <summary>Handler: sends the head of a response whose body is streamed.</summary>
    private void StartBody(HttpResponse response)
    {
        if (_started)
            return;
        _started = true;
        _firstChunk = true;
        _written = 0;
        _bodiless = IsHeadRequest || !MessageFraming.StatusHasBody(response.Status);
        int length = response.Headers.Table.Find(HeaderId.ContentLength);
        _bodyLeft = -1;
        if (_bodiless)
        {
            _bodyKind = response.Status is < 200 or HttpStatus.NoContent ? OutgoingKind.Bodiless : OutgoingKind.AsSet;
        }
        else if (length >= 0)
        {
            MessageFraming.TryParseLength(response.Headers.Table.ValueBytes(length), out _bodyLeft);
            _bodyKind = OutgoingKind.Length;
        }
        else if (_line.MinorVersion > 0)
        {
            _bodyKind = OutgoingKind.Chunked;
        }
        else
        {
            // The end of the connection ends the body.
            _keep = false;
            _bodyKind = OutgoingKind.Bodiless;
        }

        // A client that waits for 100 may send its body after this or not.
        _keep = _keep && !_expectsContinue;
        AppendHead(response, new OutgoingFraming(_bodyKind, Math.Max(0, _bodyLeft)));
    }

    /// <summary>Handler: writes body bytes, which stay as they are until the task ends.</summary>
    public ValueTask WriteBodyAsync(HttpResponse response, ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        StartBody(response);
        if (bytes.IsEmpty)
            return default;
        _written += bytes.Length;
        if (_bodiless)
            return default;
        if (_bodyKind == OutgoingKind.Length && (_bodyLeft -= bytes.Length) < 0)
            throw new NngException(
                NngError.InvalidArgument, $"The body is {-_bodyLeft} bytes longer than its Content-Length says.");
        if (_bodyKind == OutgoingKind.Chunked)
        {
            Span<byte> start = _output.GetSpan(ChunkedWriter.MaxChunkStart);
            _output.Advance(ChunkedWriter.WriteChunkStart(bytes.Length, _firstChunk, start));
            _firstChunk = false;
        }

        if (bytes.Length > CopyLimit)
            _output.AppendReference(bytes);
        else
            _output.Append(bytes.Span);
        return _output.HasReferences || _output.Pending > CopyLimit ? FlushAsync(token) : default;
    }

    /// <summary>Handler: sends what is in the output, the head included.</summary>
    public ValueTask FlushBodyAsync(HttpResponse response, CancellationToken token)
    {
        StartBody(response);
        return FlushAsync(token);
    }

    private ValueTask FlushAsync(CancellationToken token)
    {
        while (!_output.IsEmpty)
        {
            IoResult result = _output.Send(_channel);
            if (result.Error == NngError.None)
                continue;
            if (result.Error != NngError.TryAgain)
                throw new NngException(result.Error, $"The response cannot be sent: {result.Error.Text()}.");
            ServerSignal signal = _sendSignal ??= new ServerSignal();
            signal.Reset();
            if (WaitForRoom(Sender.Handler))
                return FlushSlow(signal, token);
        }

        return default;
    }

    private async ValueTask FlushSlow(ServerSignal signal, CancellationToken token)
    {
        // A response that breaks off cannot be mended: the connection ends with the wait.
        CancellationTokenRegistration registration =
            token.UnsafeRegister(static stream => ((NngStream)stream!).Close(), _stream);
        await using (registration.ConfigureAwait(false))
            await signal.WaitAsync().ConfigureAwait(false);
        if (_stream.IsClosed)
            token.ThrowIfCancellationRequested();
        await FlushAsync(token).ConfigureAwait(false);
    }

    /// <summary>Ends a streamed body; false when it is shorter than was announced.</summary>
    private bool EndBody(HttpResponse response)
    {
        if (!_bodiless && _bodyKind == OutgoingKind.Length && _bodyLeft != 0)
            return false;
        if (!_bodiless && _bodyKind == OutgoingKind.Chunked)
        {
            Span<byte> end = _output.GetSpan(ChunkedWriter.MeasureEnd(response.TrailerTable));
            _output.Advance(ChunkedWriter.WriteEnd(response.TrailerTable, _firstChunk, end));
        }

        Log(response.Status, _bodiless ? 0 : _written);
        return true;
    }

    private void Log(int status, long length)
    {
        if (_server.AccessLog is not { } log)
            return;
        TimeSpan elapsed = _requestUsed ? Stopwatch.GetElapsedTime(_headEnd) : TimeSpan.Zero;
        log.Add(new HttpAccessRecord(
            DateTimeOffset.Now,
            _stream.RemoteAddress,
            _requestUsed ? _request.Method : string.Empty,
            _requestUsed ? _request.Uri : string.Empty,
            _requestUsed ? _request.Version : string.Empty,
            status,
            length,
            elapsed));
    }

    private bool Close()
    {
        _phase = Phase.Closing;
        return true;
    }

    private bool StepClosing()
    {
        if (!Flush())
            return false;
        // Somebody else's wait is under way: then there is no input that could turn the end into a reset.
        if (_receiver != (int)Receiver.Free || _inputEnded)
            return End();
        _channel.ShutdownSend();
        _headStartMs = _server.NowMs;
        _phase = Phase.Linger;
        return true;
    }

    private bool StepLinger()
    {
        _lingered += _input.Count;
        _input.Consume(_input.Count);
        if (_inputEnded || _lingered > MaxLinger)
            return End();
        return Receive(DueMs(_headStartMs, _options.LingerTimeout));
    }
}
