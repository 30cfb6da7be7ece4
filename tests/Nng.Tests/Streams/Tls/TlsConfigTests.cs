using System;
using System.IO;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>What a configuration takes, what it refuses and how, and when it freezes.</summary>
public sealed class TlsConfigTests : IDisposable
{
    private readonly string _path = ScratchUrl.IpcPath();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void L3_Defaults()
    {
        var client = new TlsConfig(TlsMode.Client);
        Assert.Equal(
            (TlsMode.Client, TlsAuthMode.Required, "", TlsVersion.Tls12, TlsVersion.Tls13, false),
            (client.Mode, client.AuthMode, client.ServerName, client.MinVersion, client.MaxVersion, client.IsBusy));
        Assert.Equal(TlsAuthMode.None, new TlsConfig(TlsMode.Server).AuthMode);
        Fails(NngError.InvalidArgument, () => new TlsConfig((TlsMode)2));
        Assert.Equal("sslstream", TlsConfig.EngineName);
        Assert.Contains(".NET", TlsConfig.EngineDescription, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x304, 0x303)]
    [InlineData(0x301, 0x304)]
    [InlineData(0x302, 0x303)]
    [InlineData(0x300, 0x300)]
    [InlineData(0x303, 0x305)]
    public void CS141_Versions_that_cannot_be_spoken_are_refused(int min, int max)
    {
        var config = new TlsConfig(TlsMode.Client);
        Fails(NngError.NotSupported, () => config.SetVersions((TlsVersion)min, (TlsVersion)max));
        Assert.Equal((TlsVersion.Tls12, TlsVersion.Tls13), (config.MinVersion, config.MaxVersion));
    }

    [Fact]
    public void Modes_and_names_out_of_range_are_refused()
    {
        var config = new TlsConfig(TlsMode.Client);
        Fails(NngError.InvalidArgument, () => config.AuthMode = (TlsAuthMode)3);
        Fails(NngError.InvalidArgument, () => config.AuthMode = (TlsAuthMode)(-1));
        config.ServerName = new string('a', 255);
        Fails(NngError.Crypto, () => config.ServerName = new string('a', 256));
    }

