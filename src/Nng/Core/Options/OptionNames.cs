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

    /// <summary>Integer, 0 or 1 to 8192 messages: depth of the receive buffer, where the protocol has one.</summary>
    public const string ReceiveBuffer = "recv-buffer";

    /// <summary>Integer, 0 or 1 to 8192 messages: depth of the send buffer, where the protocol has one.</summary>
    public const string SendBuffer = "send-buffer";

    /// <summary>Object, read-only: the receive readiness of the socket (<see cref="Readiness"/>).</summary>
    public const string ReceiveReadiness = "recv-fd";

    /// <summary>Object, read-only: the send readiness of the socket (<see cref="Readiness"/>).</summary>
    public const string SendReadiness = "send-fd";

    /// <summary>Integer, 1 to 15, default 8: how many hops a message may have made.</summary>
    public const string MaxTtl = "ttl-max";

    /// <summary>Size in bytes, 0 = unlimited: larger inbound messages close their pipe. Default 1 MiB.</summary>
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

    /// <summary>Unsigned integer, ipc pipes: the peer's zone id (illumos only).</summary>
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
