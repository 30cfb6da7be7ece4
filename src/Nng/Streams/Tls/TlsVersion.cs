namespace Nng.Streams;

/// <summary>A version of the protocol, with its number on the wire. C type: <c>nng_tls_version</c>.</summary>
public enum TlsVersion
{
    /// <summary>TLS 1.0; no longer supported (RFC 8996).</summary>
    Tls10 = 0x301,

    /// <summary>TLS 1.1; no longer supported (RFC 8996).</summary>
    Tls11 = 0x302,

    /// <summary>TLS 1.2 (RFC 5246).</summary>
    Tls12 = 0x303,

    /// <summary>TLS 1.3 (RFC 8446).</summary>
    Tls13 = 0x304,
}
