using System.Net.Sockets;
using Nng.Core;

namespace Nng.Streams;

/// <summary>Listens for TLS: TCP, and a server's handshake of each connection, beside accepting.</summary>
internal sealed class TlsListener : SocketStreamListener
{
    private readonly TcpListener _tcp;
    private readonly TlsEndpoint _tls = new(new TlsConfig(TlsMode.Server));

    private TlsListener(TcpListener tcp)
    {
        _tcp = tcp;
    }

    public override NngAddress LocalAddress => _tcp.LocalAddress;

    /// <summary>Checks the URL as for TCP.</summary>
    public static NngError Create(NngUrl url, out TlsListener? listener)
    {
        NngError error = TcpListener.Create(url, out TcpListener? tcp);
        listener = tcp is null ? null : new TlsListener(tcp);
        return error;
    }

    public override NngError GetOption(string name, out OptionValue value)
    {
        NngError error = _tcp.GetOption(name, out value);
        return error == NngError.NotSupported ? _tls.GetOption(name, out value) : error;
    }

    public override NngError SetOption(string name, OptionValue value)
    {
        NngError error = _tcp.SetOption(name, value);
        return error == NngError.NotSupported ? _tls.SetOption(name, value) : error;
    }

    public override NngError Bind(out Socket? socket) => _tcp.Bind(out socket);

    public override NngStream CreateStream(Socket accepted)
    {
        _tcp.Configure(accepted);
        return TlsStream.Create(accepted, _tls.Use());
    }

    /// <summary>The first accept freezes the configuration, not listening (L-7).</summary>
    protected override void OnAccepting() => _tls.Use();
}
