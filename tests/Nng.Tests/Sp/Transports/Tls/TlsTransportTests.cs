using System;
using System.Collections.Generic;
using System.Threading;
using Nng.Streams;
using Nng.TestKit;
using Nng.Tests.Conformance;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>
/// TLS: what every transport over a byte stream does, and who is told what of whom (transports sheet, 21.5); who is
/// refused has tests of its own.
/// </summary>
public sealed class TlsTransportTests : StreamTransportConformance
{
    private static readonly TestAuthority s_stranger = TestAuthority.Root("Somebody else");

    protected override string Scheme => "tls+tcp";

    protected override AddressKind Kind => AddressKind.Inet;

    protected override void Configure(Listener listener) =>
        listener.SetOption(OptionNames.TlsConfig, TestAuthority.Server.ServerConfig());

    protected override void Configure(Dialer dialer) =>
        dialer.SetOption(OptionNames.TlsConfig, TestIdentity.ClientConfig(TestAuthority.Shared));

    protected override RawPeerListener RawListen() => Use(RawPeerListener.OverTls());

    protected override RawPeer RawDial(string url) => Use(TlsBridge.Dial(url));

    protected override RawPeer RawAccept(RawPeerListener listener) => Use(TlsBridge.Accept(listener));

    [Fact]
    public void CS_130_The_identities_are_readable_on_both_pipes()
    {
        (PullSocket pull, PushSocket push) = Join(
            TestAuthority.Server.ServerConfig(), TestIdentity.ClientConfig(TestAuthority.Shared));
        Pipe dialed = push.Pipes[0];
        Assert.True(dialed.GetOption<bool>(OptionNames.TlsVerified));
        Assert.Equal("server.test", dialed.GetOption<string>(OptionNames.TlsPeerCommonName));
        Assert.Equal(
            ["localhost", "127.0.0.1"], dialed.GetOption<IReadOnlyList<string>>(OptionNames.TlsPeerAlternativeNames));
        Assert.Equal("server.test", dialed.TlsPeer!.CommonName);
        Pipe accepted = pull.Pipes[0];
        Assert.False(accepted.GetOption<bool>(OptionNames.TlsVerified));
        Assert.Null(accepted.GetOption<string>(OptionNames.TlsPeerCommonName));
        Assert.False(accepted.TlsPeer!.IsVerified);
        Assert.Equal(
            NngError.BadType, ErrorOf(() => dialed.GetOption<bool>(OptionNames.TlsPeerCommonName)));
    }

    [Fact]
    public void O_19_Pipes_of_other_transports_have_no_tls_identity()
    {
        var pull = Use(new PullSocket());
        var push = Use(new PushSocket());
        push.Dial(pull.Listen(ScratchUrl.Tcp()).Url);
        Pipe pipe = push.Pipes[0];
        Assert.Null(pipe.TlsPeer);
        Assert.Equal(NngError.NotSupported, ErrorOf(() => pipe.GetOption<bool>(OptionNames.TlsVerified)));
        Assert.Equal(NngError.NotSupported, ErrorOf(() => pipe.GetOption<string>(OptionNames.TlsPeerCommonName)));
    }

    [Fact]
    public void CS_131_The_default_of_a_dialer_trusts_nobody()
    {
        var pull = Use(new PullSocket());
        Listener listener = Listen(pull);
        Assert.Equal(NngError.PeerAuthentication, ErrorOf(() => Use(new PushSocket()).Dial(listener.Url)));
        // It was told by an alert, or by the end of the connection.
        Eventually.Equal(1, () => listener.Inner.Counters.Authentication + listener.Inner.Counters.Other);
    }

    [Theory]
    [InlineData(TlsAuthMode.None)] // CS-133
    [InlineData(TlsAuthMode.Optional)] // CS-134
    public void CS_133_134_A_client_that_does_not_insist_talks_unverified(TlsAuthMode mode)
    {
        TlsConfig client = TestIdentity.ClientConfig(s_stranger);
        client.AuthMode = mode;
        (_, PushSocket push) = Join(TestAuthority.Server.ServerConfig(), client);
        Assert.False(push.Pipes[0].GetOption<bool>(OptionNames.TlsVerified));
    }

