using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using Xunit.Sdk;

namespace Nng.TestKit;

/// <summary>A listening socket that hands out scripted peers for each dialer that comes.</summary>
public sealed class RawPeerListener : IDisposable
{
    private readonly Socket _socket;
    private readonly RawFraming _framing;
    private readonly string? _path;

    private RawPeerListener(Socket socket, RawFraming framing, string url, string? path)
    {
        _socket = socket;
        _framing = framing;
        _path = path;
        Url = url;
    }

    /// <summary>The address to dial, with the real port.</summary>
    public string Url { get; }

    /// <summary>Listens on a fresh address of the scheme.</summary>
    public static RawPeerListener For(string scheme, int backlog = 128) => On(ScratchUrl.For(scheme), backlog);

    /// <summary>Listens on a fresh loopback TCP port.</summary>
    public static RawPeerListener Tcp() => On("tcp://127.0.0.1:0");

    /// <summary>Listens on a fresh loopback TCP port for peers that speak TLS, which <see cref="TlsBridge"/> accepts.</summary>
    public static RawPeerListener OverTls()
    {
        RawPeerListener listener = Tcp();
        return new RawPeerListener(listener._socket, listener._framing, "tls+" + listener.Url, null);
    }

    /// <summary>Listens on a fresh Unix socket path.</summary>
    public static RawPeerListener Ipc() => For("ipc");

    /// <summary>Listens on the given tcp, ipc, unix or abstract address.</summary>
    public static RawPeerListener On(string url, int backlog = 128)
    {
        RawEndPoint target = RawEndPoint.Parse(url);
        Socket socket = target.CreateSocket();
        try
        {
            if (target.Address is IPEndPoint)
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            }

            socket.Bind(target.Address);
            socket.Listen(backlog);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        string actual = socket.LocalEndPoint is IPEndPoint bound ? $"{url[..url.IndexOf(':')]}://{bound}" : url;
        string? path = url.StartsWith("ipc://", StringComparison.Ordinal) ? url["ipc://".Length..] : null;
        return new RawPeerListener(socket, target.Framing, actual, path);
    }

    /// <summary>Takes the next connection, before any handshake byte.</summary>
    public RawPeer Accept(int timeoutMs = Eventually.DefaultTimeoutMs)
    {
        return _socket.Poll(TimeSpan.FromMilliseconds(timeoutMs), SelectMode.SelectRead)
            ? new RawPeer(_socket.Accept(), _framing)
            : throw new XunitException($"Nobody dialed {Url} within {timeoutMs} ms.");
    }

    /// <summary>WP(n) listening: takes the next connection and shakes hands as protocol <paramref name="protocol"/>.</summary>
    public RawPeer AcceptAs(int protocol, int timeoutMs = Eventually.DefaultTimeoutMs)
    {
        return Accept(timeoutMs).ShakenAs(protocol);
    }

    /// <summary>Stops listening; peers already accepted stay.</summary>
    public void Dispose()
    {
        _socket.Dispose();
        if (_path is not null)
        {
            File.Delete(_path);
        }
    }
}
