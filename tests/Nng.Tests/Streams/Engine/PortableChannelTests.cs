using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>The channel on <see cref="System.Net.Sockets.SocketAsyncEventArgs"/>.</summary>
public sealed class PortableChannelTests : ChannelContract
{
    internal override IoEngine Engine { get; } = new PortableEngine();

    [Fact]
    public void A_send_that_waits_leaves_no_byte_with_the_system()
    {
        using var pair = new ChannelPair(Engine);
        long filled = pair.Fill();
        Assert.True(pair.Channel.WaitWritable());
        byte[] buffer = new byte[1 << 20];
        long received = 0;
        Eventually.True(() =>
        {
            if (pair.Peer.Available > 0)
                received += pair.Peer.Receive(buffer);
            return pair.Writable == 1 && received >= filled;
        });
        Eventually.Stays(() => pair.Peer.Available == 0 && received == filled, "nothing was sent behind our back");
    }
}
