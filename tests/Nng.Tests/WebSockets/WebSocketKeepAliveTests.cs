using System;
using Nng.TestKit;
using Nng.Tests.Sp;
using Nng.Tests.Sp.Transports;
using Nng.WebSockets;
using Xunit;

namespace Nng.Tests.WebSockets;

/// <summary>Pings of our own, and peers that do not answer.</summary>
public sealed class WebSocketKeepAliveTests : Scenario
{
    [Fact]
    public void A_silent_peer_is_asked_and_given_up()
    {
        // Asked it is attached; soon after that it is not any more.
        RawPeer peer = Attach(timeoutMs: 50, out PullSocket pull, out Listener listener);
        peer.ExpectHex("89 00");
        Eventually.Equal(0, () => pull.Inner.PipeCount);
        Eventually.Equal(1, () => listener.Inner.Counters.TimedOut);
        peer.DrainUntilClosed();
    }

    [Fact]
    public void A_peer_that_answers_is_kept()
    {
        RawPeer peer = Attach(timeoutMs: 20_000, out PullSocket pull, out _);
        Eventually.Equal(1, () => pull.Inner.AttachedCount);
        for (int i = 0; i < 5; i++)
        {
            peer.ExpectHex("89 00");
            peer.Send(WsTalk.Masked(0x8a, default));
        }

        peer.Send(WsTalk.Masked(0x82, "alive"u8));
        Assert.Equal("alive", Recv(pull));
        Assert.Equal(1, pull.Inner.PipeCount);
    }

    [Fact]
    public void While_nobody_receives_the_silence_is_nobodys_fault()
    {
        var channel = new ScriptedChannel();
        var owner = new Owner();
        var settings = new WebSocketSettings { IsServer = true, IsMessageMode = true };
        var link = new WebSocketLink(channel, settings, default) { Owner = owner };
        // Its own ticks never come.
        var alive = new WebSocketKeepAlive(link, int.MaxValue, int.MaxValue);
        alive.Execute();
        alive.Execute();
        Assert.Empty(channel.Sent);
        link.StartReceive();
        alive.Execute();
        Assert.Equal("89 00", channel.SentHex);
        channel.Arrive("8A 80 11223344");
        alive.OnHeard();
        alive.Execute();
        alive.Execute();
        Assert.Equal("89 00 89 00", channel.SentHex);
        Assert.Null(owner.Reason);
        alive.Stop();
        var strict = new WebSocketKeepAlive(link, int.MaxValue, timeoutMs: 0);
        strict.Execute();
        strict.Execute();
        strict.Stop();
        Assert.Equal(NngError.TimedOut, owner.Reason);
        Assert.True(channel.IsClosed);
    }

    [Fact]
    public void A_close_has_its_own_time()
    {
        var channel = new ScriptedChannel { Room = 0 };
        var settings = new WebSocketSettings
        {
            IsServer = true,
            IsMessageMode = true,
            IsApplication = true,
            CloseTimeoutMs = 60_000,
            PingIntervalMs = 1,
            PingTimeoutMs = 1,
        };
        var link = new WebSocketLink(channel, settings, default) { Owner = new Owner() };
        link.Post(Message.Rent(new byte[100_000]));
        link.Kick();
        link.Close();
        // Asks for the ticks, which it does not get.
        link.StartReceive();
        Eventually.Stays(() => !channel.IsClosed, "what was sent may still leave");
        channel.Drain(1_000_000);
        Assert.Equal("88 02 03 E8", WireText.Hex(channel.Sent.AsSpan(^4..)));
        channel.Arrive(WsTalk.Masked(0x88, [0x03, 0xe8]));
        Assert.True(channel.IsClosed);
    }

    private RawPeer Attach(int timeoutMs, out PullSocket pull, out Listener listener)
    {
        pull = Use(new PullSocket());
        listener = pull.CreateListener(ScratchUrl.For("ws"));
        listener.SetOption(OptionNames.WsPingInterval, TimeSpan.FromMilliseconds(20));
        listener.SetOption(OptionNames.WsPingTimeout, TimeSpan.FromMilliseconds(timeoutMs));
        listener.Start();
        return Use(WsTalk.Upgraded(listener.Url, "pull.sp.nanomsg.org"));
    }

    private sealed class Owner : IWebSocketOwner
    {
        public NngError? Reason { get; private set; }

        public bool OnMessage(Message message)
        {
            message.Dispose();
            return true;
        }

        public void OnSendReady()
        {
        }

        public void OnEnded(NngError reason) => Reason = reason;

        public void OnUnsent(int messages)
        {
        }
    }
}
