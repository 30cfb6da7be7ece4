using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Conformance;

/// <content>Dialers that meet listeners which do not keep to the protocol (transports sheet, 21.1: CS-33 to CS-36).</content>
public abstract partial class StreamTransportConformance
{
    [Theory]
    [InlineData(ulong.MaxValue)] // CS-33
    [InlineData(1ul << 63)]
    public async Task CS_33_A_bad_frame_after_the_handshake_costs_the_pipe_and_is_redialled(ulong claim)
    {
        RawPeerListener listener = RawListen();
        var push = Use(Quick(new PushSocket()));
        Dialer dialer = CreateDialer(push, listener.Url);
        Task dialing = Task.Run(dialer.Start);
        RawPeer peer = RawAccept(listener);
        peer.Send([.. WireText.Bytes(HsPull), .. RawPeer.FrameHead(peer.Framing, claim)]);
        await Eventually.Completes(dialing);
        Assert.Equal(SpHandshake.Length, peer.DrainUntilClosed());
        RawPeer again = RawAccept(listener);
        again.Handshake(0x51);
        push.Send("hi"u8);
        Assert.Equal("hi", again.ReadText());
    }

    [Fact]
    public async Task CS_34_A_synchronous_dial_of_another_language_is_a_protocol_error()
    {
        Assert.Equal(NngError.Protocol, await DialErrorAsync(RawListen(), peer => peer.SendHex("'HTTP/1.1'")));
    }

    [Fact]
    public async Task CS_35_A_synchronous_dial_to_a_peer_that_closes_is_a_connection_shut_down()
    {
        Assert.Equal(NngError.ConnectionShutdown, await DialErrorAsync(RawListen(), peer => peer.Dispose()));
    }

    [Fact]
    public async Task CS_36_A_dial_to_the_wrong_protocol_succeeds_and_is_repeated()
    {
        RawPeerListener listener = RawListen();
        var push = Use(Quick(new PushSocket()));
        Dialer dialer = CreateDialer(push, listener.Url);
        Task dialing = Task.Run(dialer.Start);
        for (int i = 0; i < 3; i++)
        {
            RawPeer pub = RawAccept(listener);
            pub.SendHex("00 'SP' 00 0020 0000");
            Assert.Equal(SpHandshake.Length, pub.DrainUntilClosed());
        }

        await Eventually.Completes(dialing);
        Assert.Equal(0, push.Inner.AttachedCount);
        Eventually.Equal(3, () => push.Inner.Rejects);
    }
}
