namespace Nng.Core;

/// <summary>What the options take and who has them, in words, for the text of errors.</summary>
internal static class OptionGuide
{
    private const string Flag = "a bool";
    private const string Span = "a TimeSpan: zero or more, or Timeout.InfiniteTimeSpan";
    private const string Depth = "an int from 0 to 8192 (pub, sub and bus: from 1)";
    private const string Topic = "bytes or a string";
    private const string ReadOnly = "nothing: it can only be read";
    private const string Lines = "a string: lines of a header, separated by CR LF";
    private const string HeaderText = "a string: the value of a header";
    private const string Sockets = "sockets";
    private const string Contexts = "sockets and contexts";
    private const string Dialers = "sockets and dialers";
    private const string Tcp = "sockets, tcp dialers and tcp listeners";
    private const string Tls = "sockets, and dialers and listeners over TLS";
    private const string Udp = "udp dialers and udp listeners, before they start";
    private const string IpcPipes = "ipc pipes";
    private const string Ws = "WebSocket dialers and listeners";
    private const string WsPipes = "WebSocket pipes and streams";

    /// <summary>The values that an option can be set to, and the objects that have it; null for unknown names.</summary>
    public static (string Takes, string Of)? Find(string name) => name switch
    {
        OptionNames.SocketName => ("a string of at most 63 bytes", Sockets),
        OptionNames.Raw or OptionNames.Protocol or OptionNames.ProtocolName or OptionNames.Peer or OptionNames.PeerName
            => (ReadOnly, Sockets),
        OptionNames.ReceiveTimeout or OptionNames.SendTimeout => (Span, Contexts),
        OptionNames.ReceiveBuffer => (Depth, "sockets and contexts of sub"),
        OptionNames.SendBuffer => (Depth, Sockets),
        OptionNames.ReceiveReadiness => (ReadOnly, "sockets that receive"),
        OptionNames.SendReadiness => (ReadOnly, "sockets that send"),
        OptionNames.MaxTtl => ("an int from 1 to 15", "sockets that count hops"),
        OptionNames.ReceiveMaxSize => (
            "a long: bytes, 0 for no limit, at most 4294967295", "sockets, dialers and listeners (not of inproc)"),
        OptionNames.ReconnectTimeMin or OptionNames.ReconnectTimeMax => (Span, Dialers),
        OptionNames.Url => (ReadOnly, "dialers, listeners and pipes"),
        OptionNames.LocalAddress => ("an NngAddress, on tcp dialers", "dialers, listeners and pipes"),
        OptionNames.RemoteAddress => (ReadOnly, "pipes"),
        OptionNames.TcpNoDelay or OptionNames.TcpKeepAlive => (Flag, Tcp),
        OptionNames.TcpBoundPort => (ReadOnly, "tcp listeners that have started"),
        OptionNames.BoundPort => (ReadOnly, "udp dialers and udp listeners that have started"),
        OptionNames.UdpCopyMax => ("a long: bytes, from 0 to 65000", Udp),
        OptionNames.UdpConnectRetry or OptionNames.UdpConnectExpire => ("a TimeSpan of at least 1 ms", Udp),
        OptionNames.UdpMaxPeers => ("a long: connections, 0 for no limit, at most 4294967295", Udp),
        OptionNames.IpcPermissions => (
            "an int from 0 to 4095: mode bits, before the listener starts", "sockets and ipc listeners"),
        OptionNames.IpcSecurityDescriptor => ("a security descriptor", "ipc listeners on Windows"),
        OptionNames.IpcPeerUid or OptionNames.IpcPeerGid or OptionNames.IpcPeerPid or OptionNames.IpcPeerZoneId
            => (ReadOnly, IpcPipes),
        OptionNames.SocketDescriptor => ("an int: the descriptor of a connected stream socket", "listeners at socket://"),
        OptionNames.TlsConfig => ("a TlsConfig of the endpoint's mode", Tls),
        OptionNames.TlsAuthMode => ("an int: 0 none, 1 optional, 2 required", Tls),
        OptionNames.TlsCaFile or OptionNames.TlsCertKeyFile => ("a string: the path of a PEM file", Tls),
        OptionNames.TlsServerName => ("a string of at most 255 characters", Tls),
        OptionNames.TlsVerified or OptionNames.TlsPeerCommonName or OptionNames.TlsPeerAlternativeNames
            or OptionNames.TlsPeer => (ReadOnly, "pipes and streams over TLS"),
        OptionNames.WsSendFrameMax or OptionNames.WsReceiveFrameMax => (
            "a long: bytes, 0 for no limit, at most 4294967295", Ws),
        OptionNames.WsProtocol => ("a string: tokens, separated by commas", Ws),
        OptionNames.WsSendText or OptionNames.WsReceiveText or OptionNames.WsCheckText or OptionNames.WsDeflate
            => (Flag, Ws),
        OptionNames.WsPingInterval or OptionNames.WsPingTimeout => (Span, Ws),
        OptionNames.WsOrigins => ("a string: origins, separated by commas", "WebSocket listeners"),
        OptionNames.WsRequestHeaders => (Lines, "WebSocket dialers, pipes and streams"),
        OptionNames.WsResponseHeaders => (Lines, "WebSocket listeners, pipes and streams"),
        OptionNames.WsRequestUri => (ReadOnly, WsPipes),
        _ when name.StartsWith(OptionNames.WsRequestHeader, System.StringComparison.Ordinal)
            => (HeaderText, "WebSocket dialers, pipes and streams"),
        _ when name.StartsWith(OptionNames.WsResponseHeader, System.StringComparison.Ordinal)
            => (HeaderText, "WebSocket listeners, pipes and streams"),
        OptionNames.PairPolyamorous => (ReadOnly, "polyamorous pair sockets"),
        OptionNames.SubSubscribe or OptionNames.SubUnsubscribe => (Topic, "sub sockets and their contexts"),
        OptionNames.SubPreferNew => (Flag, "sub sockets and their contexts"),
        OptionNames.ReqResendTime => (Span, "req sockets and their contexts"),
        OptionNames.ReqResendTick => ("a TimeSpan of at least 1 ms", "req sockets"),
        OptionNames.SurveyorSurveyTime => (Span, "surveyor sockets and their contexts"),
        _ => null,
    };

    /// <summary>Why an option could not be set, and what would do.</summary>
    public static string OfFailure(NngError error, string name)
    {
        if (Find(name) is not { } guide)
            return error == NngError.NotSupported ? $"{error.Text()}; no option has this name, see OptionNames."
                : $"{error.Text()}.";
        return error switch
        {
            NngError.NotSupported => $"{error.Text()} here; it is an option of {guide.Of}.",
            NngError.InvalidArgument or NngError.BadType or NngError.ReadOnly => $"{error.Text()}; it takes {guide.Takes}.",
            _ => $"{error.Text()}.",
        };
    }
}
