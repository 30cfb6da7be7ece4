using System;
using Nng.Http;
using Nng.Sockets;
using Nng.Streams;

namespace Nng.CApi;

/// <summary>An <c>nng_http_client</c>: a dialer of one origin.</summary>
/// <remarks>Threading: safe from any thread.</remarks>
internal sealed class CHttpClient
{
    private CHttpClient(StreamDialer dialer)
    {
        Dialer = dialer;
    }

    public StreamDialer Dialer { get; }

    /// <summary>Makes a client for the origin of a URL.</summary>
    public static NngError Create(NngUrl url, out CHttpClient? client)
    {
        client = null;
        if (url.HostName is not { Length: > 0 } host || StreamScheme(url.Scheme) is not { } scheme)
            return NngError.AddressInvalid;
        string authority = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        if (!NngUrl.TryParse($"{scheme}://{authority}:{url.Port}", out NngUrl? stream))
            return NngError.AddressInvalid;
        NngError error = StreamTable.CreateDialer(stream, out StreamDialer? dialer);
        client = dialer is null ? null : new CHttpClient(dialer);
        return error;
    }

    public static CHttpClient? Find(nint pointer) => HandleTable.Find<CHttpClient>(pointer, HandleKind.HttpClient);

    /// <summary>Connects; output 0 is the connection.</summary>
    public void Connect(Aio aio)
    {
        if (aio.Begin())
            new HttpDial(aio, null, null).Start(Dialer);
    }

    /// <summary>Connects, exchanges a request for a response, closes. The request says so.</summary>
    public void Transact(HttpRequest request, HttpResponse response, Aio aio)
    {
        if (!aio.Begin())
            return;
        request.Headers.Set("Connection", "close");
        new HttpDial(aio, request, response).Start(Dialer);
    }

    /// <summary>The streams below a scheme of HTTP; null for another scheme.</summary>
    private static string? StreamScheme(string scheme) => scheme switch
    {
        "http" or "ws" => "tcp",
        "http4" or "ws4" => "tcp4",
        "http6" or "ws6" => "tcp6",
        "https" or "wss" => "tls+tcp",
        "https4" or "wss4" => "tls+tcp4",
        "https6" or "wss6" => "tls+tcp6",
        _ => null,
    };
}
