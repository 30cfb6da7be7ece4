using System;
using System.IO;

namespace Nng.Streams;

/// <summary>What the exceptions of a TLS session mean (transports sheet, 14.4).</summary>
/// <remarks>
/// The reasons stand in the numbers of the innermost exception: OpenSSL's packed error codes, whose last twelve bits
/// are the reason, with the peer's alerts from 1000 on; SChannel's status codes on Windows.
/// </remarks>
internal static class TlsErrors
{
    /// <summary>OpenSSL: alerts of the peer are reasons from here on (SSL_AD_REASON_OFFSET).</summary>
    private const int AlertReasons = 1000;

    /// <summary>OpenSSL: SSL_R_NO_SHARED_CIPHER.</summary>
    private const int NoSharedCipher = 193;

    /// <summary>OpenSSL: SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE.</summary>
    private const int NoPeerCertificate = 199;

    /// <summary>OpenSSL: its library number for TLS, in the bits above the reason (ERR_LIB_SSL, 20).</summary>
    private const int TlsLibrary = 20;

    /// <summary>A failure of an established session: a bad record, or an alert.</summary>
    public static NngError Of(Exception failure) =>
        IsAboutPeer(Innermost(failure).HResult) ? NngError.PeerAuthentication : NngError.Crypto;

    /// <summary>A failure of a handshake.</summary>
    /// <param name="failure">What it threw.</param>
    /// <param name="isOver">The peer has ended the connection.</param>
    public static NngError OfHandshake(Exception failure, bool isOver)
    {
        Exception cause = Innermost(failure);
        if (IsAboutPeer(cause.HResult))
            return NngError.PeerAuthentication;
        // Without a reason of its own the session has met the end of the connection.
        return isOver && cause is IOException ? NngError.ConnectionShutdown : NngError.Crypto;
    }

    private static Exception Innermost(Exception failure)
    {
        while (failure.InnerException is { } inner)
            failure = inner;
        return failure;
    }

    private static bool IsAboutPeer(int code)
    {
        // Both generations of OpenSSL have the library above bit 23 or 24, and the reason in the low bits.
        bool isOpenSsl = ((code >> 23) & 0xff) == TlsLibrary || ((code >> 24) & 0xff) == TlsLibrary;
        if (isOpenSsl)
        {
            int reason = code & 0xfff;
            return reason is NoSharedCipher or NoPeerCertificate
                || (reason >= AlertReasons && IsAboutPeerAlert(reason - AlertReasons));
        }

        // SEC_E_UNTRUSTED_ROOT, SEC_E_ILLEGAL_MESSAGE is not one, SEC_E_CERT_UNKNOWN, SEC_E_CERT_EXPIRED,
        // SEC_E_ALGORITHM_MISMATCH, CERT_E_REVOKED.
        return (uint)code is 0x80090325 or 0x80090327 or 0x80090328 or 0x80090331 or 0x800b010c;
    }

    /// <summary>Alerts about certificates and identities, and "handshake failure" (RFC 8446, 6.2).</summary>
    private static bool IsAboutPeerAlert(int alert) => alert is
        40 /* handshake_failure */ or 41 /* no_certificate, of old */ or 42 /* bad_certificate */
        or 43 /* unsupported_certificate */ or 44 /* certificate_revoked */ or 45 /* certificate_expired */
        or 46 /* certificate_unknown */ or 48 /* unknown_ca */ or 49 /* access_denied */
        or 112 /* unrecognized_name */ or 113 /* bad_certificate_status_response */ or 115 /* unknown_psk_identity */
        or 116 /* certificate_required */;
}
