using System;
using Nng.Streams;

namespace Nng.TestKit;

/// <summary>A certificate and its key, as a <see cref="TestAuthority"/> issued them.</summary>
public sealed class TestIdentity
{
    private readonly string _encryptedKey;

    internal TestIdentity(string certificatePem, string keyPem, byte[] serial, Func<string, string> encrypt)
    {
        CertificatePem = certificatePem;
        KeyPem = keyPem;
        Serial = serial;
        _encryptedKey = encrypt(Password);
    }

    /// <summary>Of <see cref="EncryptedKeyPem"/>.</summary>
    public static string Password => "open sesame";

    /// <summary>The certificate and those between it and its root.</summary>
    public string CertificatePem { get; }

    /// <summary>The key, PKCS #8.</summary>
    public string KeyPem { get; }

    /// <summary>The key, encrypted with <see cref="Password"/>.</summary>
    public string EncryptedKeyPem => _encryptedKey;

    /// <summary>The certificate's number.</summary>
    public byte[] Serial { get; }

    /// <summary>A listener's configuration with this certificate, trusting whom is given.</summary>
    public TlsConfig ServerConfig(TestAuthority? trusted = null, TlsAuthMode mode = TlsAuthMode.None)
    {
        var config = new TlsConfig(TlsMode.Server) { AuthMode = mode };
        config.SetCertificate(CertificatePem, KeyPem);
        if (trusted is not null)
            config.AddAuthorities(trusted.Pem);
        return config;
    }

    /// <summary>A dialer's configuration that trusts an authority, with or without a certificate of its own.</summary>
    public static TlsConfig ClientConfig(TestAuthority? trusted, string serverName = "localhost", TestIdentity? own = null)
    {
        var config = new TlsConfig(TlsMode.Client) { ServerName = serverName };
        if (trusted is not null)
            config.AddAuthorities(trusted.Pem);
        if (own is not null)
            config.SetCertificate(own.CertificatePem, own.KeyPem);
        return config;
    }
}