    [Fact]
    public void CS144_Files_that_are_missing_or_hold_garbage()
    {
        var config = new TlsConfig(TlsMode.Client);
        Fails(NngError.NotFound, () => config.AddAuthoritiesFile(_path));
        Fails(NngError.NotFound, () => config.AddAuthoritiesFile("/no/such/folder/file"));
        Fails(NngError.NotFound, () => config.SetCertificateFile(_path));
        Fails(NngError.PermissionDenied, () => config.AddAuthoritiesFile(ScratchUrl.Directory));
        foreach (string garbage in (string[])
                 ["", "garbage", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
        {
            File.WriteAllText(_path, garbage);
            Fails(NngError.Crypto, () => config.AddAuthoritiesFile(_path));
            Fails(NngError.Crypto, () => config.SetCertificateFile(_path));
        }
    }

    [Fact]
    public void Files_with_authorities_lists_certificates_and_keys_in_any_order()
    {
        var config = new TlsConfig(TlsMode.Client);
        File.WriteAllText(_path, TestAuthority.Shared.Revoke() + "\n" + TestAuthority.Shared.Pem);
        config.AddAuthoritiesFile(_path);
        File.WriteAllText(_path, TestAuthority.Client.KeyPem + "\n" + TestAuthority.Client.CertificatePem);
        config.SetCertificateFile(_path);
        File.WriteAllText(_path, TestAuthority.Client.CertificatePem + "\n" + TestAuthority.Client.EncryptedKeyPem);
        config.SetCertificateFile(_path, TestIdentity.Password);
        Fails(NngError.Crypto, () => config.SetCertificateFile(_path));
    }

    [Fact]
    public void Keys_that_do_not_fit_and_wrong_passwords_are_refused()
    {
        var config = new TlsConfig(TlsMode.Server);
        TestIdentity own = TestAuthority.Server;
        config.SetCertificate(own.CertificatePem, own.KeyPem);
        config.SetCertificate(own.CertificatePem, own.KeyPem, "not needed");
        config.SetCertificate(own.CertificatePem, own.EncryptedKeyPem, TestIdentity.Password);
        Fails(NngError.Crypto, () => config.SetCertificate(own.CertificatePem, own.EncryptedKeyPem, "wrong"));
        Fails(NngError.Crypto, () => config.SetCertificate(own.CertificatePem, own.EncryptedKeyPem));
        Fails(NngError.Crypto, () => config.SetCertificate(own.CertificatePem, TestAuthority.Client.KeyPem));
        Fails(NngError.Crypto, () => config.SetCertificate(own.CertificatePem, "no key"));
        Fails(NngError.Crypto, () => config.SetCertificate("no certificate", own.KeyPem));
        Fails(NngError.Crypto, () => config.AddAuthorities("no certificate"));
        Fails(NngError.Crypto, () => config.AddAuthorities(TestAuthority.Shared.Pem, "no list"));
    }

    [Fact]
    public void A_shared_key_is_not_supported_and_the_message_says_why()
    {
        var config = new TlsConfig(TlsMode.Client);
        NngException refusal = Assert.Throws<NngException>(() => config.SetPreSharedKey("me", [1, 2, 3]));
        Assert.Equal(NngError.NotSupported, refusal.Error);
        Assert.Contains("PSK", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("'me'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CS142_The_first_dial_freezes_the_configuration_for_ever()
    {
        var config = new TlsConfig(TlsMode.Client);
        using var dialer = new NngStreamDialer("tls+tcp://127.0.0.1:1");
        dialer.SetOption(OptionNames.TlsConfig, config);
        Assert.False(config.IsBusy);
        using var dial = new Aio();
        dialer.Dial(dial);
        dial.Wait();
        Assert.True(config.IsBusy);
        dialer.Close();
        Frozen(config);
        Fails(NngError.Busy, () => dialer.SetOption(OptionNames.TlsServerName, "x"));
        Fails(NngError.Busy, () => dialer.SetOption(OptionNames.TlsAuthMode, 0));
        dialer.SetOption(OptionNames.TlsConfig, new TlsConfig(TlsMode.Client));
    }

    [Fact]
    public void L7_The_first_accept_freezes_it_not_listening()
    {
        TlsConfig config = TestAuthority.Server.ServerConfig();
        using var listener = new NngStreamListener(ScratchUrl.For("tls+tcp"));
        listener.SetOption(OptionNames.TlsConfig, config);
        listener.Listen();
        Assert.False(config.IsBusy);
        config.AuthMode = TlsAuthMode.None;
        Task<NngStream> accept = listener.AcceptAsync().AsTask();
        Assert.True(config.IsBusy);
        Frozen(config);
        Assert.False(accept.IsCompleted);
    }

    [Fact]
    public async Task L2_One_configuration_serves_many_endpoints()
    {
        TlsConfig server = TestAuthority.Server.ServerConfig();
        TlsConfig client = TestIdentity.ClientConfig(TestAuthority.Shared);
        using var first = new TlsTalk(server);
        using var second = new TlsTalk(server);
        Assert.Equal((NngError.None, NngError.None), await first.TryAsync(client));
        Assert.Equal((NngError.None, NngError.None), await second.TryAsync(client));
        Assert.Equal((NngError.None, NngError.None), await first.TryAsync(client));
    }

    [Fact]
    public void CS143_Options_of_endpoints()
    {
        using var dialer = new NngStreamDialer("tls+tcp://127.0.0.1:1");
        Assert.Equal(NngError.InvalidArgument, dialer.SetOption(OptionNames.TlsAuthMode, OptionValue.Int32(3)));
        Assert.Equal(NngError.InvalidArgument, dialer.SetOption(OptionNames.TlsConfig, OptionValue.Object(null)));
        Assert.Equal(NngError.BadType, dialer.SetOption(OptionNames.TlsConfig, OptionValue.Object("text")));
        Assert.Equal(NngError.BadType, dialer.SetOption(OptionNames.TlsAuthMode, OptionValue.Boolean(true)));
        Assert.Equal(NngError.WriteOnly, dialer.GetOption(OptionNames.TlsCaFile, out _));
        Assert.Equal(NngError.WriteOnly, dialer.GetOption(OptionNames.TlsCertKeyFile, out _));
        Assert.Equal(NngError.WriteOnly, dialer.GetOption(OptionNames.TlsAuthMode, out _));
        Assert.Equal(NngError.WriteOnly, dialer.GetOption(OptionNames.TlsServerName, out _));
        Assert.Equal(NngError.NotFound, dialer.SetOption(OptionNames.TlsCaFile, OptionValue.Text(_path)));
        Assert.Equal(NngError.NotSupported, dialer.SetOption(OptionNames.TlsVerified, OptionValue.Boolean(true)));
        File.WriteAllText(_path, TestAuthority.Shared.Pem);
        dialer.SetOption(OptionNames.TlsCaFile, _path);
        dialer.SetOption(OptionNames.TlsServerName, "name");
        dialer.SetOption(OptionNames.TlsAuthMode, 1);
        var config = dialer.GetOption<TlsConfig>(OptionNames.TlsConfig);
        Assert.Equal(("name", TlsAuthMode.Optional), (config.ServerName, config.AuthMode));
        Assert.True(dialer.GetOption<bool>(OptionNames.TcpNoDelay));
    }

    [Fact]
    public void TW45_A_configuration_of_the_other_mode_is_refused()
    {
        using var dialer = new NngStreamDialer("tls+tcp://127.0.0.1:1");
        using var listener = new NngStreamListener("tls+tcp://127.0.0.1:0");
        Fails(NngError.InvalidArgument, () => dialer.SetOption(OptionNames.TlsConfig, new TlsConfig(TlsMode.Server)));
        Fails(NngError.InvalidArgument, () => listener.SetOption(OptionNames.TlsConfig, new TlsConfig(TlsMode.Client)));
    }

    [Theory]
    [InlineData("tls+tcp://127.0.0.1")]
    [InlineData("tls+tcp://:5555")]
    [InlineData("tls+tcp://host:5555/path")]
    [InlineData("tls+tcp4://[::1]:5555")]
    public void U11_U12_Urls_are_as_for_tcp(string url)
    {
        NngException? refusal = null;
        try
        {
            using var dialer = new NngStreamDialer(url);
            using var dial = new Aio();
            dialer.Dial(dial);
            dial.Wait();
            Assert.Equal(NngError.AddressInvalid, dial.Result);
        }
        catch (NngException failure)
        {
            refusal = failure;
        }

        Assert.True(refusal is null or { Error: NngError.AddressInvalid });
    }

    private static void Frozen(TlsConfig config)
    {
        TestIdentity own = TestAuthority.Server;
        Fails(NngError.Busy, () => config.AddAuthorities(TestAuthority.Shared.Pem));
        Fails(NngError.Busy, () => config.AddAuthoritiesFile("/no/such/file"));
        Fails(NngError.Busy, () => config.SetCertificate(own.CertificatePem, own.KeyPem));
        Fails(NngError.Busy, () => config.SetCertificateFile("/no/such/file"));
        Fails(NngError.Busy, () => config.AuthMode = TlsAuthMode.None);
        Fails(NngError.Busy, () => config.ServerName = "x");
        Fails(NngError.Busy, () => config.SetVersions(TlsVersion.Tls12, TlsVersion.Tls12));
        Fails(NngError.Busy, () => config.SetPreSharedKey("me", [1]));
        Fails(NngError.Busy, () => config.CertificateSelector = null);
    }

    private static void Fails(NngError expected, Action action) =>
        Assert.Equal(expected, Assert.Throws<NngException>(action).Error);
}
