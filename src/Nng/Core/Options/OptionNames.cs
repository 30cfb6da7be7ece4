namespace Nng;

/// <summary>The names of the options, as the C library spells them (<c>NNG_OPT_*</c>).</summary>
public static class OptionNames
{
    /// <summary>Text, read-write on sockets, at most 63 bytes: a name for people. Default: the socket's id.</summary>
    public const string SocketName = "socket-name";

    /// <summary>Boolean, read-only: the socket is raw.</summary>
    public const string Raw = "raw";

    /// <summary>Integer, read-only: the socket's protocol number.</summary>
    public const string Protocol = "protocol";

    /// <summary>Text, read-only: the socket's protocol name.</summary>
    public const string ProtocolName = "protocol-name";

    /// <summary>Integer, read-only: the peers' protocol number.</summary>
    public const string Peer = "peer";

    /// <summary>Text, read-only: the peers' protocol name.</summary>
    public const string PeerName = "peer-name";

    /// <summary>Duration, sockets and contexts: how long a receive waits. Default infinite.</summary>
    public const string ReceiveTimeout = "recv-timeout";

    /// <summary>Duration, sockets and contexts: how long a send waits. Default infinite.</summary>
    public const string SendTimeout = "send-timeout";

    /// <summary>Integer, 0 or 1 to 8192 messages: depth of the receive buffer, where the protocol or a sub context has one.</summary>
    public const string ReceiveBuffer = "recv-buffer";

    /// <summary>Integer, 0 or 1 to 8192 messages: depth of the send buffer, where the protocol has one.</summary>
    public const string SendBuffer = "send-buffer";

    /// <summary>Object, read-only: the receive readiness of the socket (<see cref="Readiness"/>).</summary>
    public const string ReceiveReadiness = "recv-fd";

    /// <summary>Object, read-only: the send readiness of the socket (<see cref="Readiness"/>).</summary>
    public const string SendReadiness = "send-fd";

    /// <summary>Integer, 1 to 15, default 8: how many hops a message may have made.</summary>
    public const string MaxTtl = "ttl-max";

    /// <summary>
    /// Size in bytes, 0 = unlimited: larger inbound messages close their pipe. Default 1 MiB; at <c>udp://</c> 65000, which
    /// is the most there.
    /// </summary>
    public const string ReceiveMaxSize = "recv-size-max";

    /// <summary>Duration, dialers: first bound of the random redial delay. Default 1000 ms.</summary>
    public const string ReconnectTimeMin = "reconnect-time-min";

    /// <summary>Duration, dialers: ceiling of the doubling redial delay; 0 = no growth. Default 0.</summary>
    public const string ReconnectTimeMax = "reconnect-time-max";

    /// <summary>Text, read-only: the endpoint's URL, with the real port after listening.</summary>
    public const string Url = "url";

    /// <summary>Address: the local end.</summary>
    public const string LocalAddress = "local-address";

    /// <summary>Address, pipes: the remote end.</summary>
    public const string RemoteAddress = "remote-address";

    /// <summary>Boolean: no delay for small segments. Default true.</summary>
    public const string TcpNoDelay = "tcp-nodelay";

    /// <summary>Boolean: TCP keep-alive. Default false.</summary>
    public const string TcpKeepAlive = "tcp-keepalive";

    /// <summary>Integer, read-only, listeners: the bound port; an incorrect state before the start.</summary>
    public const string TcpBoundPort = "tcp-bound-port";

    /// <summary>
    /// Integer, read-only, dialers and listeners at <c>udp://</c> (experimental): the bound port; an incorrect state
    /// before there is one.
    /// </summary>
    public const string BoundPort = "bound-port";

    /// <summary>
    /// Size in bytes, 0 to 65000, dialers and listeners at <c>udp://</c> (experimental), before the start: received
    /// messages up to it are copied into memory of their size; longer ones, if they fill more than half of the buffer of
    /// <c>recv-size-max</c> into which they were received, keep it. Default 1024.
    /// </summary>
    public const string UdpCopyMax = "udp:copy-max";

    /// <summary>
    /// Duration, at least 1 ms, dialers and listeners at <c>udp://</c> (experimental), before the start: how often a
    /// dialer asks until it is answered. Default 200 ms. Without effect on listeners.
    /// </summary>
    public const string UdpConnectRetry = "udp:conn-retry";

