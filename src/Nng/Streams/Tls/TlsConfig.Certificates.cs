using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nng.Core;

namespace Nng.Streams;

/// <content>Certificates, authorities and revocation lists, from texts and files.</content>
public sealed partial class TlsConfig
{
    private const string EncryptedKeyLabel = "ENCRYPTED PRIVATE KEY";

    /// <summary>Adds authorities, and lists of what they revoked. C function: <c>nng_tls_config_ca_chain</c>.</summary>
    /// <param name="pem">
    /// One or more certificates. Each is trusted to the end: also an intermediate, or the peer's own.
    /// </param>
    /// <param name="revocationsPem">One or more revocation lists; null for none.</param>
    /// <exception cref="NngException">
    /// <see cref="NngError.Crypto"/>: malformed, or nothing there; <see cref="NngError.NotSupported"/>: a list is
    /// signed in an unknown way; <see cref="NngError.Busy"/>.
    /// </exception>
    public void AddAuthorities(string pem, string? revocationsPem = null)
    {
        ArgumentNullException.ThrowIfNull(pem);
        lock (_lock)
            CheckLocked();
        X509Certificate2Collection certificates = ReadCertificates(pem);
        List<TlsRevocationList> revocations = [];
        if (revocationsPem is not null)
        {
            revocations = TlsRevocationList.ReadPem(revocationsPem);
            if (revocations.Count == 0)
                Throw.Error(NngError.Crypto, "There is no certificate revocation list in the text.");
        }

        Add(certificates, revocations);
    }

    /// <summary>Adds authorities.</summary>
    /// <param name="certificates">They must live as long as the configuration.</param>
    /// <exception cref="NngException"><see cref="NngError.Busy"/>.</exception>
    public void AddAuthorities(X509Certificate2Collection certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        Add(certificates, []);
    }

    /// <summary>
    /// Adds the authorities of a PEM file, and the revocation lists in it. C function: <c>nng_tls_config_ca_file</c>.
    /// </summary>
    /// <param name="path">The file, read now.</param>
    /// <exception cref="NngException">
    /// <see cref="NngError.NotFound"/>, <see cref="NngError.PermissionDenied"/>, else as for a text.
    /// </exception>
    public void AddAuthoritiesFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        lock (_lock)
            CheckLocked();
        string pem = ReadFile(path);
        Add(ReadCertificates(pem), TlsRevocationList.ReadPem(pem));
    }

    /// <summary>Sets the own certificate and its key. C function: <c>nng_tls_config_own_cert</c>.</summary>
    /// <param name="certificatePem">The certificate, then, if they are to be sent, those between it and the root.</param>
    /// <param name="keyPem">The private key, PKCS #8, encrypted or not, or RSA or EC in its own form.</param>
    /// <param name="password">Of an encrypted key.</param>
    /// <exception cref="NngException">
    /// <see cref="NngError.Crypto"/>: malformed, wrong password, key of another certificate; <see cref="NngError.Busy"/>.
    /// </exception>
    public void SetCertificate(string certificatePem, string keyPem, string? password = null)
    {
        lock (_lock)
            CheckLocked();
        SetCertificate(LoadCertificate(certificatePem, keyPem, password));
    }

    /// <summary>Sets the own certificate.</summary>
    /// <param name="certificate">With its private key.</param>
    /// <exception cref="NngException"><see cref="NngError.Busy"/>.</exception>
    public void SetCertificate(SslStreamCertificateContext certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        lock (_lock)
        {
            CheckLocked();
            _certificate = certificate;
        }
    }

    /// <summary>
    /// Sets the own certificate from one PEM file with certificates and key. C function:
    /// <c>nng_tls_config_cert_key_file</c>.
    /// </summary>
    /// <param name="path">The file, read now.</param>
    /// <param name="password">Of an encrypted key.</param>
    /// <exception cref="NngException">
    /// <see cref="NngError.NotFound"/>, <see cref="NngError.PermissionDenied"/>, else as for texts.
    /// </exception>
    public void SetCertificateFile(string path, string? password = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        lock (_lock)
            CheckLocked();
        string pem = ReadFile(path);
        SetCertificate(LoadCertificate(pem, pem, password));
    }

    /// <summary>Reads a certificate as <see cref="CertificateSelector"/> returns it.</summary>
    /// <param name="certificatePem">As for <see cref="SetCertificate(string, string, string?)"/>.</param>
    /// <param name="keyPem">As there.</param>
    /// <param name="password">As there.</param>
    /// <exception cref="NngException"><see cref="NngError.Crypto"/>, as there.</exception>
    public static SslStreamCertificateContext LoadCertificate(
        string certificatePem, string keyPem, string? password = null)
    {
        ArgumentNullException.ThrowIfNull(certificatePem);
        ArgumentNullException.ThrowIfNull(keyPem);
        try
        {
            X509Certificate2 own = keyPem.Contains(EncryptedKeyLabel, StringComparison.Ordinal)
                ? X509Certificate2.CreateFromEncryptedPem(certificatePem, keyPem, password)
                : X509Certificate2.CreateFromPem(certificatePem, keyPem);
            var others = new X509Certificate2Collection();
            others.ImportFromPem(certificatePem);
            if (others.Count > 0)
                others.RemoveAt(0);
            return SslStreamCertificateContext.Create(Usable(own), others, offline: true);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw new NngException(
                NngError.Crypto, $"The certificate or its key cannot be read: {failure.Message}");
        }
    }

    /// <summary>Windows' TLS takes no keys that live only in memory: they go through PKCS #12.</summary>
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
            return certificate;
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private static X509Certificate2Collection ReadCertificates(string pem)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException failure)
        {
            throw new NngException(
                NngError.Crypto, $"The authorities' certificates cannot be read: {failure.Message}");
        }

        if (certificates.Count == 0)
            Throw.Error(NngError.Crypto, "There is no certificate in the authorities' text.");
        return certificates;
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NngException(NngError.NotFound, $"There is no file '{path}'.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            throw new NngException(NngError.PermissionDenied, $"The file '{path}' cannot be read: {failure.Message}");
        }
    }

    private void Add(X509Certificate2Collection certificates, List<TlsRevocationList> revocations)
    {
        lock (_lock)
        {
            CheckLocked();
            _authorities.AddRange(certificates);
            _revocations.AddRange(revocations);
        }
    }
}
