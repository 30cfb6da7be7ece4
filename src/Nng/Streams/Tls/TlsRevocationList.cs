using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nng.Core;

namespace Nng.Streams;

/// <summary>A certificate revocation list: whose it is, what is on it, how it is signed (RFC 5280, 5.1).</summary>
/// <remarks>Threading: immutable.</remarks>
internal sealed class TlsRevocationList
{
    private readonly byte[] _signed;
    private readonly byte[] _signature;
    private readonly string _algorithm;
    private readonly byte[] _issuer;
    private readonly DateTimeOffset _from;
    private readonly DateTimeOffset? _until;

    /// <summary>Serial numbers, as hexadecimal text.</summary>
    private readonly HashSet<string> _serials = [];

    private TlsRevocationList(ReadOnlyMemory<byte> der)
    {
        AsnReader list = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        ReadOnlyMemory<byte> signed = list.ReadEncodedValue();
        _signed = signed.ToArray();
        _algorithm = list.ReadSequence().ReadObjectIdentifier();
        _signature = list.ReadBitString(out _);
        list.ThrowIfNotEmpty();

        AsnReader body = new AsnReader(signed, AsnEncodingRules.DER).ReadSequence();
        if (body.PeekTag() == new Asn1Tag(UniversalTagNumber.Integer))
            body.ReadInteger();
        body.ReadEncodedValue();
        _issuer = body.ReadEncodedValue().ToArray();
        _from = ReadTime(body);
        if (body.HasData && IsTime(body.PeekTag()))
            _until = ReadTime(body);
        if (body.HasData && body.PeekTag() == new Asn1Tag(UniversalTagNumber.Sequence, isConstructed: true))
            ReadEntries(body.ReadSequence());
    }

    /// <summary>Reads all lists of a PEM text, which may hold other things too.</summary>
    /// <exception cref="NngException">
    /// <see cref="NngError.Crypto"/>: malformed; <see cref="NngError.NotSupported"/>: signed in a way that cannot be
    /// verified.
    /// </exception>
    public static List<TlsRevocationList> ReadPem(ReadOnlySpan<char> pem)
    {
        List<TlsRevocationList> lists = [];
        while (PemEncoding.TryFind(pem, out PemFields fields))
        {
            if (pem[fields.Label] is "X509 CRL")
                lists.Add(Read(Convert.FromBase64String(pem[fields.Base64Data].ToString())));
            pem = pem[fields.Location.End..];
        }

        return lists;
    }

    /// <summary>It speaks about certificates of this one's issuer.</summary>
    public bool IsOf(X509Certificate2 certificate) =>
        certificate.IssuerName.RawData.AsSpan().SequenceEqual(_issuer);

    /// <summary>It is in force, signed by the issuer, and the certificate is not on it.</summary>
    public bool Clears(X509Certificate2 certificate, X509Certificate2 issuer, DateTimeOffset now) =>
        now >= _from && (_until is null || now <= _until)
        && !_serials.Contains(Trim(certificate.SerialNumberBytes.Span))
        && IsSignedBy(issuer);

    private static TlsRevocationList Read(byte[] der)
    {
        TlsRevocationList list;
        try
        {
            list = new TlsRevocationList(der);
        }
        catch (Exception failure) when (failure is AsnContentException or CryptographicException)
        {
            throw new NngException(NngError.Crypto, "A certificate revocation list is malformed.");
        }

        if (HashOf(list._algorithm) is null)
        {
            Throw.Error(
                NngError.NotSupported, $"A revocation list is signed with algorithm {list._algorithm}, which is not supported.");
        }

        return list;
    }

    private static bool IsTime(Asn1Tag tag) =>
        tag == new Asn1Tag(UniversalTagNumber.UtcTime) || tag == new Asn1Tag(UniversalTagNumber.GeneralizedTime);

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag() == new Asn1Tag(UniversalTagNumber.UtcTime)
            ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    /// <summary>Big-endian bytes without leading zeros, as text.</summary>
    private static string Trim(ReadOnlySpan<byte> serial) => Convert.ToHexString(serial.TrimStart((byte)0));

    /// <summary>The hash of a signature algorithm: RSA (PKCS #1) and ECDSA with SHA-2; null for any other.</summary>
    private static HashAlgorithmName? HashOf(string algorithm) => algorithm switch
    {
        "1.2.840.113549.1.1.11" or "1.2.840.10045.4.3.2" => HashAlgorithmName.SHA256,
        "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => HashAlgorithmName.SHA384,
        "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => HashAlgorithmName.SHA512,
        _ => null,
    };

    private void ReadEntries(AsnReader entries)
    {
        while (entries.HasData)
            _serials.Add(Trim(entries.ReadSequence().ReadIntegerBytes().Span));
    }

    private bool IsSignedBy(X509Certificate2 issuer)
    {
        HashAlgorithmName hash = HashOf(_algorithm)!.Value;
        using RSA? rsa = issuer.GetRSAPublicKey();
        if (rsa is not null)
            return rsa.VerifyData(_signed, _signature, hash, RSASignaturePadding.Pkcs1);
        using ECDsa? ecdsa = issuer.GetECDsaPublicKey();
        return ecdsa is not null
            && ecdsa.VerifyData(_signed, _signature, hash, DSASignatureFormat.Rfc3279DerSequence);
    }
}
