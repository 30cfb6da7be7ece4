using System.Net.Sockets;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>SP over connections that were handed in (transports sheet, 11, and CS-76 to CS-78).</summary>
public sealed class SocketTransportTests : Scenario
{
    [Fact]
    public void CS_76_A_descriptor_carries_tcp_frames()
    {
        var pull = Use(new PullSocket());
        Listener listener = pull.Listen("socket://");
        (int first, int second) = SocketPair.Create();
        RawPeer peer = Use(RawPeer.Over(new Socket(new SafeSocketHandle(second, ownsHandle: true)), RawFraming.Tcp));
        listener.SetOption(OptionNames.SocketDescriptor, first);
        peer.ExpectHex("00 'SP' 00 0051 0000");
        peer.SendHex("00 'SP' 00 0050 0000");
        peer.SendFrame("'hi'");
        Assert.Equal("hi", Recv(pull));
        Assert.Equal(AddressKind.Unspecified, pull.Pipes[0].RemoteAddress.Kind);
        peer.Dispose();
        Eventually.Equal(0, () => pull.Inner.PipeCount);
    }

    [Fact]
    public void S_2_Both_ends_of_a_pair_listen_and_talk()
    {
        var req = Use(new ReqSocket());
        var rep = Use(new RepSocket());
        Listener left = req.Listen("socket://");
        Listener right = rep.Listen("socket://");
        (int first, int second) = SocketPair.Create();
        left.SetOption(OptionNames.SocketDescriptor, first);
        right.SetOption(OptionNames.SocketDescriptor, second);
        Send(req, "'ping'");
        Assert.Equal("ping", Recv(rep));
        Send(rep, "'pong'");
        Assert.Equal("pong", Recv(req));
        Assert.Equal("socket://", left.Url);
    }

    [Fact]
    public void CS_77_Sixteen_wait_before_the_start_and_all_are_served_after_it()
    {
        var pull = Use(new PullSocket());
        Listener listener = pull.CreateListener("socket://");
        for (int i = 0; i < 16; i++)
        {
            (int first, int second) = SocketPair.Create();
            listener.SetOption(OptionNames.SocketDescriptor, first);
            RawPeer peer = Use(RawPeer.Over(new Socket(new SafeSocketHandle(second, ownsHandle: true)), RawFraming.Tcp));
            peer.SendHex("00 'SP' 00 0050 0000");
        }

        (int extra, int other) = SocketPair.Create();
        Use(new SafeSocketHandle(extra, ownsHandle: true));
        Use(new SafeSocketHandle(other, ownsHandle: true));
        NngException full = Assert.Throws<NngException>(() => listener.SetOption(OptionNames.SocketDescriptor, extra));
        Assert.Equal(NngError.OutOfSpace, full.Error);
        listener.Start();
        Eventually.Equal(16, () => pull.Inner.AttachedCount);
    }

    [Fact]
    public void CS_78_There_is_nothing_to_dial_and_nothing_may_follow_the_slashes()
    {
        var pull = Use(new PullSocket());
        Listener listener = pull.CreateListener("socket://");
        Assert.Equal(
            NngError.WriteOnly,
            Assert.Throws<NngException>(() => listener.GetOption<int>(OptionNames.SocketDescriptor)).Error);
        Assert.Equal(NngError.NotSupported, Assert.Throws<NngException>(() => pull.Dial("socket://")).Error);
        Assert.Equal(NngError.AddressInvalid, Assert.Throws<NngException>(() => pull.Listen("socket://x")).Error);
    }
}
