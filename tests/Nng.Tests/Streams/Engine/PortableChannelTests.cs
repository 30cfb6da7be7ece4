using System;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>The channel on <see cref="System.Net.Sockets.SocketAsyncEventArgs"/>.</summary>
public sealed class PortableChannelTests : ChannelContract
{
    internal override IoEngine Engine { get; } = new PortableEngine();

    [Fact]
    public void A_send_carried_out_while_the_writer_waited_is_reported_by_its_next_try()
    {
        using var pair = new ChannelPair(Engine);
        pair.Fill();
        byte[] bytes = GC.AllocateArray<byte>(3, pinned: true);
        "end"u8.CopyTo(bytes);
        IoSegment[] segments = [new IoSegment(bytes, 0, 1), new IoSegment(bytes, 1, 2)];
        Assert.Equal(NngError.TryAgain, pair.Channel.TrySend(segments).Error);
        Assert.True(pair.Channel.WaitWritable());
        byte[] buffer = new byte[1 << 20];
        byte last = 0;
        Eventually.True(() =>
        {
            if (pair.Peer.Available > 0)
                last = buffer[pair.Peer.Receive(buffer) - 1];
            return pair.Writable == 1 && pair.Peer.Available == 0;
        });
        Assert.Equal((byte)'d', last);
        Assert.Equal(IoResult.Moved(3), pair.Channel.TrySend(segments));
        Eventually.Stays(() => pair.Peer.Available == 0, "reported, not sent again");
    }
}
