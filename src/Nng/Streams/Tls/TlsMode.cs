namespace Nng.Streams;

/// <summary>Which side of a TLS handshake a configuration is for. C type: <c>nng_tls_mode</c>.</summary>
public enum TlsMode
{
    /// <summary>Dialers.</summary>
    Client = 0,

    /// <summary>Listeners.</summary>
    Server = 1,
}
