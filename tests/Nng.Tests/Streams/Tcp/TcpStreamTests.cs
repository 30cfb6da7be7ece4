using System.Threading.Tasks;
using Nng.Streams;
using Nng.TestKit;
using Nng.Tests.Conformance;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>TCP streams: what all streams do, and their options.</summary>
public sealed class TcpStreamTests : StreamConformance
{
    protected override Task<(NngStream A, NngStream B)> PairAsync() => StreamPairs.DialAsync("tcp");

    [Fact]
    public async Task O13_Options_act_on_the_connection_and_end_with_it()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        Assert.True(a.GetOption<bool>(OptionNames.TcpNoDelay));
        Assert.False(a.GetOption<bool>(OptionNames.TcpKeepAlive));
        a.SetOption(OptionNames.TcpNoDelay, false);
        a.SetOption(OptionNames.TcpKeepAlive, true);
        Assert.False(a.Socket.NoDelay);
        Assert.True(a.GetOption<bool>(OptionNames.TcpKeepAlive));
        Assert.Equal(a.LocalAddress, b.RemoteAddress);
        Assert.Equal(a.RemoteAddress, b.GetOption<NngAddress>(OptionNames.LocalAddress));
        Assert.Equal(NngError.ReadOnly, Failure(() => a.SetOption(OptionNames.LocalAddress, NngAddress.Unspecified)));
        Assert.Equal(NngError.BadType, Failure(() => a.SetOption(OptionNames.TcpNoDelay, 1)));
        Assert.Equal(NngError.BadType, Failure(() => a.GetOption<int>(OptionNames.TcpNoDelay)));
        Assert.Equal(NngError.NotSupported, Failure(() => a.GetOption<bool>(OptionNames.IpcPeerUid)));
        a.Close();
        Assert.Equal(NngError.Closed, Failure(() => a.GetOption<bool>(OptionNames.TcpNoDelay)));
        Assert.Equal(NngError.Closed, Failure(() => a.SetOption(OptionNames.TcpNoDelay, true)));
    }

    [Fact]
    public async Task A_reset_is_told_in_both_directions()
    {
        using var listener = new NngStreamListener(ScratchUrl.TcpPortZero());
        listener.Listen();
        using RawPeer peer = RawPeer.Dial(listener.Url);
        using NngStream stream = await Eventually.Completes(listener.AcceptAsync().AsTask());
        Aio send = Submit(stream.SendAll, Aio.Infinite, new byte[StallBytes]);
        await Eventually.TrueAsync(() => peer.Socket.Available > 0);
        peer.Reset();
        (NngError error, long count) = Outcome(send);
        Assert.Equal(NngError.ConnectionReset, error);
        Assert.InRange(count, 1, StallBytes - 1);
        Assert.Equal((NngError.ConnectionReset, 0), Outcome(Submit(stream.Receive, Aio.Infinite, new byte[1])));
        Assert.Equal((NngError.ConnectionReset, 0), Outcome(Submit(stream.Receive, Aio.Infinite, new byte[1])));
    }

    private static NngError Failure(System.Action action) => Assert.ThrowsAny<NngException>(action).Error;
}