    /// <summary>
    /// Duration, at least 1 ms, dialers and listeners at <c>udp://</c> (experimental), before the start: how long a
    /// dialer asks before the attempt has timed out. Default 5 s. Without effect on listeners.
    /// </summary>
    public const string UdpConnectExpire = "udp:conn-expire";

    /// <summary>
    /// Size in connections, 0 = unlimited, dialers and listeners at <c>udp://</c> (experimental), before the start: a
    /// listener refuses peers beyond it. Default 1024. Without effect on dialers.
    /// </summary>
    public const string UdpMaxPeers = "udp:max-peers";

    /// <summary>Integer, write-only, ipc listeners: mode bits of the socket file, 0 to 07777.</summary>
    public const string IpcPermissions = "ipc:permissions";

    /// <summary>
    /// Object, write-only, ipc listeners on Windows before the start: who may connect to the named pipe, a
    /// <c>System.IO.Pipes.PipeSecurity</c>. Default: the system's.
    /// </summary>
    public const string IpcSecurityDescriptor = "ipc:security-descriptor";

    /// <summary>Unsigned integer, ipc pipes: the peer's user id.</summary>
    public const string IpcPeerUid = "ipc:peer-uid";

    /// <summary>Unsigned integer, ipc pipes: the peer's group id.</summary>
    public const string IpcPeerGid = "ipc:peer-gid";

    /// <summary>Unsigned integer, ipc pipes: the peer's process id.</summary>
    public const string IpcPeerPid = "ipc:peer-pid";

    /// <summary>The C library's name for the zone of an ipc peer on illumos; here no pipe has it.</summary>
    public const string IpcPeerZoneId = "ipc:peer-zoneid";

    /// <summary>
    /// Integer, write-only, listeners at <c>socket://</c>: hands in the descriptor of a connected stream socket, which
    /// belongs to the listener from then on. Any number of times; at most 16 wait.
    /// </summary>
    public const string SocketDescriptor = "socket:fd";

    /// <summary>
    /// Object, TLS dialers and listeners: the configuration (<see cref="Streams.TlsConfig"/>), of the endpoint's mode.
    /// Default: one of the endpoint's own.
    /// </summary>
    public const string TlsConfig = "tls-config";

    /// <summary>Integer, write-only, TLS dialers and listeners: 0 none, 1 optional, 2 required; on the configuration.</summary>
    public const string TlsAuthMode = "tls-authmode";

    /// <summary>Text, write-only, TLS dialers and listeners: a PEM file of authorities to trust.</summary>
    public const string TlsCaFile = "tls-ca-file";

    /// <summary>Text, write-only, TLS dialers and listeners: a PEM file with the own certificate and key.</summary>
    public const string TlsCertKeyFile = "tls-cert-key-file";

    /// <summary>Text, write-only, TLS dialers: the name to ask for and to check. Default: the URL's host.</summary>
    public const string TlsServerName = "tls-server-name";

    /// <summary>Boolean, read-only, TLS pipes and streams: the peer's certificate was verified.</summary>
    public const string TlsVerified = "tls-verified";

    /// <summary>Text, read-only, TLS pipes and streams: the common name of the peer; null for none.</summary>
    public const string TlsPeerCommonName = "tls-peer-cn";

    /// <summary>Object, read-only, TLS pipes and streams: the alternative names of the peer, a list of texts.</summary>
    public const string TlsPeerAlternativeNames = "tls-peer-alt-names";

    /// <summary>Object, read-only, TLS pipes and streams: all of it, a <see cref="Streams.TlsPeer"/>; null for none.</summary>
    public const string TlsPeer = "tls-peer";

    /// <summary>
    /// Size in bytes, 0 = unlimited, WebSocket dialers and listeners: longer messages go out in fragments of this size,
    /// and a send of a stream takes at most as many bytes. Default 65536.
    /// </summary>
    public const string WsSendFrameMax = "ws:txframe-max";

    /// <summary>
    /// Size in bytes, 0 = unlimited, WebSocket dialers and listeners: a longer frame ends its connection (close code
    /// 1009). Default 1 MiB, or <see cref="ReceiveMaxSize"/> where that is more.
    /// </summary>
    public const string WsReceiveFrameMax = "ws:rxframe-max";

