using System;
using System.Net;
using System.Net.Sockets;

namespace Nng.TestKit;

/// <summary>A stream URL turned into what the BCL connects to or binds, with the framing that goes with it.</summary>
internal readonly record struct RawEndPoint(EndPoint Address, RawFraming Framing)
{
    public static RawEndPoint Parse(string url)
    {
        int colon = url.IndexOf("://", StringComparison.Ordinal);
        string scheme = url[..colon];
        string rest = url[(colon + 3)..];
        return scheme switch
        {
            "tcp" or "tcp4" or "tcp6" => new RawEndPoint(IPEndPoint.Parse(rest), RawFraming.Tcp),
            "ipc" or "unix" => new RawEndPoint(new UnixDomainSocketEndPoint(rest), RawFraming.Ipc),
            "abstract" => new RawEndPoint(
                new UnixDomainSocketEndPoint("\0" + Uri.UnescapeDataString(rest)), RawFraming.Ipc),
            _ => throw new ArgumentException($"No raw peer for '{url}'.", nameof(url)),
        };
    }

    public Socket CreateSocket()
    {
        return Address is IPEndPoint
            ? new Socket(Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    }
}
