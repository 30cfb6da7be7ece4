using System;
using System.Collections.Generic;
using System.Linq;
using Nng.Streams;
using Nng.TestKit;
using Nng.Tests.Core;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>
/// Who is refused over every transport that has TLS: with the same error at the side that refuses, and with one of those
/// of the sheet at the other; the listener goes on serving (transports sheet, L-15, 14.4 and 21.5).
/// </summary>
[Collection(LoggerCollection.Name)]
public sealed class CertificateTests : Scenario
{
    private static readonly TestAuthority s_stranger = TestAuthority.Root("Somebody else");

    private static readonly TestIdentity s_revoked = TestAuthority.Shared.Issue("revoked.test", "localhost");

    private static readonly TlsConfig s_nobody = new(TlsMode.Client) { ServerName = "localhost" };

    /// <summary>Certificates of servers that a client refuses.</summary>
    private static readonly Dictionary<string, TestIdentity> s_servers = new()
    {
        ["expired"] = TestAuthority.Shared.Issue("late.test", -20, -10, "localhost"),
        ["not yet valid"] = TestAuthority.Shared.Issue("early.test", 10, 20, "localhost"),
        ["wrong name"] = TestAuthority.Shared.Issue("other.test", "other.test", "127.0.0.2"),
        ["unknown authority"] = s_stranger.Issue("strange.test", "localhost"),
        ["revoked"] = s_revoked,
    };

    /// <summary>Certificates of clients that a server refuses; null for none.</summary>
    private static readonly Dictionary<string, TestIdentity?> s_clients = new()
    {
        ["missing"] = null,
        ["expired"] = TestAuthority.Shared.Issue("late.test", -20, -10),
        ["not yet valid"] = TestAuthority.Shared.Issue("early.test", 10, 20),
        ["unknown authority"] = s_stranger.Issue("strange.test"),
        ["revoked"] = s_revoked,
    };

    private readonly RecordingLogger _logger = new();

    public CertificateTests() => NngLog.Logger = _logger;

    public static TheoryData<string, string> Servers => Rows(s_servers.Keys);

    public static TheoryData<string, string> Clients => Rows(s_clients.Keys);

    public override void Dispose()
    {
        base.Dispose();
        NngLog.Logger = null;
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void CS_131_132_A_client_refuses_a_server(string scheme, string why)
    {
        TestIdentity identity = s_servers[why];
        var pull = Use(new PullSocket());
        Listener listener = Listen(pull, scheme, identity.ServerConfig());
        Assert.Equal(NngError.PeerAuthentication, Dial(listener.Url, Checking(null)));
        Assert.Empty(pull.Pipes);
        // The platform's client tells by an alert, or only by the end of the connection.
        Assert.All(Refusals(listener), IsOfTheOtherSide);
        ExpectService(pull, listener.Url, new TlsConfig(TlsMode.Client) { AuthMode = TlsAuthMode.None });
    }

    [Theory]
    [InlineData("tls+tcp")]
    [InlineData("wss")]
    public void CS_131_A_client_without_authorities_refuses_every_server(string scheme)
    {
        var pull = Use(new PullSocket());
        Listener listener = Listen(pull, scheme, TestAuthority.Server.ServerConfig());
        Assert.Equal(NngError.PeerAuthentication, Dial(listener.Url, s_nobody));
        Assert.Empty(pull.Pipes);
        ExpectService(pull, listener.Url, Checking(null));
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public void CS_135_A_server_that_insists_refuses_a_client(string scheme, string why)
    {
        TlsConfig server = TestAuthority.Server.ServerConfig(TestAuthority.Shared, TlsAuthMode.Required);
        server.AddAuthorities(TestAuthority.Shared.Pem, TestAuthority.Shared.Revoke(s_revoked));
        var pull = Use(new PullSocket());
        Listener listener = Listen(pull, scheme, server);
        IsOfTheOtherSide(Dial(listener.Url, Checking(s_clients[why])).Text());
        Eventually.True(() => Refusals(listener).Length == 1, "the server tells why");
        Assert.Equal([NngError.PeerAuthentication.Text()], Refusals(listener));
        Assert.Empty(pull.Pipes);
        ExpectService(pull, listener.Url, Checking(TestAuthority.Client));
        Assert.Equal("client.test", pull.Pipes[0].TlsPeer!.CommonName);
        Assert.True(pull.Pipes[0].GetOption<bool>(OptionNames.TlsVerified));
    }

    private static TheoryData<string, string> Rows(IEnumerable<string> reasons)
    {
        var rows = new TheoryData<string, string>();
        foreach (string reason in reasons)
        {
            rows.Add("tls+tcp", reason);
            rows.Add("wss", reason);
        }

        return rows;
    }

    /// <summary>What the side that did not refuse may see (transports sheet, 14.4).</summary>
    private static void IsOfTheOtherSide(string error) => Assert.Contains(error, ((NngError[])
        [
            NngError.PeerAuthentication, NngError.Crypto, NngError.Closed, NngError.ConnectionShutdown,
            NngError.ConnectionReset,
        ]).Select(NngErrorText.Text));

    /// <summary>A client that trusts the shared authority, but for what it revoked.</summary>
    private static TlsConfig Checking(TestIdentity? own)
    {
        TlsConfig config = TestIdentity.ClientConfig(TestAuthority.Shared, own: own);
        config.AddAuthorities(TestAuthority.Shared.Pem, TestAuthority.Shared.Revoke(s_revoked));
        return config;
    }

    private static Listener Listen(PullSocket pull, string scheme, TlsConfig config)
    {
        Listener listener = pull.CreateListener(ScratchUrl.For(scheme));
        listener.SetOption(OptionNames.TlsConfig, config);
        listener.Start();
        return listener;
    }

    private NngError Dial(string url, TlsConfig config)
    {
        Dialer dialer = Use(new PushSocket()).CreateDialer(url);
        dialer.SetOption(OptionNames.TlsConfig, config);
        return Assert.Throws<NngException>(dialer.Start).Error;
    }

    private void ExpectService(PullSocket pull, string url, TlsConfig config)
    {
        var push = Use(new PushSocket());
        Dialer dialer = push.CreateDialer(url);
        dialer.SetOption(OptionNames.TlsConfig, config);
        dialer.Start();
        Send(push, "'hi'");
        Assert.Equal("hi", Recv(pull));
    }

    /// <summary>The reasons that the listening side has given for connections that it did not take.</summary>
    private string[] Refusals(Listener listener) =>
    [
        .. _logger.Entries
            .Where(entry => entry.Id.Name == "NNG-ACCEPT-FAIL" && entry.Values["Url"] as string == listener.Url)
            .Select(entry => (string)entry.Values["Error"]!),
    ];
}
