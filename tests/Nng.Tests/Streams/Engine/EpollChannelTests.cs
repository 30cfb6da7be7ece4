using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>The channel on epoll: the contract, and what its edges and the drained mark must not lose.</summary>
public sealed class EpollChannelTests : ChannelContract
{
    private static readonly EpollEngine s_engine = new();

    internal override IoEngine Engine => s_engine;

    [Fact]
    public void An_edge_that_comes_between_try_and_wait_sends_the_reader_back()
    {
        using var pair = new ChannelPair(Engine);
        // The loop reports the connection's first edges; then the channel is quiet.
        pair.WaitReadable();
        pair.Peer.Send("a"u8);
        Eventually.Equal(1, () => pair.Readable);
        Assert.Equal(1, pair.Receive().Count);
        Assert.Equal(NngError.TryAgain, pair.Receive().Error);
        pair.Peer.Send("b"u8);
        Eventually.True(() => pair.Receive().Count == 1, "the edge makes the drained socket worth reading");
    }

    [Fact]
    public void A_receive_that_filled_its_room_is_tried_again_without_an_edge()
    {
        using var pair = new ChannelPair(Engine);
        pair.Peer.Send(new byte[8]);
        Eventually.Equal(8, () => pair.Channel.Socket.Available);
        Assert.Equal(4, pair.Receive(4).Count);
        Assert.Equal(4, pair.Receive(4).Count);
    }

    [Fact]
    public void A_drained_channel_that_closes_is_closed_and_not_to_be_waited_for()
    {
        using var pair = new ChannelPair(Engine);
        pair.Peer.Send("hi"u8);
        Assert.Equal(2, pair.ReceiveWaiting().Count);
        Assert.Equal(NngError.TryAgain, pair.Receive().Error);
        pair.Channel.Close();
        Assert.Equal(NngError.Closed, pair.Receive().Error);
        Assert.Equal(NngError.Closed, pair.Receive().Error);
    }

    [Fact]
    public void Descriptors_are_reused_under_late_events_without_harm()
    {
        for (int i = 0; i < 300; i++)
        {
            using var first = new ChannelPair(Engine);
            first.WaitReadable();
            first.Peer.Send("x"u8);
            first.Channel.Close();
            using var second = new ChannelPair(Engine);
            int before = second.WaitReadable();
            Assert.Equal(before, second.Readable);
            second.Peer.Send("yz"u8);
            Assert.Equal(2, second.ReceiveWaiting().Count);
        }
    }
}
