using System;
using System.Linq;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Conformance;

/// <content>Options, limits, addresses and statistics.</content>
public abstract partial class ConnectionConformance
{
    [Fact]
    public void Options_of_endpoints_are_typed_checked_and_inherited()
    {
        var socket = Use(new Pair0Socket(new SocketOptions { ReceiveMaxSize = 4321 }));
        string url = NewUrl();
        Listener listener = CreateListener(socket, url);
        Dialer dialer = CreateDialer(socket, url);
        AssertOptions(url, listener.GetOption<long>, listener.GetOption<string>, (name, value) => ErrorOf(() => listener.SetOption(name, value)));
        AssertOptions(url, dialer.GetOption<long>, dialer.GetOption<string>, (name, value) => ErrorOf(() => dialer.SetOption(name, value)));

        dialer.SetOption(OptionNames.ReconnectTimeMin, TimeSpan.FromMilliseconds(7));
        dialer.SetOption(OptionNames.ReconnectTimeMax, TimeSpan.FromMilliseconds(70));
        Assert.Equal(TimeSpan.FromMilliseconds(7), dialer.GetOption<TimeSpan>(OptionNames.ReconnectTimeMin));
        Assert.Equal(TimeSpan.FromMilliseconds(70), dialer.GetOption<TimeSpan>(OptionNames.ReconnectTimeMax));
        Assert.Equal(
            NngError.NotSupported, ErrorOf(() => listener.SetOption(OptionNames.ReconnectTimeMin, TimeSpan.Zero)));
    }

    [Fact]
    public void Both_ends_of_a_pipe_know_both_addresses()
    {
        var pull = Use(new PullSocket());
        var push = Use(new PushSocket());
        (Listener listener, Dialer dialer) = Join(pull, push);
        Pipe accepted = Assert.Single(pull.Pipes);
        Pipe dialed = Assert.Single(push.Pipes);
        Assert.Equal(Kind, accepted.LocalAddress.Kind);
        Assert.Equal(dialed.RemoteAddress, accepted.LocalAddress);
        Assert.Equal(dialed.LocalAddress, accepted.RemoteAddress);
        Assert.Equal(listener.GetOption<NngAddress>(OptionNames.LocalAddress), accepted.LocalAddress);
        foreach (Pipe pipe in new[] { accepted, dialed })
        {
            Assert.Equal(pipe.LocalAddress, pipe.GetOption<NngAddress>(OptionNames.LocalAddress));
            Assert.Equal(pipe.RemoteAddress, pipe.GetOption<NngAddress>(OptionNames.RemoteAddress));
            Assert.NotEqual("unknown", pipe.RemoteAddress.ToString());
        }

        Assert.Equal((true, false), (dialed.IsDialed, accepted.IsDialed));
        Assert.Equal(dialer.Url, dialed.Url);
        Assert.Equal((pull.ProtocolId, push.ProtocolId), (dialed.PeerProtocol, accepted.PeerProtocol));
    }

    [Fact]
    public void Statistics_count_connections_refusals_and_messages()
    {
        var pull = Use(new PullSocket());
        var push = Use(new PushSocket());
        Dialer early = CreateDialer(push, NewUrl());
        Assert.Equal(NobodyThere, ErrorOf(early.Start));
        string counter = NobodyThere == NngError.TimedOut ? "timeout" : "refused";
        Assert.Equal(1, Snapshot().FindDialer(early.Id)!.Find(counter)!.Value);

        (Listener listener, Dialer dialer) = Join(pull, push);
        for (int i = 0; i < 3; i++)
        {
            Send(push, "'12345'");
            Assert.Equal("12345", Recv(pull));
        }

        int sending = push.Pipes[0].Id;
        int receiving = pull.Pipes[0].Id;
        AssertStatistics(Snapshot().FindListener(listener.Id)!, ("accept", 1), ("pipes", 1), ("proto", 0), ("reject", 0));
        AssertStatistics(Snapshot().FindDialer(dialer.Id)!, ("connect", 1), ("pipes", 1), ("refused", 0), ("reject", 0));
        AssertStatistics(Snapshot().FindPipe(sending)!, ("tx_msgs", 3), ("tx_bytes", 15), ("rx_msgs", 0), ("rx_bytes", 0));
        AssertStatistics(Snapshot().FindPipe(receiving)!, ("rx_msgs", 3), ("rx_bytes", 15), ("tx_msgs", 0), ("tx_bytes", 0));
        Assert.Equal(LimitsSize, Snapshot().FindListener(listener.Id)!.Find("rcv_max") is not null);

        dialer.Dispose();
        Eventually.Equal(0, () => Snapshot().FindListener(listener.Id)!.Find("pipes")!.Value);
        Eventually.True(
            () => Snapshot().FindPipe(receiving) is null && Snapshot().FindPipe(sending) is null, "the pipes' are gone");
        Assert.Null(Snapshot().FindDialer(dialer.Id));
    }

    private static StatNode Snapshot() => NngStatistics.Snapshot();

    private static void AssertStatistics(StatNode scope, params (string Name, long Value)[] expected) =>
        Assert.Equal(expected, expected.Select(e => (e.Name, scope.Find(e.Name)!.Value)));

    private void AssertOptions(
        string url, Func<string, long> number, Func<string, string> text, Func<string, object, NngError> set)
    {
        Assert.Equal(4321, number(OptionNames.ReceiveMaxSize));
        Assert.Equal(url, text(OptionNames.Url));
        Assert.Equal(NngError.None, set(OptionNames.ReceiveMaxSize, (long)uint.MaxValue));
        Assert.Equal(LargestLimit, number(OptionNames.ReceiveMaxSize));
        Assert.Equal(NngError.InvalidArgument, set(OptionNames.ReceiveMaxSize, 1L << 32));
        Assert.Equal(NngError.InvalidArgument, set(OptionNames.ReceiveMaxSize, -1L));
        Assert.Equal(NngError.BadType, set(OptionNames.ReceiveMaxSize, true));
        Assert.Equal(NngError.BadType, ErrorOf(() => text(OptionNames.ReceiveMaxSize)));
        Assert.Equal(NngError.ReadOnly, set(OptionNames.Url, "x"));
        Assert.Equal(NngError.NotSupported, set("no-such-option", 1));
        Assert.Equal(NngError.NotSupported, ErrorOf(() => text("no-such-option")));
        Assert.Equal(NngError.NotSupported, set(OptionNames.SendTimeout, TimeSpan.Zero));
    }
}
