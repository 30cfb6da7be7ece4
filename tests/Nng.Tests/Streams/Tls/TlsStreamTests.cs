using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Streams;
using Nng.TestKit;
using Nng.Tests.Conformance;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>Who is let in, what both sides see when somebody is not, and what is known of the peer afterwards.</summary>
public sealed class TlsStreamTests
{
    private static readonly TestAuthority s_stranger = TestAuthority.Root("Somebody else");

    [Fact]
    public async Task CS130_A_client_that_trusts_the_authority_gets_in_and_knows_whom_it_talks_to()
    {
        using var talk = new TlsTalk(TestAuthority.Server.ServerConfig());
        (NngStream client, NngStream server) = await talk.ConnectAsync(TestIdentity.ClientConfig(TestAuthority.Shared));
        using (client)
        using (server)
        {
            Assert.Equal((NngError.None, NngError.None), await TlsTalk.TryAsync(client, server));
            Assert.True(client.GetOption<bool>(OptionNames.TlsVerified));
            Assert.Equal("server.test", client.GetOption<string>(OptionNames.TlsPeerCommonName));
            Assert.Equal(
                ["localhost", "127.0.0.1"],
                client.GetOption<IReadOnlyList<string>>(OptionNames.TlsPeerAlternativeNames));
            Assert.Same(client.TlsPeer, client.GetOption<TlsPeer>(OptionNames.TlsPeer));
            Assert.Equal(TlsVersion.Tls13, client.TlsPeer!.Version);
            Assert.StartsWith("TLS_", client.TlsPeer.CipherSuite, StringComparison.Ordinal);
            using X509Certificate2 certificate = client.TlsPeer.GetCertificate()!;
            Assert.Contains("CN=server.test", certificate.Subject, StringComparison.Ordinal);

            Assert.False(server.GetOption<bool>(OptionNames.TlsVerified));
            Assert.Null(server.GetOption<string>(OptionNames.TlsPeerCommonName));
            Assert.Empty(server.GetOption<IReadOnlyList<string>>(OptionNames.TlsPeerAlternativeNames));
            Assert.Null(server.TlsPeer!.GetCertificate());
            Assert.True(server.GetOption<bool>(OptionNames.TcpNoDelay));
            Assert.Equal(client.RemoteAddress, server.GetOption<NngAddress>(OptionNames.LocalAddress));
        }
    }

    [Fact]
    public async Task CS130_Identity_is_unknown_before_the_handshake_has_ended()
    {
        using RawPeerListener silent = RawPeerListener.Tcp();
        using var dialer = new NngStreamDialer("tls+" + silent.Url);
        using NngStream stream = await dialer.DialAsync();
        Assert.Null(stream.TlsPeer);
        Assert.False(stream.GetOption<bool>(OptionNames.TlsVerified));
        Assert.Null(stream.GetOption<string>(OptionNames.TlsPeerCommonName));
        Assert.Empty(stream.GetOption<IReadOnlyList<string>>(OptionNames.TlsPeerAlternativeNames));
    }

    [Fact]
    public async Task CS146_The_dial_succeeds_and_the_first_transfer_tells()
    {
        using var talk = new TlsTalk(TestAuthority.Server.ServerConfig());
        (NngStream client, NngStream server) = await talk.ConnectAsync(TestIdentity.ClientConfig(s_stranger));
        using (client)
        using (server)
        {
            TransferResult write = await Eventually.Completes(client.TryWriteAsync(new byte[1]).AsTask());
            Assert.Equal(new TransferResult(NngError.PeerAuthentication, 0), write);
            TransferResult read = await Eventually.Completes(client.TryReadExactlyAsync(new byte[1]).AsTask());
            Assert.Equal(new TransferResult(NngError.PeerAuthentication, 0), read);
            TransferResult other = await Eventually.Completes(server.TryReadExactlyAsync(new byte[1]).AsTask());
            TlsTalk.RefusedByPeer(other.Error);
        }
    }

    [Fact]
    public Task CS131_A_client_that_trusts_nobody_refuses() =>
        ClientRefusesAsync(TestAuthority.Server, TestIdentity.ClientConfig(null));

    [Fact]
    public Task CS131_A_client_that_trusts_another_authority_refuses() =>
        ClientRefusesAsync(TestAuthority.Server, TestIdentity.ClientConfig(s_stranger));

