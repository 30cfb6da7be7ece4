using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Http;
using Nng.Streams;

namespace Nng.WebSockets;

/// <summary>Dials WebSocket: TCP or TLS, and the upgrade.</summary>
internal sealed class WebSocketDialer : StreamDialer
{
    /// <summary>How long the request may take to leave, and the response to arrive (transports sheet, WS-32).</summary>
    public const int StepMs = 2000;

    /// <summary>Responses before the one that counts; a server with more to say would never let the dial end.</summary>
    private const int MaxInterim = 16;

    /// <summary>A response to an upgrade has no business to be longer (transports sheet, 13.13).</summary>
    private static readonly HttpLimits s_limits = new() { MaxHeaderSection = 8192 };

    private readonly NngUrl _url;
    private readonly StreamDialer _inner;

    private WebSocketDialer(NngUrl url, StreamDialer inner, bool isMessageMode)
    {
        _url = url;
        _inner = inner;
        Options = new WebSocketOptions(isServer: false) { IsMessageMode = isMessageMode };
    }

    /// <summary>The options beside those of TCP and TLS.</summary>
    public WebSocketOptions Options { get; }

    /// <summary>Whether a URL's scheme is one of these.</summary>
    public static bool Serves(string scheme) => scheme is "ws" or "ws4" or "ws6" or "wss" or "wss4" or "wss6";

    /// <summary>Checks the URL: a host is needed; user and fragment are ignored (transports sheet, 13.2).</summary>
    public static NngError Create(NngUrl url, bool isMessageMode, out WebSocketDialer? dialer)
    {
        NngError error = HttpOrigin.Create(url, out HttpOrigin? origin);
        dialer = origin is null ? null : new WebSocketDialer(url, origin.Dialer, isMessageMode);
        return error;
    }

    /// <summary>Options that are none of the upgrade's are those of the connection beneath (WS-9).</summary>
    public override NngError GetOption(string name, out OptionValue value)
    {
        NngError error = Options.GetOption(name, out value);
        return error == NngError.NotSupported ? _inner.GetOption(name, out value) : error;
    }

    public override NngError SetOption(string name, OptionValue value)
    {
        NngError error = Options.SetOption(name, value);
        return error == NngError.NotSupported ? _inner.SetOption(name, value) : error;
    }

    /// <summary>Not for this kind: it takes an upgrade to make one.</summary>
    public override NngStream CreateStream(IoChannel channel) => throw new NotSupportedException();

    protected override async ValueTask<(NngError Error, NngStream? Stream)> ConnectAsync(CancellationToken token)
    {
        HttpConnection? connection = null;
        try
        {
            NngStream stream = await StreamRequest.RunAsync(_inner.Dial, static _ => string.Empty, token)
                .ConfigureAwait(false);
            connection = new HttpConnection(stream, s_limits);
            await stream.EstablishAsync(token).ConfigureAwait(false);
            return await UpgradeAsync(connection, token).ConfigureAwait(false);
        }
        catch (NngException failure)
        {
            connection?.Close();
            return (ErrorOf(failure.Error, connection), null);
        }
        catch
        {
            connection?.Close();
            throw;
        }
    }

    private async ValueTask<(NngError Error, NngStream? Stream)> UpgradeAsync(
        HttpConnection connection, CancellationToken token)
    {
        HttpRequest request = WebSocketHandshake.MakeRequest(_url, Options, WebSocketHandshake.MakeKey());
        var response = new HttpResponse();
        connection.WriteTimeout = TimeSpan.FromMilliseconds(StepMs);
        await connection.WriteRequestAsync(request, token).ConfigureAwait(false);
        int interim = 0;
        long dueMs = Expirer.Default.Clock.NowMs + StepMs;
        do
        {
            // The time is that of all responses together.
            long leftMs = Math.Max(1, dueMs - Expirer.Default.Clock.NowMs);
            connection.ReadTimeout = TimeSpan.FromMilliseconds(leftMs);
            await connection.ReadResponseAsync(response, token).ConfigureAwait(false);
        }
        while (response.Status is < 200 and not HttpStatus.SwitchingProtocols && interim++ < MaxInterim);
        NngError error = WebSocketHandshake.Judge(
            response, request, out string? protocol, out WebSocketDeflateTerms? deflate);
        if (error != NngError.None)
        {
            connection.Close();
            return (error, null);
        }

        var facts = new WebSocketFacts(
            request.Uri,
            WebSocketFacts.LinesOf(request.Headers),
            WebSocketFacts.LinesOf(response.Headers),
            protocol);
        NngStream stream = connection.Detach(out byte[] received);
        return (NngError.None, WebSocketStream.Create(stream, Options.Settings(deflate), facts, received));
    }

    /// <summary>
    /// A connection that ends before the response is the peer's doing, whatever it looks like, so that a redial is not
    /// taken for a close from here (TW-46); a head that is refused breaks the protocol, however long it is.
    /// </summary>
    private static NngError ErrorOf(NngError error, HttpConnection? connection)
    {
        if (connection is null)
            return error;
        return error switch
        {
            NngError.Closed or NngError.ConnectionReset or NngError.ConnectionAborted => NngError.ConnectionShutdown,
            NngError.MessageTooLarge => NngError.Protocol,
            _ => error,
        };
    }
}
