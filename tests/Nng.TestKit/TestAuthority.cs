using System;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;

namespace Nng.TestKit;

/// <summary>
/// A certificate authority for tests: issues certificates and revocation lists, made when they are asked for.
/// Threading: every member may be called from any thread.
/// </summary>
public sealed class TestAuthority
{
    private static readonly Lazy<TestAuthority> s_shared = new(() => Root("Nng Test Root"));
    private static readonly Lazy<TestIdentity> s_server = new(() => Shared.Issue("server.test", "localhost", "127.0.0.1"));
    private static readonly Lazy<TestIdentity> s_client = new(() => Shared.Issue("client.test", "client.example"));
    private static long s_serial = 1;

    private readonly X509Certificate2 _certificate;

    private TestAuthority(X509Certificate2 certificate, string chainPem)
    {
        _certificate = certificate;
        ChainPem = chainPem;
    }

    /// <summary>One authority for all tests that do not care which.</summary>
    public static TestAuthority Shared => s_shared.Value;

    /// <summary>Issued by <see cref="Shared"/> for <c>localhost</c> and <c>127.0.0.1</c>.</summary>
    public static TestIdentity Server => s_server.Value;

    /// <summary>Issued by <see cref="Shared"/> to <c>client.test</c>.</summary>
    public static TestIdentity Client => s_client.Value;

    /// <summary>The authority's own certificate.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>What an identity must send beside its own certificate; empty for a root.</summary>
    private string ChainPem { get; }

    /// <summary>Makes a self-signed authority.</summary>
    public static TestAuthority Root(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = AuthorityRequest(name, key);
        return new TestAuthority(
            request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1000), DateTimeOffset.UtcNow.AddDays(1000)),
            string.Empty);
    }

    /// <summary>Makes an authority that this one vouches for.</summary>
    public TestAuthority Intermediate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 issued = AuthorityRequest(name, key).Create(
            _certificate, DateTimeOffset.UtcNow.AddDays(-900), DateTimeOffset.UtcNow.AddDays(900), NextSerial());
        return new TestAuthority(issued.CopyWithPrivateKey(key), issued.ExportCertificatePem() + "\n" + ChainPem);
    }

    /// <summary>Issues a certificate that is valid now; names that are addresses become addresses.</summary>
    public TestIdentity Issue(string commonName, params string[] names) =>
        Issue(commonName, -10, 10, names);

    /// <summary>Issues a certificate that is valid from and to so many days from now.</summary>
    public TestIdentity Issue(string commonName, int fromDays, int toDays, params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"O=Nng Tests, CN=\"{commonName}\"", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, false));
        if (names.Length > 0)
        {
            var builder = new SubjectAlternativeNameBuilder();
            foreach (string name in names)
            {
                if (IPAddress.TryParse(name, out IPAddress? address))
                    builder.AddIpAddress(address);
                else if (name.Contains('@'))
                    builder.AddEmailAddress(name);
                else if (name.Contains(':'))
                    builder.AddUri(new Uri(name));
                else
                    builder.AddDnsName(name);
            }

            request.CertificateExtensions.Add(builder.Build());
        }

        byte[] serial = NextSerial();
        using X509Certificate2 issued = request.Create(
            _certificate, DateTimeOffset.UtcNow.AddDays(fromDays), DateTimeOffset.UtcNow.AddDays(toDays), serial);
        return new TestIdentity(
            issued.ExportCertificatePem() + "\n" + ChainPem, key.ExportPkcs8PrivateKeyPem(), serial,
            password => key.ExportEncryptedPkcs8PrivateKeyPem(
                password, new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000)));
    }

    /// <summary>A list of what this authority revoked, PEM.</summary>
    public string Revoke(params TestIdentity[] identities) => Revoke(1, identities);

    /// <summary>The same, valid until so many days from now.</summary>
    public string Revoke(int untilDays, params TestIdentity[] identities)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (TestIdentity identity in identities)
            builder.AddEntry(identity.Serial);
        byte[] list = builder.Build(
            _certificate,
            Interlocked.Increment(ref s_serial),
            DateTimeOffset.UtcNow.AddDays(untilDays),
            HashAlgorithmName.SHA256,
            thisUpdate: DateTimeOffset.UtcNow.AddDays(-30));
        return PemEncoding.WriteString("X509 CRL", list);
    }

    private static CertificateRequest AuthorityRequest(string name, ECDsa key)
    {
        var request = new CertificateRequest($"O=Nng Tests, CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    /// <summary>Never negative, never the same twice in a process.</summary>
    private static byte[] NextSerial()
    {
        byte[] serial = new byte[9];
        RandomNumberGenerator.Fill(serial);
        serial[0] = 0x20;
        return serial;
    }
}
