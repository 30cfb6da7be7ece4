using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Nng.Tests.Sp;
using Xunit;

namespace Nng.Tests.Sockets;

public sealed class DialerTests : Scenario
{
    private readonly PushSocket _push;
    private readonly PullSocket _pull;

    public DialerTests()
    {
        _push = Use(new PushSocket());
        _pull = Use(new PullSocket());
    }

    [Fact]
    public void A_thread_that_is_interrupted_while_it_dials_leaves_no_dialer_behind()
    {
        // It takes the connection and never answers.
        using var listener = RawPeerListener.Tcp();
        Exception? failure = null;
        Exception? later = null;
        var blocked = new Thread(() =>
        {
            failure = Record.Exception(() => _push.Dial(listener.Url));
            later = Record.Exception(() => Thread.Sleep(0));
        });
        blocked.Start();
        using RawPeer peer = listener.Accept();
        peer.Read(8);
        Eventually.True(() => (blocked.ThreadState & ThreadState.WaitSleepJoin) != 0);
        blocked.Interrupt();
        Assert.True(blocked.Join(Eventually.DefaultTimeoutMs));
        Assert.Equal(NngError.Canceled, Assert.IsType<NngException>(failure).Error);
        Assert.IsType<ThreadInterruptedException>(later);
        Assert.Empty(_push.Inner.EndpointsSnapshot());
        peer.ExpectClosed();
    }

    [Fact]
    public void A_dialer_tells_whose_it_is_and_where_it_goes()
    {
        string url = _pull.Listen(ScratchUrl.TcpPortZero()).Url;
        using Dialer dialer = _push.Dial(url);
        Assert.Same(_push, dialer.Socket);
        Assert.Equal(url, dialer.Url);
        Assert.Equal(url, dialer.GetOption<string>(OptionNames.Url));
        Assert.NotEqual(dialer.Id, _push.CreateDialer(url).Id);
        Assert.NotNull(NngStatistics.Snapshot().FindDialer(dialer.Id));
    }

    [Fact]
    public async Task Every_way_to_dial_connects()
    {
        string url = _pull.Listen(ScratchUrl.TcpPortZero()).Url;
        _push.Dial(url);
        await Eventually.Completes(_push.DialAsync(url));
        _push.DialInBackground(url);
        _push.CreateDialer(url).Start();
        await Eventually.Completes(_push.CreateDialer(url).StartAsync());
        _push.CreateDialer(url).StartInBackground();
        await Eventually.Completes(_pull.WaitForPeersAsync(6));
    }

    [Fact]
    public async Task A_failed_start_may_be_tried_again_and_a_failed_dial_leaves_nothing()
    {
        string url = ScratchUrl.Inproc();
        using Dialer dialer = _push.CreateDialer(url);
        Assert.Equal(NngError.ConnectionRefused, Assert.Throws<NngException>(dialer.Start).Error);
        Assert.Equal(NngError.ConnectionRefused, (await Assert.ThrowsAsync<NngException>(() => dialer.StartAsync())).Error);
        Assert.Throws<NngException>(() => _push.Dial(url));
        await Assert.ThrowsAsync<NngException>(() => _push.DialAsync(url));
        Assert.Equal(1, _push.Inner.DialerCount);
        _pull.Listen(url);
        dialer.Start();
        Assert.Single(_push.Pipes);
    }

    [Fact]
    public async Task A_cancelled_dial_closes_its_dialer()
    {
        using var silent = new SilentListener();
        using var cancel = new CancellationTokenSource();
        Task<Dialer> dialing = _push.DialAsync(silent.Url, cancel.Token);
        Assert.False(dialing.IsCompleted);
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Completes(dialing));
        Assert.Equal(0, _push.Inner.DialerCount);
    }

    [Fact]
    public void A_background_dial_finds_the_listener_that_comes_later()
    {
        string url = ScratchUrl.Inproc();
        _push.SetOption(OptionNames.ReconnectTimeMin, TimeSpan.FromMilliseconds(1));
        _push.DialInBackground(url);
        Eventually.True(() => NngStatistics.Snapshot().FindSocket(_push.Id)!.Find("dialers")!.Value == 1);
        _pull.Listen(url);
        Send(_push, "'1'");
        Assert.Equal("1", Recv(_pull));
    }

    [Fact]
    public void Options_are_its_own_and_it_reads_the_sockets()
    {
        using Dialer dialer = _push.CreateDialer(ScratchUrl.Tcp());
        dialer.SetOption(OptionNames.ReconnectTimeMin, TimeSpan.FromMilliseconds(5));
        Assert.Equal(TimeSpan.FromMilliseconds(5), dialer.GetOption<TimeSpan>(OptionNames.ReconnectTimeMin));
        Assert.Equal(TimeSpan.FromSeconds(1), _push.GetOption<TimeSpan>(OptionNames.ReconnectTimeMin));
        Assert.Equal("push", dialer.GetOption<string>(OptionNames.ProtocolName));
        NngException failure = Assert.Throws<NngException>(() => dialer.SetOption(OptionNames.MaxTtl, 3));
        Assert.Equal(NngError.NotSupported, failure.Error);
        Assert.Contains("sockets that count hops", failure.Message);
    }

    [Fact]
    public void Disposing_it_ends_its_pipe_and_its_redials()
    {
        Dialer dialer = _push.Dial(_pull.Listen(ScratchUrl.Inproc()).Url);
        dialer.Dispose();
        dialer.Dispose();
        Eventually.True(() => _push.Pipes.Count == 0 && _pull.Pipes.Count == 0, "both ends are gone");
        Assert.Equal(NngError.Closed, Assert.Throws<NngException>(dialer.Start).Error);
        Assert.Null(NngStatistics.Snapshot().FindDialer(dialer.Id));
    }

    /// <summary>Lets clients connect and never says a word.</summary>
    private sealed class SilentListener : IDisposable
    {
        private readonly System.Net.Sockets.TcpListener _listener = new(System.Net.IPAddress.Loopback, 0);

        public SilentListener() => _listener.Start();

        public string Url => $"tcp://{_listener.LocalEndpoint}";

        public void Dispose() => _listener.Dispose();
    }
}