    /// <summary>
    /// Text, WebSocket dialers and listeners: the subprotocol, several separated by commas. A listener refuses clients
    /// that offer none of them, a dialer servers that choose none. Default: SP's own name; none for streams.
    /// </summary>
    public const string WsProtocol = "ws:protocol";

    /// <summary>Boolean, WebSocket dialers, listeners and streams: messages go out as text. Default false.</summary>
    public const string WsSendText = "ws:send-text";

    /// <summary>
    /// Boolean, WebSocket dialers, listeners and streams: text messages are taken like binary ones. Default false: they
    /// end the connection (close code 1003).
    /// </summary>
    public const string WsReceiveText = "ws:recv-text";

    /// <summary>
    /// Boolean, WebSocket dialers and listeners: text messages that are not UTF-8 end the connection (close code 1007).
    /// Default false, because peers of the C library send any bytes as text.
    /// </summary>
    public const string WsCheckText = "ws:check-text";

    /// <summary>
    /// Boolean, WebSocket dialers and listeners: offers, or accepts, compression of each message (permessage-deflate,
    /// RFC 7692). It costs about 300 KiB of memory for a connection. Default false.
    /// </summary>
    public const string WsDeflate = "ws:deflate";

    /// <summary>
    /// Duration, WebSocket dialers and listeners: a peer that is silent for so long is sent a ping; 0 or infinite for
    /// never. Default 0. What is not received because nobody asks for it is no silence of the peer.
    /// </summary>
    public const string WsPingInterval = "ws:ping-interval";

    /// <summary>
    /// Duration, WebSocket dialers and listeners: a peer that stays silent for so long after a ping is given up
    /// (<see cref="NngError.TimedOut"/>). A peer that does not read does not answer. Default 10 s.
    /// </summary>
    public const string WsPingTimeout = "ws:ping-timeout";

    /// <summary>
    /// Text, WebSocket listeners: the origins of pages whose browsers may connect, for example
    /// <c>https://example.org</c>, several separated by commas; <c>same</c> stands for the server's own host. Clients
    /// that name no origin, which browsers always do, are not concerned. Default empty: any.
    /// </summary>
    public const string WsOrigins = "ws:origins";

    /// <summary>
    /// Text. WebSocket dialers, write-only: lines of <c>Name: value</c>, separated by CR LF, that are added to the
    /// request. Pipes and streams, read-only: all lines of the request.
    /// </summary>
    public const string WsRequestHeaders = "ws:request-headers";

    /// <summary>The same for the response: listeners write, pipes and streams read.</summary>
    public const string WsResponseHeaders = "ws:response-headers";

    /// <summary>
    /// With the name of a header behind it. Text. WebSocket dialers, write-only: sets a header of the request. Pipes and
    /// streams, read-only: its value; not found when there is none.
    /// </summary>
    public const string WsRequestHeader = "ws:request-header:";

    /// <summary>The same for the response: listeners write, pipes and streams read.</summary>
    public const string WsResponseHeader = "ws:response-header:";

    /// <summary>Text, read-only, WebSocket pipes and streams: the target of the request.</summary>
    public const string WsRequestUri = "ws:request-uri";

    /// <summary>Boolean, read-only, polyamorous pair sockets.</summary>
    public const string PairPolyamorous = "pair1:polyamorous";

    /// <summary>Bytes, write-only, sub sockets and contexts: adds a topic.</summary>
    public const string SubSubscribe = "sub:subscribe";

    /// <summary>Bytes, write-only, sub sockets and contexts: removes a topic.</summary>
    public const string SubUnsubscribe = "sub:unsubscribe";

    /// <summary>Boolean, sub sockets and contexts: a full buffer drops its oldest message. Default true.</summary>
    public const string SubPreferNew = "sub:prefnew";

    /// <summary>Duration, req sockets and contexts: a request is sent again after this; 0 or -1 never. 60 s.</summary>
    public const string ReqResendTime = "req:resend-time";

    /// <summary>Duration, req sockets: how often due requests are looked for, at least 1 ms. Default 1 s.</summary>
    public const string ReqResendTick = "req:resend-tick";

    /// <summary>Duration, surveyor sockets and contexts: how long a survey takes answers. Default 1 s.</summary>
    public const string SurveyorSurveyTime = "surveyor:survey-time";
}
