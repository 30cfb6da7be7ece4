using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Nng.Streams;

/// <summary>What one handshake has found about its peer.</summary>
/// <remarks>Threading: filled by the handshake, read when it has ended.</remarks>
internal sealed class TlsVerdict(TlsSetup setup)
{
    /// <summary>A certificate was presented, verified, and nothing was found against it.</summary>
    public bool IsVerified { get; private set; }

    /// <summary>The handshake fails because of what was found.</summary>
    public bool IsRejected { get; private set; }

    /// <summary>The peer's certificate, DER; null for none.</summary>
    public byte[]? Certificate { get; private set; }

    /// <summary>The session's callback: judges, by the configuration's rules, what its own look has found.</summary>
    public bool Judge(object session, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Certificate = certificate?.GetRawCertData();
        if (setup.AuthMode == TlsAuthMode.None)
            return true;
        IsVerified = certificate is not null && chain is not null && setup.Trust.Accepts(chain)
            && (!setup.ChecksName || (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0);
        IsRejected = !IsVerified && setup.AuthMode == TlsAuthMode.Required;
        return !IsRejected;
    }

    /// <summary>The same when the application brought its own rules: its callback's verdict, or else the platform's.</summary>
    public bool JudgeBy(
        RemoteCertificateValidationCallback? callback,
        object session,
        X509Certificate? certificate,
        X509Chain? chain,
        SslPolicyErrors errors,
        bool isNeeded)
    {
        Certificate = certificate?.GetRawCertData();
        bool accepted = callback?.Invoke(session, certificate, chain, errors)
            ?? (errors == SslPolicyErrors.None || (certificate is null && !isNeeded));
        IsVerified = accepted && certificate is not null;
        IsRejected = !accepted;
        return accepted;
    }
}
