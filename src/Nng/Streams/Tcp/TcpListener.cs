using System.Net;
using System.Net.Sockets;
using Nng.Core;

namespace Nng.Streams;

/// <summary>Listens on TCP: a literal or named address, or all addresses, dual-stack where there is IPv6 (U-18).</summary>
internal sealed class TcpListener : SocketStreamListener
{
    private static readonly OptionTable<TcpListener> s_options = new(
        OptionRows.Boolean<TcpListener>(OptionNames.TcpNoDelay, l => l._noDelay, (l, on) => l._noDelay = on),
        OptionRows.Boolean<TcpListener>(OptionNames.TcpKeepAlive, l => l._keepAlive, (l, on) => l._keepAlive = on),
        new OptionRow<TcpListener>
        {
            Name = OptionNames.LocalAddress,
            Type = OptionType.Address,
            Get = l => OptionValue.Address(l.LocalAddress),
        },
        new OptionRow<TcpListener>
        {
            Name = OptionNames.TcpBoundPort,
            Type = OptionType.Int32,
            TryGet = GetBoundPort,
        });

    /// <summary>The address to bind; null for all.</summary>
    private readonly IPAddress? _address;

    private readonly int _port;
    private readonly AddressFamily _family;
    private NngAddress _local = NngAddress.Unspecified;
    private bool _noDelay = true;
    private bool _keepAlive;

    private TcpListener(IPAddress? address, int port, AddressFamily family)
    {
        _address = address;
        _port = port;
        _family = family;
    }

    public override NngAddress LocalAddress => _local;

    /// <summary>Checks the URL and resolves its host; an empty host is all addresses, port 0 lets the system choose.</summary>
    public static NngError Create(NngUrl url, out TcpListener? listener)
    {
        listener = null;
        AddressFamily family = TcpAddresses.FamilyOf(url.Scheme);
        if (!TcpDialer.IsPlain(url) || !TcpAddresses.TryParsePort(url.Port, out int port)
            || url.HostName.Contains(';', System.StringComparison.Ordinal))
            return NngError.AddressInvalid;
        IPAddress? address = null;
        if (url.HostName.Length > 0)
        {
            NngError error = TcpAddresses.ResolveFirst(url.HostName, family, out address);
            if (error != NngError.None)
                return error;
        }

        listener = new TcpListener(address, port, family);
        return NngError.None;
    }

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    public override NngError Bind(out Socket? socket)
    {
        socket = CreateSocket(out IPAddress address);
        try
        {
            socket.Bind(new IPEndPoint(address, _port));
            socket.Listen(Backlog);
            _local = NngAddress.Ip((IPEndPoint)socket.LocalEndPoint!);
            return NngError.None;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override NngStream CreateStream(Socket accepted)
    {
        Configure(accepted);
        return TcpStream.Create(accepted);
    }

    /// <summary>Gives a new connection the listener's options.</summary>
    public void Configure(Socket accepted) => TcpStream.Configure(accepted, _noDelay, _keepAlive);

    private Socket CreateSocket(out IPAddress address)
    {
        address = _address ?? IPAddress.Any;
        AddressFamily family = _address?.AddressFamily ?? _family;
        if (family == AddressFamily.Unspecified)
        {
            if (Socket.OSSupportsIPv6)
            {
                address = IPAddress.IPv6Any;
                return New(AddressFamily.InterNetworkV6, dualMode: true);
            }

            family = AddressFamily.InterNetwork;
        }

        if (_address is null && family == AddressFamily.InterNetworkV6)
            address = IPAddress.IPv6Any;
        return New(family, dualMode: false);
    }

    private static Socket New(AddressFamily family, bool dualMode)
    {
        var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
        if (family == AddressFamily.InterNetworkV6)
            socket.DualMode = dualMode;
        if (System.OperatingSystem.IsWindows())
            socket.ExclusiveAddressUse = true;
        return socket;
    }

    private static NngError GetBoundPort(TcpListener listener, out OptionValue value)
    {
        value = OptionValue.Int32(listener._local.Port);
        return listener._local.Kind == AddressKind.Unspecified ? NngError.IncorrectState : NngError.None;
    }
}
