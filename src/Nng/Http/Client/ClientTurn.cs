using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Http;

/// <summary>
/// One request on a rented connection whose response's head is awaited: head and body out, heads in, at the same time,
/// so that a server may answer before it has the whole body.
/// </summary>
internal sealed class ClientTurn
{
    private readonly HttpConnection _connection;
    private readonly HttpRequest _request;
    private readonly HttpResponse _response = new();
    private readonly CancellationToken _token;

    /// <summary>Completed by 100 (Continue), by the final head, or by the end of reading.</summary>
    private readonly TaskCompletionSource _leave = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The final head has come.</summary>
    private volatile bool _answered;

    private ClientTurn(HttpConnection connection, HttpRequest request, CancellationToken token)
    {
        _connection = connection;
        _request = request;
        _token = token;
    }

    /// <summary>Sends a request and reads the head of its response.</summary>
    /// <param name="connection">Rented from the pool; on success it belongs to the exchange.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="request">With a target.</param>
    /// <param name="extra">Further header lines.</param>
    /// <param name="content">The body; null for the one attached to the request.</param>
    /// <param name="continueTimeoutMs">How long a body waits for 100 (Continue), if it was asked for.</param>
    /// <param name="token">Ends the turn and the connection.</param>
    public static async ValueTask<HttpExchange> RunAsync(
        HttpConnection connection,
        HttpConnectionPool pool,
        HttpRequest request,
        byte[] extra,
        Stream? content,
        int continueTimeoutMs,
        CancellationToken token)
    {
        var turn = new ClientTurn(connection, request, token);
        Task<bool> sending = turn.SendAsync(content, extra, continueTimeoutMs);
        _ = ObserveAsync(sending);
        Task reading = turn.ReadHeadAsync();
        await Task.WhenAny(sending, reading).ConfigureAwait(false);
        if (!reading.IsCompleted)
            await turn.FinishSendingAsync(sending, reading).ConfigureAwait(false);
        await reading.ConfigureAwait(false);
        return turn.Answer(pool, sending);
    }

    /// <summary>A body whose sending fails after the answer has come concerns nobody any more.</summary>
    private static async Task ObserveAsync(Task sending) =>
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Whether both sides keep the connection after an exchange.</summary>
    public static bool KeepsAlive(HttpRequest request, HttpResponse response, BodyFraming framing) =>
        framing.Kind != BodyKind.UntilClose
        && response.Status != HttpStatus.SwitchingProtocols
        && !(request.Method == HttpMethods.Connect && response.Status is >= 200 and < 300)
        && KeepAlive.Wants(request.Headers.Table, request.MinorVersion)
        && KeepAlive.Wants(response.Headers.Table, response.MinorVersion);

    /// <summary>Head, and the body unless the server's answer makes it idle. False: the body is not complete.</summary>
    private async Task<bool> SendAsync(Stream? content, byte[] extra, int continueTimeoutMs)
    {
        bool hasBody = content is not null || !_request.Body.IsEmpty;
        bool expects = hasBody && HeaderList.Contains(_request.Headers.Table, HeaderId.Expect, "100-continue"u8);
        long length = LengthOf(content);
        OutgoingFraming framing = content is null ? OutgoingFraming.OfRequest(_request)
            : length < 0 ? OutgoingFraming.Chunked : OutgoingFraming.OfLength(length);
        if (_request.TryWriteHead(framing, extra, out ReadOnlyMemory<byte> head) != NngError.None)
            throw new NngException(NngError.InvalidArgument, "The request has no target.");
        if (content is null && !expects)
        {
            await _connection.WriteAllAsync([head, _request.Body], _token).ConfigureAwait(false);
            return true;
        }

        await _connection.WriteAllAsync(head, _token).ConfigureAwait(false);
        if (expects && continueTimeoutMs == Aio.Infinite)
            await _leave.Task.ConfigureAwait(false);
        else if (expects)
            await Task.WhenAny(_leave.Task, Aio.SleepAsync(continueTimeoutMs)).ConfigureAwait(false);
        if (IsRefused())
            return false;
        if (content is not null)
            return await RequestUpload.SendAsync(_connection, content, length, IsRefused, _token).ConfigureAwait(false);
        await _connection.WriteAllAsync(_request.Body, _token).ConfigureAwait(false);
        return true;
    }

    private long LengthOf(Stream? content)
    {
        if (content is null)
            return 0;
        string? announced = _request.Headers["Content-Length"];
        return announced is null ? -1 : long.Parse(announced, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The answer has come, and it is not that of a server that goes on reading.</summary>
    private bool IsRefused() => _answered && _response.Status >= 300;

    private async Task ReadHeadAsync()
    {
        try
        {
            for (int interim = 0; ; interim++)
            {
                await _connection.ReadResponseAsync(_response, _token).ConfigureAwait(false);
                if (_response.Status is >= 200 or HttpStatus.SwitchingProtocols)
                    break;
                if (interim == _connection.Limits.MaxInterimResponses)
                    throw new NngException(NngError.Protocol, $"More than {interim} interim responses.");
                if (_response.Status == HttpStatus.Continue)
                    _leave.TrySetResult();
            }

            _answered = true;
        }
        finally
        {
            _leave.TrySetResult();
        }
    }

    /// <summary>Sending ended first: its failure is the turn's, unless an answer has come through all the same.</summary>
    private async ValueTask FinishSendingAsync(Task<bool> sending, Task reading)
    {
        try
        {
            await sending.ConfigureAwait(false);
        }
        catch
        {
            // Half a request is on the wire, and nobody will write the rest.
            _connection.Close();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_answered)
                throw;
        }
    }

    private HttpExchange Answer(HttpConnectionPool pool, Task<bool> sending)
    {
        HttpRefusal refusal = MessageFraming.OfResponse(
            _response.Headers.Table, _response.MinorVersion, _response.Status, _request.Method, out BodyFraming framing);
        if (refusal != HttpRefusal.None)
            throw new NngException(refusal.ToError(), refusal.ToText());
        var body = new HttpBodyReader();
        body.Start(framing, _connection.Limits, long.MaxValue, _response);
        bool keepsAlive = KeepsAlive(_request, _response, framing);
        return new HttpExchange(_connection, pool, _response, body, sending, keepsAlive);
    }
}
