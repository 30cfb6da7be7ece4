using System;
using System.Collections.Generic;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using Nng.Core;

namespace Nng.Streams;

/// <summary>
/// How TLS connections are made: own certificate, whom to trust, versions. C type: <c>nng_tls_config</c>.
/// </summary>
/// <remarks>
/// <para>
/// One configuration may serve many endpoints, of its mode. From the first dial or accept made with it, it is frozen:
/// every change is refused with <see cref="NngError.Busy"/>. What may change later, the own certificate, is asked from
/// <see cref="CertificateSelector"/> at each handshake.
/// </para>
/// <para>
/// Trusted is who is given: no system store is consulted, nothing is downloaded. There is no session resumption, no
/// renegotiation, no early data.
/// </para>
/// <para>Threading: every member is safe from any thread.</para>
/// </remarks>
public sealed partial class TlsConfig
{
    /// <summary>Longest server name (transports sheet, 14.1).</summary>
    private const int MaxServerName = 255;

    private readonly Lock _lock = new();
    private readonly List<X509Certificate2> _authorities = [];
    private readonly List<TlsRevocationList> _revocations = [];
    private readonly SslClientAuthenticationOptions? _givenClient;
    private readonly SslServerAuthenticationOptions? _givenServer;

    private TlsAuthMode _authMode;
    private string _serverName = string.Empty;
    private TlsVersion _minVersion = TlsVersion.Tls12;
    private TlsVersion _maxVersion = TlsVersion.Tls13;
    private SslStreamCertificateContext? _certificate;
    private Func<string, SslStreamCertificateContext?>? _selector;

    /// <summary>What it was at its first use; null before.</summary>
    private TlsSetup? _setup;

    /// <summary>Creates a configuration. C function: <c>nng_tls_config_alloc</c>.</summary>
    /// <param name="mode">For dialers or for listeners.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: neither.</exception>
    public TlsConfig(TlsMode mode)
    {
        if (mode is not (TlsMode.Client or TlsMode.Server))
            Throw.Error(NngError.InvalidArgument, $"There is no TLS mode {mode}.");
        Mode = mode;
        _authMode = mode == TlsMode.Client ? TlsAuthMode.Required : TlsAuthMode.None;
    }

    /// <summary>
    /// Creates a configuration for dialers from the platform's own options, which rule alone: the peer is verified as
    /// they say, and the setters here are not supported.
    /// </summary>
    /// <param name="options">Not to be changed any more. An empty target host is not replaced by the URL's.</param>
    public TlsConfig(SslClientAuthenticationOptions options)
        : this(TlsMode.Client)
    {
        ArgumentNullException.ThrowIfNull(options);
        _givenClient = options;
    }

    /// <summary>Creates a configuration for listeners from the platform's own options, which rule alone.</summary>
    /// <param name="options">Not to be changed any more.</param>
    public TlsConfig(SslServerAuthenticationOptions options)
        : this(TlsMode.Server)
    {
        ArgumentNullException.ThrowIfNull(options);
        _givenServer = options;
    }

    /// <summary>The name of the engine below. C function: <c>nng_tls_engine_name</c>.</summary>
    public static string EngineName => "sslstream";

    /// <summary>The engine and its runtime. C function: <c>nng_tls_engine_description</c>.</summary>
    public static string EngineDescription { get; } =
        $"SslStream of {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}";

    /// <summary>For dialers or for listeners.</summary>
    public TlsMode Mode { get; }

