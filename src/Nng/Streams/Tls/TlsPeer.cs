using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Nng.Streams;

/// <summary>Who is at the other end of a TLS connection, as its handshake has shown.</summary>
/// <remarks>Threading: immutable.</remarks>
public sealed class TlsPeer
{
    private const string CommonNameId = "2.5.4.3";
    private const string AlternativeNamesId = "2.5.29.17";

    private readonly byte[]? _certificate;

    internal TlsPeer(byte[]? certificate, bool isVerified, TlsVersion version, string cipherSuite)
    {
        _certificate = certificate;
        IsVerified = isVerified;
        Version = version;
        CipherSuite = cipherSuite;
        if (certificate is null)
            return;
        using X509Certificate2 parsed = X509CertificateLoader.LoadCertificate(certificate);
        CommonName = CommonNameOf(parsed);
        AlternativeNames = AlternativeNamesOf(parsed);
    }

    /// <summary>
    /// The peer presented a certificate, it was verified, and nothing was found against it. False with
    /// <see cref="TlsAuthMode.None"/>. Option <c>tls-verified</c>.
    /// </summary>
    public bool IsVerified { get; }

    /// <summary>The protocol version agreed on.</summary>
    public TlsVersion Version { get; }

    /// <summary>The name of the cipher suite agreed on, as the IANA registry spells it.</summary>
    public string CipherSuite { get; }

    /// <summary>
    /// The common name of the certificate's subject; null without a certificate or a common name. Option
    /// <c>tls-peer-cn</c>. Worth nothing unless <see cref="IsVerified"/>.
    /// </summary>
    public string? CommonName { get; }

    /// <summary>
    /// The certificate's alternative names: DNS names, mail addresses, URIs and IP addresses, as text. Option
    /// <c>tls-peer-alt-names</c>. Worth nothing unless <see cref="IsVerified"/>.
    /// </summary>
    public IReadOnlyList<string> AlternativeNames { get; } = [];

    /// <summary>The peer's certificate, a new object each time, which belongs to the caller; null for none.</summary>
    public X509Certificate2? GetCertificate() =>
        _certificate is null ? null : X509CertificateLoader.LoadCertificate(_certificate);

    /// <summary>Name and verdict.</summary>
    public override string ToString() =>
        $"{CommonName ?? "(no name)"}, {(IsVerified ? "verified" : "not verified")}, {Version}";

    private static string? CommonNameOf(X509Certificate2 certificate)
    {
        foreach (X500RelativeDistinguishedName part in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            if (!part.HasMultipleElements && part.GetSingleElementType().Value == CommonNameId)
                return part.GetSingleElementValue();
        }

        return null;
    }

    /// <summary>GeneralNames of RFC 5280, 4.2.1.6; kinds without a text form are left out, as is what is malformed.</summary>
    private static List<string> AlternativeNamesOf(X509Certificate2 certificate)
    {
        const int mail = 1;
        const int dns = 2;
        const int uri = 6;
        const int ip = 7;
        List<string> names = [];
        if (certificate.Extensions[AlternativeNamesId] is not { } extension)
            return names;
        try
        {
            AsnReader reader = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (reader.HasData)
            {
                Asn1Tag tag = reader.PeekTag();
                if (tag.TagClass == TagClass.ContextSpecific && tag.TagValue is mail or dns or uri)
                    names.Add(reader.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                else if (tag.TagClass == TagClass.ContextSpecific && tag.TagValue == ip)
                    names.Add(AddressText(reader.ReadOctetString(tag)));
                else
                    reader.ReadEncodedValue();
            }
        }
        catch (Exception failure) when (failure is AsnContentException or CryptographicException)
        {
            // What came before the damage stands.
        }

        return names;
    }

    private static string AddressText(byte[] bytes) =>
        bytes.Length is 4 or 16 ? new IPAddress(bytes).ToString() : Convert.ToHexString(bytes);
}
