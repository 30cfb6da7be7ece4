using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>Names out of certificates.</summary>
public sealed class TlsPeerTests
{
    [Fact]
    public void TW34_The_common_name_is_the_name_only()
    {
        TlsPeer peer = Of(TestAuthority.Shared.Issue("some, name = here"));
        Assert.Equal("some, name = here", peer.CommonName);
        Assert.Empty(peer.AlternativeNames);
    }

    [Fact]
    public void Alternative_names_of_all_kinds_are_text()
    {
        TlsPeer peer = Of(TestAuthority.Shared.Issue(
            "x", "a.test", "10.1.2.3", "me@a.test", "https://a.test/b", "::1", "*.b.test"));
        Assert.Equal(["a.test", "10.1.2.3", "me@a.test", "https://a.test/b", "::1", "*.b.test"], peer.AlternativeNames);
    }

    [Fact]
    public void Without_a_certificate_there_are_no_names()
    {
        var peer = new TlsPeer(null, isVerified: false, TlsVersion.Tls13, "suite");
        Assert.Null(peer.CommonName);
        Assert.Empty(peer.AlternativeNames);
        Assert.Null(peer.GetCertificate());
        Assert.Equal("(no name), not verified, Tls13", peer.ToString());
    }

    [Theory]
    [InlineData("3003020101")]
    [InlineData("30")]
    [InlineData("3009820361626387021234")]
    public void Malformed_alternative_names_are_no_failure(string extension)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("O=x", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509Extension("2.5.29.17", System.Convert.FromHexString(extension), critical: false));
        using X509Certificate2 certificate =
            request.CreateSelfSigned(System.DateTimeOffset.UtcNow, System.DateTimeOffset.UtcNow.AddDays(1));
        var peer = new TlsPeer(certificate.RawData, isVerified: true, TlsVersion.Tls12, "suite");
        Assert.Null(peer.CommonName);
        Assert.True(peer.AlternativeNames.Count <= 2);
    }

    private static TlsPeer Of(TestIdentity identity)
    {
        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(identity.CertificatePem);
        return new TlsPeer(certificate.RawData, isVerified: true, TlsVersion.Tls13, "suite");
    }
}
