namespace Nng.Streams;

/// <summary>How the peer's certificate is verified. C type: <c>nng_tls_auth_mode</c>.</summary>
public enum TlsAuthMode
{
    /// <summary>
    /// Not at all: a client takes any server, a server asks for no certificate. The default of servers.
    /// </summary>
    None = 0,

    /// <summary>
    /// Verified, and told by <see cref="TlsPeer.IsVerified"/>, but the connection goes on whatever was found; a client
    /// need not present a certificate.
    /// </summary>
    Optional = 1,

    /// <summary>The handshake fails unless the certificate is there and valid. The default of clients.</summary>
    Required = 2,
}
