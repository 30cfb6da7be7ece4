using System;
using Nng.Streams;

namespace Nng.Http;

/// <summary>Which byte streams carry the schemes of HTTP servers.</summary>
internal static class HttpListeners
{
    /// <summary>The scheme means TLS.</summary>
    public static bool IsSecure(NngUrl url) => url.Scheme is "https" or "https4" or "https6" or "wss" or "wss4" or "wss6";

    /// <summary>
    /// Makes a listener, not bound yet; host names are resolved now. <c>http</c> and <c>ws</c> are TCP,
    /// <c>https</c> and <c>wss</c> are TLS over it; <c>http+unix</c>, <c>ipc</c>, <c>unix</c> and <c>abstract</c> are Unix sockets.
    /// </summary>
    public static NngError Create(NngUrl url, out StreamListener? listener)
    {
        listener = null;
        switch (url.Scheme)
        {
            case "http" or "http4" or "http6" or "ws" or "ws4" or "ws6":
                NngError error = NngError.AddressInvalid;
                if (NngUrl.TryParse(TcpUrl(url), out NngUrl? tcp))
                {
                    error = TcpListener.Create(tcp, out TcpListener? made);
                    listener = made;
                }

                return error;
            case "https" or "https4" or "https6" or "wss" or "wss4" or "wss6":
                error = NngError.AddressInvalid;
                if (NngUrl.TryParse(TcpUrl(url), out tcp))
                {
                    error = TlsListener.Create(tcp, out TlsListener? made);
                    listener = made;
                }

                return error;
            case "http+unix":
                return TryUnixPath(url, out string path)
                    ? CreateUnix(NngUrl.Parse("ipc://" + path), out listener) : NngError.AddressInvalid;
            case "ipc" or "unix":
            case "abstract" when OperatingSystem.IsLinux():
                return CreateUnix(url, out listener);
            default:
                return NngError.AddressInvalid;
        }
    }

    /// <summary>
    /// The socket's path: percent-encoded in the place of the host (<c>http+unix://%2Ftmp%2Fa.sock/</c>), or the whole
    /// path when there is no host (<c>http+unix:///tmp/a.sock</c>).
    /// </summary>
    public static bool TryUnixPath(NngUrl url, out string path)
    {
        string rest = url.Raw[(url.Raw.IndexOf("://", StringComparison.Ordinal) + 3)..];
        int end = rest.IndexOfAny(['/', '?', '#']);
        string host = end < 0 ? rest : rest[..end];
        path = host.Length > 0 ? Uri.UnescapeDataString(host) : url.Path;
        return path.Length > 1 && !path.Contains('\0', StringComparison.Ordinal);
    }

    private static NngError CreateUnix(NngUrl url, out StreamListener? listener)
    {
        NngError error = IpcAddress.Create(url, out IpcAddress? address);
        listener = address is null ? null : new IpcListener(address);
        return error;
    }

    private static string TcpUrl(NngUrl url)
    {
        string family = url.Scheme is [.., '4' or '6'] ? url.Scheme[^1..] : string.Empty;
        string host = url.HostName.Contains(':', StringComparison.Ordinal) ? $"[{url.HostName}]" : url.HostName;
        return $"tcp{family}://{host}:{url.Port}";
    }
}
