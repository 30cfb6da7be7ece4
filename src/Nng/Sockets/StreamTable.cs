using Nng.Streams;
using Nng.WebSockets;

namespace Nng.Sockets;

/// <summary>The composition: which kind of byte stream serves which URL scheme.</summary>
internal static class StreamTable
{
    /// <summary>Makes a dialer; not supported for schemes without byte streams (transports sheet, 4.3).</summary>
    public static NngError CreateDialer(NngUrl url, out StreamDialer? dialer)
    {
        dialer = null;
        switch (url.Scheme)
        {
            case "tcp" or "tcp4" or "tcp6":
                NngError error = TcpDialer.Create(url, out TcpDialer? tcp);
                dialer = tcp;
                return error;
            case "tls+tcp" or "tls+tcp4" or "tls+tcp6":
                error = TlsDialer.Create(url, out TlsDialer? tls);
                dialer = tls;
                return error;
            case var scheme when WebSocketDialer.Serves(scheme):
                error = WebSocketDialer.Create(url, isMessageMode: false, out WebSocketDialer? ws);
                dialer = ws;
                return error;
            default:
                return IpcStreams.Serves(url.Scheme)
                    ? IpcStreams.CreateDialer(url, out dialer) : NngError.NotSupported;
        }
    }

    /// <summary>Makes a listener; not supported for schemes without byte streams.</summary>
    public static NngError CreateListener(NngUrl url, out StreamListener? listener)
    {
        listener = null;
        switch (url.Scheme)
        {
            case "tcp" or "tcp4" or "tcp6":
                NngError error = TcpListener.Create(url, out TcpListener? tcp);
                listener = tcp;
                return error;
            case "tls+tcp" or "tls+tcp4" or "tls+tcp6":
                error = TlsListener.Create(url, out TlsListener? tls);
                listener = tls;
                return error;
            case "socket":
                error = DescriptorListener.Create(url, out DescriptorListener? descriptors);
                listener = descriptors;
                return error;
            case var scheme when WebSocketDialer.Serves(scheme):
                error = WebSocketListener.Create(url, isMessageMode: false, out WebSocketListener? ws);
                listener = ws;
                return error;
            default:
                return IpcStreams.Serves(url.Scheme)
                    ? IpcStreams.CreateListener(url, out listener) : NngError.NotSupported;
        }
    }
}
