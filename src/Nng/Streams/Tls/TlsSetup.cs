using System;
using System.Net.Security;
using System.Security.Authentication;

namespace Nng.Streams;

/// <summary>A configuration at the moment of its first use: what the sessions made with it are made from.</summary>
/// <remarks>Threading: immutable.</remarks>
internal sealed class TlsSetup
{
    public required TlsMode Mode { get; init; }

    public required TlsAuthMode AuthMode { get; init; }

    /// <summary>What a client asks for and checks; empty for neither.</summary>
    public required string ServerName { get; init; }

    public required SslProtocols Protocols { get; init; }

    public required TlsTrust Trust { get; init; }

    /// <summary>The own certificate; null for none.</summary>
    public SslStreamCertificateContext? Certificate { get; init; }

    /// <summary>Chooses the own certificate for each handshake; null for none.</summary>
    public Func<string, SslStreamCertificateContext?>? CertificateSelector { get; init; }

    /// <summary>The application's own options, in place of all of the above; null for none.</summary>
    public SslClientAuthenticationOptions? GivenClient { get; init; }

    /// <summary>The same for servers.</summary>
    public SslServerAuthenticationOptions? GivenServer { get; init; }

    /// <summary>The peer's certificate must be for <see cref="ServerName"/>.</summary>
    public bool ChecksName => Mode == TlsMode.Client && ServerName.Length > 0;

    public static TlsVersion VersionOf(SslProtocols protocol) =>
        protocol == SslProtocols.Tls13 ? TlsVersion.Tls13 : TlsVersion.Tls12;

    /// <summary>Options of one client's handshake.</summary>
    public SslClientAuthenticationOptions ClientOptions(TlsVerdict verdict)
    {
        if (GivenClient is { } given)
            return CopyOf(given, verdict);
        return new SslClientAuthenticationOptions
        {
            TargetHost = ServerName,
            EnabledSslProtocols = Protocols,
            CertificateChainPolicy = Trust.NewPolicy(),
            RemoteCertificateValidationCallback = verdict.Judge,
            ClientCertificateContext = CertificateFor(ServerName),
            AllowRenegotiation = false,
            AllowTlsResume = false,
        };
    }

    /// <summary>Options of one server's handshake.</summary>
    /// <param name="verdict">Where the findings go.</param>
    /// <param name="name">The server name that the client asked for; empty for none.</param>
    public SslServerAuthenticationOptions ServerOptions(TlsVerdict verdict, string name)
    {
        if (GivenServer is { } given)
            return CopyOf(given, verdict);
        return new SslServerAuthenticationOptions
        {
            EnabledSslProtocols = Protocols,
            CertificateChainPolicy = Trust.NewPolicy(),
            ClientCertificateRequired = AuthMode != TlsAuthMode.None,
            RemoteCertificateValidationCallback = verdict.Judge,
            ServerCertificateContext = CertificateFor(name),
            AllowRenegotiation = false,
            AllowTlsResume = false,
        };
    }

    private SslStreamCertificateContext? CertificateFor(string name) =>
        CertificateSelector?.Invoke(name) ?? Certificate;

    private static SslClientAuthenticationOptions CopyOf(SslClientAuthenticationOptions given, TlsVerdict verdict) => new()
    {
        TargetHost = given.TargetHost,
        EnabledSslProtocols = given.EnabledSslProtocols,
        CertificateChainPolicy = given.CertificateChainPolicy,
        CertificateRevocationCheckMode = given.CertificateRevocationCheckMode,
        ClientCertificates = given.ClientCertificates,
        ClientCertificateContext = given.ClientCertificateContext,
        LocalCertificateSelectionCallback = given.LocalCertificateSelectionCallback,
        ApplicationProtocols = given.ApplicationProtocols,
        CipherSuitesPolicy = given.CipherSuitesPolicy,
        EncryptionPolicy = given.EncryptionPolicy,
        AllowRenegotiation = given.AllowRenegotiation,
        AllowTlsResume = given.AllowTlsResume,
        RemoteCertificateValidationCallback = (session, certificate, chain, errors) => verdict.JudgeBy(
            given.RemoteCertificateValidationCallback, session, certificate, chain, errors, isNeeded: true),
    };

    private static SslServerAuthenticationOptions CopyOf(SslServerAuthenticationOptions given, TlsVerdict verdict) => new()
    {
        EnabledSslProtocols = given.EnabledSslProtocols,
        CertificateChainPolicy = given.CertificateChainPolicy,
        CertificateRevocationCheckMode = given.CertificateRevocationCheckMode,
        ClientCertificateRequired = given.ClientCertificateRequired,
        ServerCertificate = given.ServerCertificate,
        ServerCertificateContext = given.ServerCertificateContext,
        ServerCertificateSelectionCallback = given.ServerCertificateSelectionCallback,
        ApplicationProtocols = given.ApplicationProtocols,
        CipherSuitesPolicy = given.CipherSuitesPolicy,
        EncryptionPolicy = given.EncryptionPolicy,
        AllowRenegotiation = given.AllowRenegotiation,
        AllowTlsResume = given.AllowTlsResume,
        RemoteCertificateValidationCallback = (session, certificate, chain, errors) => verdict.JudgeBy(
            given.RemoteCertificateValidationCallback, session, certificate, chain, errors,
            given.ClientCertificateRequired),
    };
}
