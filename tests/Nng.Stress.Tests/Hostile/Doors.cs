using System;
using System.Net.Sockets;
using Nng.TestKit;

namespace Nng.Stress.Tests.Hostile;

/// <summary>
/// Opens endpoints of any scheme, with the shared test certificates where there is TLS, and connects scripts that speak in
/// the clear to them.
/// </summary>
internal static class Doors
{
    /// <summary>Sessions of scripts at a time.</summary>
    private const int MostBridges = 1000;

    public static bool IsSecure(string url) =>
        url.StartsWith("tls", StringComparison.Ordinal) || url.StartsWith("wss", StringComparison.Ordinal);

    public static bool IsWebSocket(string url) => url.StartsWith("ws", StringComparison.Ordinal);

    /// <summary>Listens at a fresh address; returns it.</summary>
    public static string Listen(NngSocket socket, string scheme, Action<Listener>? configure = null)
    {
        Listener listener = socket.CreateListener(ScratchUrl.For(scheme) + (IsWebSocket(scheme) ? "/sp" : string.Empty));
        if (IsSecure(scheme))
            listener.SetOption(OptionNames.TlsConfig, TestAuthority.Server.ServerConfig());
        configure?.Invoke(listener);
        listener.Start();
        return listener.Url;
    }

    /// <summary>Connects a socket.</summary>
    public static Dialer Dial(NngSocket socket, string url, Action<Dialer>? configure = null)
    {
        Dialer dialer = CreateDialer(socket, url, configure);
        dialer.StartPatiently();
        return dialer;
    }

    /// <summary>A dialer that is not started yet.</summary>
    public static Dialer CreateDialer(NngSocket socket, string url, Action<Dialer>? configure = null)
    {
        Dialer dialer = socket.CreateDialer(url);
        if (IsSecure(url))
            dialer.SetOption(OptionNames.TlsConfig, TestIdentity.ClientConfig(TestAuthority.Shared));
        configure?.Invoke(dialer);
        return dialer;
    }

    /// <summary>
    /// Connects a script to a listener; TLS is done for it. Scripts are faster than handshakes: those that are under way
    /// must not use up the descriptors.
    /// </summary>
    public static RawPeer Connect(string url)
    {
        if (!IsSecure(url))
            return RawPeer.Dial(TcpOf(url));
        Eventually.True(() => TlsBridge.Live < MostBridges, "earlier sessions of scripts end", 60_000);
        return TlsBridge.Dial("tls+" + TcpOf(url));
    }

    /// <summary>Connects a script below TLS and WebSocket.</summary>
    public static RawPeer ConnectBelow(string url) => RawPeer.Dial(TcpOf(url));

    /// <summary>What a script listens with for dialers of a scheme over TCP, and their URL.</summary>
    public static RawPeerListener HostileListener(string scheme, out string url)
    {
        RawPeerListener listener = RawPeerListener.Tcp();
        url = scheme + listener.Url["tcp".Length..];
        return listener;
    }

    /// <summary>The script's end of the next connection of a dialer of a scheme; TLS is done for it.</summary>
    public static RawPeer Accept(RawPeerListener listener, string scheme)
    {
        int timeoutMs = (int)GoodTraffic.Patience.TotalMilliseconds;
        return IsSecure(scheme) ? TlsBridge.Accept(listener, timeoutMs) : listener.Accept(timeoutMs);
    }

    private static string TcpOf(string url) => IsWebSocket(url) || IsSecure(url)
        ? "tcp://" + new Uri(url).Authority : url;
}
