using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.Streams;

/// <summary>Dials TCP: resolves at every dial and tries all addresses in order, as one attempt (TW-5).</summary>
internal sealed class TcpDialer : SocketStreamDialer
{
    private static readonly OptionTable<TcpDialer> s_options = new(
        OptionRows.Boolean<TcpDialer>(OptionNames.TcpNoDelay, d => d._noDelay, (d, on) => d._noDelay = on),
        OptionRows.Boolean<TcpDialer>(OptionNames.TcpKeepAlive, d => d._keepAlive, (d, on) => d._keepAlive = on),
        new OptionRow<TcpDialer>
        {
            Name = OptionNames.LocalAddress,
            Type = OptionType.Address,
            Get = d => OptionValue.Address(d._local is null ? NngAddress.Unspecified : NngAddress.Ip(d._local)),
            Set = SetLocal,
        });

    private readonly string _host;
    private readonly int _port;
    private readonly AddressFamily _family;

    /// <summary>Where connections come from; null lets the system choose.</summary>
    private IPEndPoint? _local;

    private bool _noDelay = true;
    private bool _keepAlive;

    private TcpDialer(string host, int port, AddressFamily family, IPEndPoint? local)
    {
        _host = host;
        _port = port;
        _family = family;
        _local = local;
    }

    /// <summary>
    /// Checks the URL: host and port are needed, path, query and user are not allowed; <c>source;host</c> names a
    /// local address, which is resolved now (U-20).
    /// </summary>
    public static NngError Create(NngUrl url, out TcpDialer? dialer)
    {
        dialer = null;
        if (!IsPlain(url) || url.HostName.Length == 0 || url.Port.Length == 0
            || !TcpAddresses.TryParsePort(url.Port, out int port))
            return NngError.AddressInvalid;
        AddressFamily family = TcpAddresses.FamilyOf(url.Scheme);
        string host = url.HostName;
        IPEndPoint? local = null;
        int semicolon = host.IndexOf(';', StringComparison.Ordinal);
        if (semicolon >= 0)
        {
            if (semicolon == 0 || semicolon == host.Length - 1
                || TcpAddresses.ResolveFirst(host[..semicolon], family, out IPAddress? source) != NngError.None)
                return NngError.AddressInvalid;
            local = new IPEndPoint(source!, 0);
            host = host[(semicolon + 1)..];
        }

        dialer = new TcpDialer(host, port, family, local);
        return NngError.None;
    }

    /// <summary>Path empty or a slash, nothing else (U-11).</summary>
    public static bool IsPlain(NngUrl url) =>
        url.Path is "" or "/" && url.Query is null && url.Fragment is null && url.UserInfo is null;

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    public override async ValueTask<(NngError Error, EndPoint[] EndPoints)> ResolveAsync(CancellationToken token)
    {
        // A local address reaches only those of its own family.
        AddressFamily family = _family == AddressFamily.Unspecified && _local is { } local ? local.AddressFamily : _family;
        (NngError error, IPAddress[] addresses) =
            await TcpAddresses.ResolveAsync(_host, family, token).ConfigureAwait(false);
        var endPoints = new EndPoint[addresses.Length];
        for (int i = 0; i < endPoints.Length; i++)
            endPoints[i] = new IPEndPoint(addresses[i], _port);
        return (error, endPoints);
    }

    public override Socket CreateSocket(EndPoint remote)
    {
        var socket = new Socket(remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (_local is { } local)
                socket.Bind(local);
            TcpStream.Configure(socket, _noDelay, _keepAlive);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override NngStream CreateStream(IoChannel channel) => TcpStream.Create(channel);

    private static NngError SetLocal(TcpDialer dialer, OptionValue value)
    {
        if (value.Reference is not NngAddress { EndPoint: { Port: 0 } local })
            return NngError.AddressInvalid;
        dialer._local = local;
        return NngError.None;
    }
}
