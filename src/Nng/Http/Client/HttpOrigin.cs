using System;
using Nng.Streams;

namespace Nng.Http;

/// <summary>Whom a client connects to: the streams that reach it, and its name in requests.</summary>
/// <remarks>
/// <c>http</c> and <c>ws</c> are TCP, <c>https</c> and <c>wss</c> TLS over TCP, each with 4 or 6 behind for one address
/// family; <c>http+unix</c>, <c>ipc</c>, <c>unix</c> and <c>abstract</c> are Unix sockets.
/// </remarks>
internal sealed class HttpOrigin
{
    private HttpOrigin(StreamDialer dialer, string host, string authority, bool isSecure)
    {
        Dialer = dialer;
        Host = host;
        Authority = authority;
        IsSecure = isSecure;
    }

    /// <summary>Makes its streams.</summary>
    public StreamDialer Dialer { get; }

    /// <summary>The value of Host: without the port where it is the scheme's own.</summary>
    public string Host { get; }

    /// <summary>Host and port, as a proxy is asked for them; empty for Unix sockets, which no proxy reaches.</summary>
    public string Authority { get; }

    public bool IsSecure { get; }

    /// <summary>Takes a URL apart; no I/O. An unknown scheme or a missing host is an invalid address.</summary>
    public static NngError Create(NngUrl url, out HttpOrigin? origin)
    {
        origin = null;
        string family = url.Scheme is [.., '4' or '6'] ? url.Scheme[^1..] : string.Empty;
        bool isSecure = url.Scheme[..^family.Length] is "https" or "wss";
        StreamDialer? dialer = null;
        NngError error = NngError.AddressInvalid;
        switch (url.Scheme[..^family.Length])
        {
            case "http" or "ws" or "https" or "wss" when url.HostName.Length > 0:
                error = CreateTcp(url, family, isSecure, out dialer);
                break;
            case "http+unix" when HttpListeners.TryUnixPath(url, out string path):
                error = CreateUnix(NngUrl.Parse("ipc://" + path), out dialer);
                break;
            case "ipc" or "unix":
            case "abstract" when OperatingSystem.IsLinux():
                error = CreateUnix(url, out dialer);
                break;
        }

        if (error != NngError.None)
            return error;
        string authority = url.IsOpaque || url.Scheme == "http+unix" ? string.Empty : $"{Bracketed(url)}:{url.Port}";
        origin = new HttpOrigin(dialer!, HttpRequest.HostOf(url), authority, isSecure);
        return NngError.None;
    }

    private static NngError CreateTcp(NngUrl url, string family, bool isSecure, out StreamDialer? dialer)
    {
        dialer = null;
        // To tcp that would be an address to come from (transports sheet, U-20), which is no part of these URLs (WS-9).
        if (url.HostName.Contains(';', StringComparison.Ordinal))
            return NngError.AddressInvalid;
        string text = $"{(isSecure ? "tls+tcp" : "tcp")}{family}://{Bracketed(url)}:{url.Port}";
        if (!NngUrl.TryParse(text, out NngUrl? target))
            return NngError.AddressInvalid;
        NngError error;
        if (isSecure)
        {
            error = TlsDialer.Create(target, out TlsDialer? tls);
            dialer = tls;
        }
        else
        {
            error = TcpDialer.Create(target, out TcpDialer? tcp);
            dialer = tcp;
        }

        return error;
    }

    private static NngError CreateUnix(NngUrl url, out StreamDialer? dialer)
    {
        NngError error = IpcAddress.Create(url, out IpcAddress? address);
        dialer = address is null ? null : new IpcDialer(address);
        return error;
    }

    private static string Bracketed(NngUrl url) =>
        url.HostName.Contains(':', StringComparison.Ordinal) ? $"[{url.HostName}]" : url.HostName;
}
