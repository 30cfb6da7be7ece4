using System;
using Nng.Interop.Tests.Peers;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Conversations;

/// <summary>Certificates, with the C library at the other end: both sides' identity, and who is refused.</summary>
public sealed class TlsIdentityTests : IDisposable
{
    private readonly PullSocket _pull = new(new SocketOptions { ReceiveTimeout = TimeSpan.FromSeconds(20) });
    private readonly PushSocket _push = new(new SocketOptions { SendTimeout = TimeSpan.FromSeconds(20) });
    private readonly string _url = ScratchUrl.For("tls+tcp");

    public void Dispose()
    {
        _pull.Dispose();
        _push.Dispose();
    }

    [PeerFact("libnng")]
    public void Their_client_is_known_by_its_certificate_and_refused_without()
    {
        Listener listener = _pull.CreateListener(_url);
        listener.SetOption(
            OptionNames.TlsConfig, TestAuthority.Server.ServerConfig(TestAuthority.Shared, TlsAuthMode.Required));
        listener.Start();
        Libnng.Socket anonymous = Libnng.Open("push", Party.TimeoutMs);
        LibnngTls.KeepDialing(anonymous, _url, TestAuthority.Shared);
        Eventually.True(() => listener.Inner.Counters.Authentication > 0);
        Assert.Empty(_pull.Pipes);
        Libnng.Close(anonymous);

        Libnng.Socket known = Libnng.Open("push", Party.TimeoutMs);
        Assert.Equal(NngError.None, LibnngTls.Dial(known, _url, TestAuthority.Shared, TestAuthority.Client));
        Libnng.Send(known, "hi"u8.ToArray());
        using Message message = _pull.Receive();
        Assert.True(message.Body.SequenceEqual("hi"u8));
        TlsPeer peer = _pull.Pipes[0].TlsPeer!;
        Assert.Equal((true, "client.test"), (peer.IsVerified, peer.CommonName));
        Assert.Equal(["client.example"], peer.AlternativeNames);
        Libnng.Close(known);
    }

    [PeerFact("libnng")]
    public void Their_server_that_insists_knows_our_client_and_refuses_it_without_certificate()
    {
        Libnng.Socket pull = Libnng.Open("pull", Party.TimeoutMs);
        LibnngTls.Listen(pull, _url, TestAuthority.Shared);
        NngException refused = Assert.Throws<NngException>(
            () => Dial(TestIdentity.ClientConfig(TestAuthority.Shared)));
        Assert.Contains(
            refused.Error,
            (NngError[])[NngError.PeerAuthentication, NngError.ConnectionShutdown, NngError.ConnectionReset]);
        Dial(TestIdentity.ClientConfig(TestAuthority.Shared, own: TestAuthority.Client));
        _push.Send("hi"u8);
        Assert.Equal("hi"u8.ToArray(), Libnng.Receive(pull));
        Assert.True(_push.Pipes[0].TlsPeer!.IsVerified);
        Libnng.Close(pull);
    }

    [PeerFact("libnng")]
    public void Whoever_does_not_trust_the_server_refuses_it()
    {
        TestAuthority stranger = TestAuthority.Root("Somebody else");
        Libnng.Socket pull = Libnng.Open("pull", Party.TimeoutMs);
        LibnngTls.Listen(pull, _url);
        NngException refused = Assert.Throws<NngException>(() => Dial(TestIdentity.ClientConfig(stranger)));
        Assert.Equal(NngError.PeerAuthentication, refused.Error);
        Libnng.Close(pull);

        string url = ScratchUrl.For("tls+tcp");
        Listener listener = _pull.CreateListener(url);
        listener.SetOption(OptionNames.TlsConfig, TestAuthority.Server.ServerConfig());
        listener.Start();
        Libnng.Socket push = Libnng.Open("push", Party.TimeoutMs);
        NngError theirs = LibnngTls.Dial(push, url, stranger);
        Assert.Contains(theirs, (NngError[])[NngError.PeerAuthentication, NngError.Crypto]);
        Eventually.Equal(1, () => listener.Inner.Counters.Authentication + listener.Inner.Counters.Other);
        Libnng.Close(push);
    }

    private void Dial(TlsConfig config)
    {
        Dialer dialer = _push.CreateDialer(_url);
        dialer.SetOption(OptionNames.TlsConfig, config);
        try
        {
            dialer.Start();
        }
        catch (NngException)
        {
            dialer.Dispose();
            throw;
        }
    }
}