    [Fact]
    public void CS_136_A_server_that_does_not_insist_talks_to_anonymous_clients()
    {
        (PullSocket pull, _) = Join(
            TestAuthority.Server.ServerConfig(TestAuthority.Shared, TlsAuthMode.Optional),
            TestIdentity.ClientConfig(TestAuthority.Shared));
        Assert.False(pull.Pipes[0].GetOption<bool>(OptionNames.TlsVerified));
    }

    [Fact]
    public void The_event_before_a_pipe_is_added_can_refuse_by_identity()
    {
        var pull = Use(new PullSocket());
        int refused = 0;
        pull.OnPipe(PipeEvent.AddPre, pipe =>
        {
            if (pipe.TlsPeer is { IsVerified: true, CommonName: "client.test" })
                return;
            Interlocked.Increment(ref refused);
            pipe.Close();
        });
        Listener listener = pull.CreateListener(NewUrl());
        listener.SetOption(
            OptionNames.TlsConfig, TestAuthority.Server.ServerConfig(TestAuthority.Shared, TlsAuthMode.Optional));
        listener.Start();
        Dial(Use(new PushSocket()), listener.Url);
        Eventually.True(() => Volatile.Read(ref refused) > 0, "the anonymous client is refused");
        Assert.Equal(0, pull.Inner.AttachedCount);
        var known = Use(new PushSocket());
        Dialer dialer = known.CreateDialer(listener.Url);
        dialer.SetOption(
            OptionNames.TlsConfig, TestIdentity.ClientConfig(TestAuthority.Shared, own: TestAuthority.Client));
        dialer.Start();
        Send(known, "'it is me'");
        Assert.Equal("it is me", Recv(pull));
    }

    [Theory]
    [InlineData("00 53 50 00 00 50 00 00")]
    [InlineData("'GET / HTTP/1.0' 0D0A0D0A")]
    [InlineData("16 03 01 00 05 FF FF FF FF FF")]
    [InlineData("15 03 03 00 02 02 28")]
    [InlineData("17 03 03 40 00 00 00 00 00 00")]
    public void CS_137_Bytes_that_are_no_tls_close_their_connection_only(string bytes)
    {
        var pull = Use(new PullSocket());
        Listener listener = Listen(pull);
        var push = Use(new PushSocket());
        Dial(push, listener.Url);
        RawPeer bad = Use(RawPeer.Dial(listener.Url["tls+".Length..]));
        bad.SendHex(bytes);
        if (bytes.StartsWith("17", StringComparison.Ordinal))
            bad.ShutdownSend();
        bad.DrainUntilClosed();
        Send(push, "'still here'");
        Assert.Equal("still here", Recv(pull));
        Assert.Equal(1, pull.Inner.PipeCount);
    }

    [Fact]
    public void CS_140_Without_a_common_version_there_is_no_pipe()
    {
        TlsConfig server = TestAuthority.Server.ServerConfig();
        server.SetVersions(TlsVersion.Tls12, TlsVersion.Tls12);
        TlsConfig client = TestIdentity.ClientConfig(TestAuthority.Shared);
        client.SetVersions(TlsVersion.Tls13, TlsVersion.Tls13);
        var pull = Use(new PullSocket());
        Listener listener = pull.CreateListener(NewUrl());
        listener.SetOption(OptionNames.TlsConfig, server);
        listener.Start();
        Dialer dialer = Use(new PushSocket()).CreateDialer(listener.Url);
        dialer.SetOption(OptionNames.TlsConfig, client);
        Assert.Contains(ErrorOf(dialer.Start), (NngError[])[NngError.Crypto, NngError.PeerAuthentication]);
        Assert.Empty(pull.Pipes);
    }