    /// <summary>It has been used and can no longer be changed.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_lock)
                return _setup is not null;
        }
    }

    /// <summary>
    /// How the peer is verified. Default: <see cref="TlsAuthMode.Required"/> for clients,
    /// <see cref="TlsAuthMode.None"/> for servers. C function: <c>nng_tls_config_auth_mode</c>.
    /// </summary>
    /// <exception cref="NngException">
    /// Set: <see cref="NngError.InvalidArgument"/> (no such mode), <see cref="NngError.Busy"/>.
    /// </exception>
    public TlsAuthMode AuthMode
    {
        get
        {
            lock (_lock)
                return _authMode;
        }

        set
        {
            if (value is < TlsAuthMode.None or > TlsAuthMode.Required)
                Throw.Error(NngError.InvalidArgument, $"There is no TLS authentication mode {(int)value}.");
            lock (_lock)
            {
                CheckLocked();
                _authMode = value;
            }
        }
    }

    /// <summary>
    /// Clients: the name that is asked for and that the server's certificate must be for; empty for neither. A
    /// dialer's own configuration starts with its URL's host. C function: <c>nng_tls_config_server_name</c>.
    /// </summary>
    /// <exception cref="NngException">
    /// Set: <see cref="NngError.Crypto"/> (longer than 255 characters), <see cref="NngError.Busy"/>.
    /// </exception>
    public string ServerName
    {
        get
        {
            lock (_lock)
                return _serverName;
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Length > MaxServerName)
                Throw.Error(NngError.Crypto, $"A server name of {value.Length} characters is longer than {MaxServerName}.");
            lock (_lock)
            {
                CheckLocked();
                _serverName = value;
            }
        }
    }

    /// <summary>The oldest version that is spoken; default TLS 1.2.</summary>
    public TlsVersion MinVersion
    {
        get
        {
            lock (_lock)
                return _minVersion;
        }
    }

    /// <summary>The newest version that is spoken; default TLS 1.3.</summary>
    public TlsVersion MaxVersion
    {
        get
        {
            lock (_lock)
                return _maxVersion;
        }
    }

    /// <summary>
    /// Asked at each handshake for the own certificate, so that it can be renewed while endpoints run; null, or a null
    /// answer, for the one that was set. The argument is the server name: the one a client asked for (a listener), or
    /// <see cref="ServerName"/> (a dialer). Called on the thread pool, several at a time; an exception fails the
    /// handshake.
    /// </summary>
    /// <exception cref="NngException">Set: <see cref="NngError.Busy"/>.</exception>
    public Func<string, SslStreamCertificateContext?>? CertificateSelector
    {
        get
        {
            lock (_lock)
                return _selector;
        }

        set
        {
            lock (_lock)
            {
                CheckLocked();
                _selector = value;
            }
        }
    }

    /// <summary>Sets the versions that are spoken. C function: <c>nng_tls_config_version</c>.</summary>
    /// <param name="min">TLS 1.2 or 1.3.</param>
    /// <param name="max">At least <paramref name="min"/>.</param>
    /// <exception cref="NngException">
    /// <see cref="NngError.NotSupported"/>: 1.0, 1.1, no such version, or an empty range; <see cref="NngError.Busy"/>.
    /// </exception>
    public void SetVersions(TlsVersion min, TlsVersion max)
    {
        if (min is not (TlsVersion.Tls12 or TlsVersion.Tls13) || max is not (TlsVersion.Tls12 or TlsVersion.Tls13)
            || min > max)
            Throw.Error(NngError.NotSupported, $"TLS from version {min} to {max} is not supported: 1.2 and 1.3 are.");
        lock (_lock)
        {
            CheckLocked();
            _minVersion = min;
            _maxVersion = max;
        }
    }

    /// <summary>
    /// Would add a key shared beforehand; the platform's TLS has no such cipher suites. C function:
    /// <c>nng_tls_config_psk</c>.
    /// </summary>
    /// <param name="identity">Whose key it is.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="NngException">Always: <see cref="NngError.NotSupported"/>.</exception>
    public void SetPreSharedKey(string identity, ReadOnlySpan<byte> key)
    {
        ArgumentNullException.ThrowIfNull(identity);
        lock (_lock)
            CheckLocked();
        Throw.Error(
            NngError.NotSupported,
            $"The shared key of '{identity}' ({key.Length} bytes) cannot be used: SslStream offers no PSK cipher suites.");
    }

    /// <summary>Freezes the configuration and tells what it is.</summary>
    internal TlsSetup Use()
    {
        lock (_lock)
        {
            return _setup ??= new TlsSetup
            {
                Mode = Mode,
                AuthMode = _authMode,
                ServerName = _serverName,
                Protocols = Protocol(TlsVersion.Tls12, SslProtocols.Tls12) | Protocol(TlsVersion.Tls13, SslProtocols.Tls13),
                Trust = new TlsTrust(_authorities, _revocations),
                Certificate = _certificate,
                CertificateSelector = _selector,
                GivenClient = _givenClient,
                GivenServer = _givenServer,
            };
        }
    }

    private SslProtocols Protocol(TlsVersion version, SslProtocols protocol) =>
        version >= _minVersion && version <= _maxVersion ? protocol : SslProtocols.None;

    /// <summary>Refuses a change of what is in use, or ruled by the platform's options.</summary>
    private void CheckLocked()
    {
        if (_setup is not null)
            Throw.Error(NngError.Busy, "The TLS configuration is in use and can no longer be changed.");
        if (_givenClient is not null || _givenServer is not null)
            Throw.Error(NngError.NotSupported, "The TLS configuration was made from the platform's options, which rule alone.");
    }
}