    [Fact]
    public Task CS132_An_expired_certificate_is_refused() => ClientRefusesAsync(
        TestAuthority.Shared.Issue("late", -20, -10, "localhost"), TestIdentity.ClientConfig(TestAuthority.Shared));

    [Fact]
    public Task CS132_A_certificate_that_is_not_valid_yet_is_refused() => ClientRefusesAsync(
        TestAuthority.Shared.Issue("early", 10, 20, "localhost"), TestIdentity.ClientConfig(TestAuthority.Shared));

    [Theory]
    [InlineData("other.test")]
    [InlineData("127.0.0.2")]
    [InlineData("server.test")]
    public Task CS132_A_certificate_for_another_name_is_refused(string name) =>
        ClientRefusesAsync(TestAuthority.Server, TestIdentity.ClientConfig(TestAuthority.Shared, name));

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("")]
    public Task L13_Names_and_addresses_of_the_certificate_and_no_name_at_all_pass(string name) =>
        PassesAsync(TestAuthority.Server, TestIdentity.ClientConfig(TestAuthority.Shared, name), verified: true);

    [Fact]
    public async Task L14_A_dialer_asks_for_the_host_it_dials()
    {
        using var talk = new TlsTalk(TestAuthority.Server.ServerConfig());
        using var dialer = new NngStreamDialer(talk.Url);
        var config = dialer.GetOption<TlsConfig>(OptionNames.TlsConfig);
        Assert.Equal((TlsMode.Client, "127.0.0.1"), (config.Mode, config.ServerName));
        using var bound = new NngStreamDialer("tls+tcp://127.0.0.1;localhost:5555");
        Assert.Equal("localhost", bound.GetOption<TlsConfig>(OptionNames.TlsConfig).ServerName);
        config.AddAuthorities(TestAuthority.Shared.Pem);
        Assert.Equal((NngError.None, NngError.None), await talk.TryAsync(config));
    }

    [Theory]
    [InlineData(TlsAuthMode.None)]
    [InlineData(TlsAuthMode.Optional)]
    public async Task CS133_CS134_A_client_that_does_not_insist_gets_in_unverified(TlsAuthMode mode)
    {
        TlsConfig client = TestIdentity.ClientConfig(s_stranger);
        client.AuthMode = mode;
        await PassesAsync(TestAuthority.Server, client, verified: false);
    }

    [Theory]
    [InlineData(TlsAuthMode.None, false)]
    [InlineData(TlsAuthMode.Optional, true)]
    public async Task A_valid_certificate_is_verified_only_if_somebody_looks(TlsAuthMode mode, bool verified)
    {
        TlsConfig client = TestIdentity.ClientConfig(TestAuthority.Shared);
        client.AuthMode = mode;
        await PassesAsync(TestAuthority.Server, client, verified);
    }

    [Fact]
    public async Task L15_A_revoked_certificate_is_refused_and_others_are_not()
    {
        var authority = TestAuthority.Root("Revoker");
        TestIdentity good = authority.Issue("good", "localhost");
        TestIdentity bad = authority.Issue("bad", "localhost");
        await ClientRefusesAsync(bad, Revoking(authority, authority.Revoke(bad)));
        await PassesAsync(good, Revoking(authority, authority.Revoke(bad)), verified: true);
        await PassesAsync(bad, Revoking(authority, authority.Revoke()), verified: true);
    }

    [Fact]
    public async Task L16_An_intermediate_or_the_certificate_itself_may_be_the_authority()
    {
        TestAuthority middle = TestAuthority.Shared.Intermediate("Middle");
        TestIdentity server = middle.Issue("below", "localhost");
        await PassesAsync(server, TestIdentity.ClientConfig(TestAuthority.Shared), verified: true);
        await PassesAsync(server, TestIdentity.ClientConfig(middle), verified: true);
        var itself = new TlsConfig(TlsMode.Client) { ServerName = "localhost" };
        itself.AddAuthorities(server.CertificatePem);
        await PassesAsync(server, itself, verified: true);
        await ClientRefusesAsync(server, TestIdentity.ClientConfig(TestAuthority.Shared.Intermediate("Middle")));
    }

    [Fact]
    public async Task CS135_A_server_that_insists_refuses_a_client_without_certificate()
    {
        TlsConfig server = TestAuthority.Server.ServerConfig(TestAuthority.Shared, TlsAuthMode.Required);
        using var talk = new TlsTalk(server);
        (NngError client, NngError refused) = await talk.TryAsync(TestIdentity.ClientConfig(TestAuthority.Shared));
        Assert.Equal(NngError.PeerAuthentication, refused);
        TlsTalk.RefusedByPeer(client);
        await ServesAsync(talk, TestAuthority.Client);
    }

    [Fact]
    public async Task A_server_that_insists_refuses_clients_of_strangers_expired_ones_and_revoked_ones()
    {
        var authority = TestAuthority.Root("Clients");
        TestIdentity revoked = authority.Issue("revoked");
        TlsConfig server = TestAuthority.Server.ServerConfig(null, TlsAuthMode.Required);
        server.AddAuthorities(authority.Pem, authority.Revoke(revoked));
        using var talk = new TlsTalk(server);
        TestIdentity[] refused = [s_stranger.Issue("stranger"), authority.Issue("expired", -20, -10), revoked];
        foreach (TestIdentity identity in refused)
        {
            (NngError client, NngError told) =
                await talk.TryAsync(TestIdentity.ClientConfig(TestAuthority.Shared, own: identity));
            Assert.Equal(NngError.PeerAuthentication, told);
            TlsTalk.RefusedByPeer(client);
        }

        await ServesAsync(talk, authority.Issue("good"));
    }

    [Fact]
    public async Task CS136_A_server_that_does_not_insist_takes_clients_without_certificate_or_with_any()
    {
        TlsConfig server = TestAuthority.Server.ServerConfig(TestAuthority.Shared, TlsAuthMode.Optional);
        using var talk = new TlsTalk(server);
        (TestIdentity? Own, bool Verified, string? Name)[] clients =
        [
            (null, false, null), (s_stranger.Issue("stranger"), false, "stranger"),
            (TestAuthority.Client, true, "client.test"),
        ];
        foreach ((TestIdentity? own, bool verified, string? name) in clients)
        {
            (NngStream a, NngStream b) =
                await talk.ConnectAsync(TestIdentity.ClientConfig(TestAuthority.Shared, own: own));
            using (a)
            using (b)
            {
                Assert.Equal((NngError.None, NngError.None), await TlsTalk.TryAsync(a, b));
                Assert.Equal((verified, name), (b.TlsPeer!.IsVerified, b.TlsPeer.CommonName));
            }
        }
    }

    [Fact]
    public async Task CS140_No_common_version_fails_both()
    {
        TlsConfig server = TestAuthority.Server.ServerConfig();
        server.SetVersions(TlsVersion.Tls12, TlsVersion.Tls12);
        TlsConfig client = TestIdentity.ClientConfig(TestAuthority.Shared);
        client.SetVersions(TlsVersion.Tls13, TlsVersion.Tls13);
        using var talk = new TlsTalk(server);
        (NngError left, NngError right) = await talk.TryAsync(client);
        Assert.Contains(left, (NngError[])[NngError.Crypto, NngError.PeerAuthentication]);
        Assert.Contains(right, (NngError[])[NngError.Crypto, NngError.PeerAuthentication]);
        TlsConfig old = TestIdentity.ClientConfig(TestAuthority.Shared);
        old.SetVersions(TlsVersion.Tls12, TlsVersion.Tls13);
        (NngStream a, NngStream b) = await talk.ConnectAsync(old);
        using (a)
        using (b)
        {
            Assert.Equal((NngError.None, NngError.None), await TlsTalk.TryAsync(a, b));
            Assert.Equal(TlsVersion.Tls12, a.TlsPeer!.Version);
        }
    }

    [Fact]
    public async Task L6_A_server_without_certificate_fails_handshakes_not_listening()
    {
        using var talk = new TlsTalk(new TlsConfig(TlsMode.Server));
        (NngError client, NngError server) = await talk.TryAsync(TestIdentity.ClientConfig(TestAuthority.Shared));
        Assert.Equal(NngError.Crypto, server);
        TlsTalk.RefusedByPeer(client);
    }

    [Fact]
    public async Task CS137_Plain_bytes_and_garbage_are_closed_and_others_are_served()
    {
        using var talk = new TlsTalk(TestAuthority.Server.ServerConfig());
        string[] garbage =
        [
            "00 53 50 00 00 50 00 00", "'GET / HTTP/1.1' 0D 0A 0D 0A", "16 03 01 00 02 FF FF", "15 03 03 00 02 02 28",
        ];
        using var listener = new NngStreamListener(ScratchUrl.For("tls+tcp"));
        listener.SetOption(OptionNames.TlsConfig, TestAuthority.Server.ServerConfig());
        listener.Listen();
        foreach (string bytes in garbage)
        {
            Task<NngStream> accept = listener.AcceptAsync().AsTask();
            using RawPeer peer = RawPeer.Dial(listener.Url["tls+".Length..]);
            using NngStream accepted = await accept;
            peer.Send(WireText.Bytes(bytes));
            TransferResult result = await Eventually.Completes(accepted.TryReadExactlyAsync(new byte[1]).AsTask());
            Assert.Contains(result.Error, (NngError[])[NngError.Crypto, NngError.PeerAuthentication]);
            peer.DrainUntilClosed();
        }

        Assert.Equal(
            (NngError.None, NngError.None), await talk.TryAsync(TestIdentity.ClientConfig(TestAuthority.Shared)));
    }

    [Fact]
    public async Task CS145_An_end_of_the_connection_without_notice_is_the_end_of_the_stream()
    {
        (NngStream a, NngStream b) = await StreamPairs.DialAsync("tls+tcp");
        using (a)
        using (b)
        {
            await a.WriteAsync("last"u8.ToArray());
            await Eventually.TrueAsync(() => b.Socket.Available > 0);
            a.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            byte[] got = new byte[5];
            TransferResult result = await Eventually.Completes(b.TryReadExactlyAsync(got).AsTask());
            Assert.Equal(new TransferResult(NngError.ConnectionShutdown, 4), result);
        }
    }

    [Fact]
    public async Task L22_A_close_gives_notice_to_the_peer()
    {
        using var listener = new NngStreamListener(ScratchUrl.For("tls+tcp"));
        listener.SetOption(OptionNames.TlsConfig, TestAuthority.Server.ServerConfig());
        listener.Listen();
        Task<NngStream> accept = listener.AcceptAsync().AsTask();
        using RawPeer peer = RawPeer.Dial(listener.Url["tls+".Length..]);
        using var session = new SslStream(new System.Net.Sockets.NetworkStream(peer.Socket), false, (_, _, _, _) => true);
        using NngStream stream = await accept;
        Task authentication = session.AuthenticateAsClientAsync("localhost");
        await Eventually.Completes(authentication);
        await stream.WriteAsync("bye"u8.ToArray());
        stream.Close();
        byte[] got = new byte[3];
        await session.ReadExactlyAsync(got);
        // An end without notice would be an exception of this class, not an orderly end.
        Assert.Equal(0, await session.ReadAsync(got));
    }

    [Fact]
    public async Task The_own_certificate_can_be_renewed_while_the_listener_runs()
    {
        TestIdentity current = TestAuthority.Shared.Issue("first", "localhost");
        List<string> asked = [];
        var server = new TlsConfig(TlsMode.Server)
        {
            CertificateSelector = name =>
            {
                lock (asked)
                    asked.Add(name);
                return TlsConfig.LoadCertificate(current.CertificatePem, current.KeyPem);
            },
        };
        using var talk = new TlsTalk(server);
        foreach (string name in (string[])["first", "second"])
        {
            current = TestAuthority.Shared.Issue(name, "localhost");
            (NngStream a, NngStream b) = await talk.ConnectAsync(TestIdentity.ClientConfig(TestAuthority.Shared));
            using (a)
            using (b)
            {
                Assert.Equal((NngError.None, NngError.None), await TlsTalk.TryAsync(a, b));
                Assert.Equal(name, a.TlsPeer!.CommonName);
            }
        }

        Assert.True(server.IsBusy);
        Assert.Equal(["localhost", "localhost"], asked);
    }

    [Fact]
    public async Task A_selector_that_throws_fails_the_handshake_only()
    {
        bool fails = true;
        TlsConfig server = TestAuthority.Server.ServerConfig();
        server.CertificateSelector = _ => fails ? throw new InvalidOperationException("no certificate today") : null;
        using var talk = new TlsTalk(server);
        (NngError client, NngError told) = await talk.TryAsync(TestIdentity.ClientConfig(TestAuthority.Shared));
        Assert.Equal(NngError.Crypto, told);
        TlsTalk.RefusedByPeer(client);
        fails = false;
        await ServesAsync(talk, null);
    }

    [Fact]
    public async Task The_platforms_own_options_rule_alone()
    {
        SslStreamCertificateContext certificate =
            TlsConfig.LoadCertificate(TestAuthority.Server.CertificatePem, TestAuthority.Server.KeyPem);
        var server = new TlsConfig(new SslServerAuthenticationOptions { ServerCertificateContext = certificate });
        using var talk = new TlsTalk(server);
        int asked = 0;
        var trusting = new TlsConfig(new SslClientAuthenticationOptions
        {
            TargetHost = "whatever",
            EnabledSslProtocols = SslProtocols.Tls12,
            RemoteCertificateValidationCallback = (_, _, _, errors) => ++asked > 0 && errors != SslPolicyErrors.None,
        });
        (NngStream a, NngStream b) = await talk.ConnectAsync(trusting);
        using (a)
        using (b)
        {
            Assert.Equal((NngError.None, NngError.None), await TlsTalk.TryAsync(a, b));
            Assert.Equal((1, true, TlsVersion.Tls12), (asked, a.TlsPeer!.IsVerified, a.TlsPeer.Version));
        }

        var strict = new TlsConfig(new SslClientAuthenticationOptions { TargetHost = "localhost" });
        (NngError left, NngError right) = await talk.TryAsync(strict);
        Assert.Equal(NngError.PeerAuthentication, left);
        TlsTalk.RefusedByPeer(right);
        Assert.Equal(
            NngError.NotSupported,
            Assert.Throws<NngException>(() => new TlsConfig(new SslClientAuthenticationOptions()).ServerName = "x").Error);
    }

    [Fact]
    public async Task A_close_amid_the_handshake_ends_what_waits_for_it()
    {
        using RawPeerListener silent = RawPeerListener.Tcp();
        using var dialer = new NngStreamDialer("tls+" + silent.Url);
        NngStream stream = await dialer.DialAsync();
        Task<TransferResult> write = stream.TryWriteAsync(new byte[1]).AsTask();
        Task<TransferResult> read = stream.TryReadExactlyAsync(new byte[1]).AsTask();
        stream.Close();
        Assert.Equal(new TransferResult(NngError.Closed, 0), await Eventually.Completes(write));
        Assert.Equal(new TransferResult(NngError.Closed, 0), await Eventually.Completes(read));
    }

    [Fact]
    public async Task A_peer_that_leaves_amid_the_handshake_is_told_as_that()
    {
        using RawPeerListener listener = RawPeerListener.Tcp();
        using var dialer = new NngStreamDialer("tls+" + listener.Url);
        using NngStream stream = await dialer.DialAsync();
        using (RawPeer peer = listener.Accept())
            peer.Read(5);
        TransferResult result = await Eventually.Completes(stream.TryReadExactlyAsync(new byte[1]).AsTask());
        Assert.Contains(result.Error, (NngError[])[NngError.ConnectionShutdown, NngError.ConnectionReset]);
    }

    private static TlsConfig Revoking(TestAuthority authority, string list)
    {
        var config = new TlsConfig(TlsMode.Client) { ServerName = "localhost" };
        config.AddAuthorities(authority.Pem, list);
        return config;
    }

    private static async Task ClientRefusesAsync(TestIdentity server, TlsConfig client)
    {
        using var talk = new TlsTalk(server.ServerConfig());
        (NngError refused, NngError told) = await talk.TryAsync(client);
        Assert.Equal(NngError.PeerAuthentication, refused);
        TlsTalk.RefusedByPeer(told);
        TlsConfig anybody = TestIdentity.ClientConfig(null);
        anybody.AuthMode = TlsAuthMode.None;
        Assert.Equal((NngError.None, NngError.None), await talk.TryAsync(anybody));
    }

    private static async Task PassesAsync(TestIdentity server, TlsConfig client, bool verified)
    {
        using var talk = new TlsTalk(server.ServerConfig());
        (NngStream a, NngStream b) = await talk.ConnectAsync(client);
        using (a)
        using (b)
        {
            Assert.Equal((NngError.None, NngError.None), await TlsTalk.TryAsync(a, b));
            Assert.Equal(verified, a.TlsPeer!.IsVerified);
        }
    }

    private static async Task ServesAsync(TlsTalk talk, TestIdentity? own) => Assert.Equal(
        (NngError.None, NngError.None),
        await talk.TryAsync(TestIdentity.ClientConfig(TestAuthority.Shared, own: own)));
}