    [Fact]
    public void CS_142_A_configuration_is_frozen_by_the_first_dial_and_by_a_start_of_a_listener()
    {
        var pull = Use(new PullSocket());
        Listener listener = pull.CreateListener(NewUrl());
        TlsConfig server = TestAuthority.Server.ServerConfig();
        listener.SetOption(OptionNames.TlsConfig, server);
        Assert.False(server.IsBusy);
        listener.Start();
        Assert.Equal(NngError.Busy, ErrorOf(() => server.AddAuthorities(TestAuthority.Shared.Pem)));
        Assert.Equal(NngError.Busy, ErrorOf(() => listener.SetOption(OptionNames.TlsAuthMode, 0)));
        TlsConfig client = TestIdentity.ClientConfig(TestAuthority.Shared);
        Dialer dialer = Use(new PushSocket()).CreateDialer(listener.Url);
        dialer.SetOption(OptionNames.TlsConfig, client);
        Assert.False(client.IsBusy);
        dialer.Start();
        Assert.Equal(NngError.Busy, ErrorOf(() => client.AddAuthorities(TestAuthority.Shared.Pem)));
        Assert.Equal(NngError.Busy, ErrorOf(() => dialer.SetOption(OptionNames.TlsServerName, "x")));
    }

    [Fact]
    public void CS_143_Options_of_endpoints_are_checked()
    {
        Dialer dialer = Use(new PushSocket()).CreateDialer(NewUrl());
        Assert.Equal(NngError.InvalidArgument, ErrorOf(() => dialer.SetOption(OptionNames.TlsAuthMode, 3)));
        Assert.Equal(NngError.InvalidArgument, ErrorOf(() => dialer.SetOption<TlsConfig?>(OptionNames.TlsConfig, null)));
        Assert.Equal(NngError.WriteOnly, ErrorOf(() => dialer.GetOption<string>(OptionNames.TlsCaFile)));
        Assert.Equal(NngError.NotFound, ErrorOf(() => dialer.SetOption(OptionNames.TlsCaFile, "/no/such/file")));
        Assert.Equal("127.0.0.1", dialer.GetOption<TlsConfig>(OptionNames.TlsConfig).ServerName);
    }

    [Fact]
    public void A_configuration_set_on_the_socket_is_given_to_its_endpoints_of_that_mode()
    {
        var pull = Use(new PullSocket());
        pull.SetOption(OptionNames.TlsConfig, TestAuthority.Server.ServerConfig());
        var push = Use(new PushSocket());
        TlsConfig client = TestIdentity.ClientConfig(TestAuthority.Shared);
        push.SetOption(OptionNames.TlsConfig, client);
        push.Dial(pull.Listen(NewUrl()).Url);
        Send(push, "'hi'");
        Assert.Equal("hi", Recv(pull));
        Assert.NotSame(client, push.CreateListener(NewUrl()).GetOption<TlsConfig>(OptionNames.TlsConfig));
        push.Dial(pull.Listen(ScratchUrl.Tcp()).Url);
        Assert.Equal(NngError.InvalidArgument, ErrorOf(() => push.SetOption<TlsConfig?>(OptionNames.TlsConfig, null)));
        Assert.Equal(NngError.InvalidArgument, ErrorOf(() => push.SetOption(OptionNames.TlsAuthMode, 3)));
    }

    [Fact]
    public void CS_145_A_connection_that_drops_without_notice_ends_its_pipe_and_is_redialled()
    {
        var pull = Use(new PullSocket());
        var push = Use(Quick(new PushSocket()));
        (Listener listener, _) = Join(pull, push);
        RawPeer peer = RawDialAs(listener.Url, 0x50);
        Eventually.Equal(2, () => pull.Inner.AttachedCount);
        peer.Reset();
        Eventually.Equal(1, () => pull.Inner.PipeCount);
        Send(push, "'hi'");
        Assert.Equal("hi", Recv(pull));
    }

    private (PullSocket Pull, PushSocket Push) Join(TlsConfig server, TlsConfig client)
    {
        var pull = Use(new PullSocket());
        Listener listener = pull.CreateListener(NewUrl());
        listener.SetOption(OptionNames.TlsConfig, server);
        listener.Start();
        var push = Use(new PushSocket());
        Dialer dialer = push.CreateDialer(listener.Url);
        dialer.SetOption(OptionNames.TlsConfig, client);
        dialer.Start();
        Send(push, "'hi'");
        Assert.Equal("hi", Recv(pull));
        return (pull, push);
    }
}
