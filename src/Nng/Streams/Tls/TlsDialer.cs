using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.Streams;

/// <summary>Dials TLS: TCP, and a client's handshake that begins when the connection is up.</summary>
internal sealed class TlsDialer : SocketStreamDialer
{
    private readonly TcpDialer _tcp;
    private readonly TlsEndpoint _tls;

    private TlsDialer(TcpDialer tcp, TlsEndpoint tls)
    {
        _tcp = tcp;
        _tls = tls;
    }

    /// <summary>Checks the URL as for TCP; the server name starts as the host that is dialled (L-14, U-23).</summary>
    public static NngError Create(NngUrl url, out TlsDialer? dialer)
    {
        dialer = null;
        NngError error = TcpDialer.Create(url, out TcpDialer? tcp);
        if (error != NngError.None)
            return error;
        string host = url.HostName[(url.HostName.IndexOf(';', StringComparison.Ordinal) + 1)..];
        var config = new TlsConfig(TlsMode.Client) { ServerName = host };
        dialer = new TlsDialer(tcp!, new TlsEndpoint(config));
        return NngError.None;
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

    public override ValueTask<(NngError Error, EndPoint[] EndPoints)> ResolveAsync(CancellationToken token)
    {
        _tls.Use();
        return _tcp.ResolveAsync(token);
    }

    public override Socket CreateSocket(EndPoint remote) => _tcp.CreateSocket(remote);

    public override NngStream CreateStream(IoChannel channel) => TlsStream.Create(channel, _tls.Use());
}
