using System;
using System.Net.Sockets;
using System.Threading.Tasks;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>Peers that stay silent in the handshake; one test, as it waits for the real deadline of 10 s.</summary>
public sealed class TlsDeadlineTests : Scenario
{
    [Fact]
    public async Task CS_138_139_TW_28_Silent_peers_are_given_up_and_delay_nobody()
    {
        var pull = Use(new PullSocket());
        Listener listener = pull.CreateListener(ScratchUrl.For("tls+tcp"));
        listener.SetOption(OptionNames.TlsConfig, TestAuthority.Server.ServerConfig());
        listener.Start();
        string plain = listener.Url["tls+".Length..];
        RawPeer silent = Use(RawPeer.Dial(plain));
        RawPeer stuck = Use(RawPeer.Dial(plain));
        stuck.SendHex("16 03 01 02 00 01 00 01 FC 03 03");
        RawPeerListener server = Use(RawPeerListener.Tcp());
        using var stream = new NngStreamDialer("tls+" + server.Url);
        using NngStream dialed = await stream.DialAsync();
        Task<TransferResult> read = dialed.TryReadExactlyAsync(new byte[1]).AsTask();
        Task<NngException> dial = Assert.ThrowsAsync<NngException>(
            () => Task.Run(() => Use(new PushSocket()).Dial("tls+" + server.Url)));

        // A connection that was handed in has no longer (TW-1).
        (int given, int kept) = SocketPair.Create();
        pull.Listen("socket://").SetOption(OptionNames.SocketDescriptor, given);
        RawPeer quiet = Use(RawPeer.Over(new Socket(new SafeSocketHandle(kept, ownsHandle: true)), RawFraming.Tcp));

        // The same beneath WebSocket (L-19).
        Listener web = pull.CreateListener(ScratchUrl.For("wss"));
        web.SetOption(OptionNames.TlsConfig, TestAuthority.Server.ServerConfig());
        web.Start();
        RawPeer mute = Use(RawPeer.Dial(web.Url.Replace("wss:", "tcp:", StringComparison.Ordinal)));
        Task<NngException> upgrade = Assert.ThrowsAsync<NngException>(
            () => Task.Run(() => Use(new PushSocket()).Dial("wss" + server.Url["tcp".Length..])));

        var push = Use(new PushSocket());
        Dialer dialer = push.CreateDialer(listener.Url);
        dialer.SetOption(OptionNames.TlsConfig, TestIdentity.ClientConfig(TestAuthority.Shared));
        dialer.Start();
        Send(push, "'hi'");
        Assert.Equal("hi", Recv(pull));

        Assert.Equal(0, silent.DrainUntilClosed(timeoutMs: 60_000));
        Assert.Equal(0, stuck.DrainUntilClosed(timeoutMs: 60_000));
        Assert.Equal(SpHandshake.Length, quiet.DrainUntilClosed(timeoutMs: 60_000));
        Assert.Equal(0, mute.DrainUntilClosed(timeoutMs: 60_000));
        Assert.Equal(NngError.TimedOut, (await Eventually.Completes(upgrade, timeoutMs: 60_000)).Error);
        Assert.Equal(NngError.TimedOut, (await Eventually.Completes(dial, timeoutMs: 60_000)).Error);
        Assert.Equal(NngError.TimedOut, (await Eventually.Completes(read, timeoutMs: 60_000)).Error);
        Eventually.Equal(2, () => listener.Inner.Counters.TimedOut);
        Assert.Equal(1, pull.Inner.AttachedCount);
    }
}
