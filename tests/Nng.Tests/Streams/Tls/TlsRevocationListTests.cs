using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>Revocation lists, read and asked.</summary>
public sealed class TlsRevocationListTests
{
    private static readonly TestAuthority s_authority = TestAuthority.Root("Lists");
    private static readonly TestIdentity s_good = s_authority.Issue("good");
    private static readonly TestIdentity s_bad = s_authority.Issue("bad");

    [Fact]
    public void Who_is_on_it_is_not_cleared_and_others_are()
    {
        TlsRevocationList list = Single(s_authority.Revoke(s_bad));
        Assert.True(list.IsOf(Parsed(s_good)));
        Assert.True(Clears(list, s_good));
        Assert.False(Clears(list, s_bad));
        Assert.False(list.IsOf(Parsed(TestAuthority.Server)));
    }

    [Fact]
    public void A_list_that_is_out_of_date_clears_nobody()
    {
        Assert.False(Clears(Single(s_authority.Revoke(-1, s_bad)), s_good));
        TlsRevocationList list = Single(s_authority.Revoke());
        using X509Certificate2 issuer = X509Certificate2.CreateFromPem(s_authority.Pem);
        Assert.False(list.Clears(Parsed(s_good), issuer, DateTimeOffset.UtcNow.AddDays(-300)));
    }

    [Fact]
    public void A_list_that_somebody_else_signed_clears_nobody()
    {
        TestAuthority impostor = TestAuthority.Root("Lists");
        Assert.False(Clears(Single(impostor.Revoke(s_bad)), s_good));
    }

    [Theory]
    [InlineData("SHA256")]
    [InlineData("SHA384")]
    [InlineData("SHA512")]
    public void Lists_signed_with_rsa_are_read_too(string hash)
    {
        var name = new HashAlgorithmName(hash);
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=rsa", key, name, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using X509Certificate2 issuer =
            request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
        var builder = new CertificateRevocationListBuilder();
        builder.AddEntry([1, 2, 3]);
        byte[] der = builder.Build(
            issuer, 1, DateTimeOffset.UtcNow.AddDays(1), name, RSASignaturePadding.Pkcs1, DateTimeOffset.UtcNow.AddDays(-1));
        TlsRevocationList list = Single(PemEncoding.WriteString("X509 CRL", der));
        Assert.True(list.IsOf(issuer));
        Assert.True(list.Clears(issuer, issuer, DateTimeOffset.UtcNow));
    }

    [Fact]
    public void Texts_may_hold_several_and_other_things()
    {
        string pem = s_authority.Pem + "\n" + s_authority.Revoke(s_bad) + "\nwords\n" + TestAuthority.Shared.Revoke();
        Assert.Equal(2, TlsRevocationList.ReadPem(pem).Count);
        Assert.Empty(TlsRevocationList.ReadPem(s_authority.Pem));
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("3000")]
    [InlineData("30053003020101")]
    public void Malformed_lists_are_refused(string hex)
    {
        string pem = "-----BEGIN X509 CRL-----\n" + Convert.ToBase64String(Convert.FromHexString(hex))
            + "\n-----END X509 CRL-----\n";
        Assert.Equal(NngError.Crypto, Assert.Throws<NngException>(() => TlsRevocationList.ReadPem(pem)).Error);
    }

    [Fact]
    public void Lists_cut_short_anywhere_are_refused()
    {
        string pem = s_authority.Revoke(s_bad);
        PemFields fields = PemEncoding.Find(pem);
        byte[] der = Convert.FromBase64String(pem[fields.Base64Data]);
        for (int length = 1; length < der.Length; length++)
        {
            string cut = PemEncoding.WriteString("X509 CRL", der.AsSpan(0, length));
            Assert.Equal(NngError.Crypto, Assert.Throws<NngException>(() => TlsRevocationList.ReadPem(cut)).Error);
        }
    }

    private static TlsRevocationList Single(string pem)
    {
        List<TlsRevocationList> lists = TlsRevocationList.ReadPem(pem);
        return Assert.Single(lists);
    }

    private static bool Clears(TlsRevocationList list, TestIdentity identity)
    {
        using X509Certificate2 issuer = X509Certificate2.CreateFromPem(s_authority.Pem);
        return list.Clears(Parsed(identity), issuer, DateTimeOffset.UtcNow);
    }

    private static X509Certificate2 Parsed(TestIdentity identity) =>
        X509Certificate2.CreateFromPem(identity.CertificatePem);
}
