using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Http;

/// <summary>
/// Lets a standard <see cref="HttpClient"/> run on this library: one <see cref="NngHttpClient"/> for each origin.
/// </summary>
/// <remarks>
/// HTTP/1.1 only; no redirects, cookies, decompression or authentication: what of it is wanted can be put on top as
/// handlers. Threading: safe from any thread.
/// </remarks>
public sealed class NngHttpMessageHandler : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, NngHttpClient> _clients = new(StringComparer.OrdinalIgnoreCase);
    private readonly NngHttpClientOptions _options;
    private readonly Action<NngHttpClient>? _configure;

    /// <summary>Creates a handler.</summary>
    /// <param name="options">For each client; null for the defaults.</param>
    /// <param name="configure">Called with each new client before its first use: sets its TLS configuration.</param>
    public NngHttpMessageHandler(NngHttpClientOptions? options = null, Action<NngHttpClient>? configure = null)
    {
        _options = options ?? new NngHttpClientOptions();
        _configure = configure;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        Uri uri = request.RequestUri is { IsAbsoluteUri: true } absolute
            ? absolute : throw new InvalidOperationException($"The request URI '{request.RequestUri}' is not absolute.");
        try
        {
            HttpRequest message = Translate(request, uri);
            Stream? content = request.Content is null
                ? null : await request.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            HttpExchange exchange = await ClientOf(uri).OpenAsync(message, content, cancellationToken)
                .ConfigureAwait(false);
            return Translate(exchange, request);
        }
        catch (NngException failure)
        {
            throw new HttpRequestException(failure.Message, failure);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (NngHttpClient client in _clients.Values)
                client.Dispose();
        }

        base.Dispose(disposing);
    }

    private NngHttpClient ClientOf(Uri uri)
    {
        string origin = uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        return _clients.TryGetValue(origin, out NngHttpClient? client) ? client : AddClient(origin);
    }

    private NngHttpClient AddClient(string origin)
    {
        var made = new NngHttpClient(origin, _options);
        _configure?.Invoke(made);
        NngHttpClient client = _clients.GetOrAdd(origin, made);
        if (!ReferenceEquals(client, made))
            made.Dispose();
        return client;
    }

    private static HttpRequest Translate(HttpRequestMessage request, Uri uri)
    {
        var message = new HttpRequest { Method = request.Method.Method, Uri = uri.PathAndQuery };
        message.Headers.Set("Host", request.Headers.Host ?? HttpRequest.HostOf(NngUrl.Parse(uri.AbsoluteUri)));
        Copy(request.Headers.NonValidated, message.Headers);
        if (request.Content is null)
            return message;
        // Asking for the length makes contents that know it put it into their headers.
        long? length = request.Headers.TransferEncodingChunked == true ? null : request.Content.Headers.ContentLength;
        Copy(request.Content.Headers.NonValidated, message.Headers);
        message.Headers["Content-Length"] = length?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return message;
    }

    /// <summary>Host is set already, and framing belongs to the client.</summary>
    private static void Copy(HttpHeadersNonValidated from, HttpHeaders to)
    {
        foreach (KeyValuePair<string, HeaderStringValues> header in from)
        {
            if (header.Key.Equals("Host", StringComparison.OrdinalIgnoreCase)
                || header.Key.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)
                || header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                continue;
            // Products and comments of User-Agent are parted by spaces; all other lists by commas.
            string separator = header.Key.Equals("User-Agent", StringComparison.OrdinalIgnoreCase) ? " " : ", ";
            to.Add(header.Key, string.Join(separator, header.Value));
        }
    }

    private static HttpResponseMessage Translate(HttpExchange exchange, HttpRequestMessage request)
    {
        HttpResponse response = exchange.Response;
        var message = new HttpResponseMessage((HttpStatusCode)response.Status)
        {
            ReasonPhrase = response.Reason,
            RequestMessage = request,
            Version = response.MinorVersion == 0 ? HttpVersion.Version10 : HttpVersion.Version11,
            Content = new StreamContent(exchange.Body),
        };
        foreach ((string name, string value) in response.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }
}
