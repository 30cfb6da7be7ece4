using System;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Protocols.Req;

/// <summary>Scenarios S172 to S176 and S178: req0, raw.</summary>
public sealed class RawReqProtocolTests : Scenario
{
    [Fact]
    public void S172_Requests_wait_in_the_buffer()
    {
        var raw = Use(new RawSocket(RawProtocol.Req));
        Assert.Equal(NngError.TryAgain, Poll(raw, "80000001 'x'"));
        raw.SetOption("send-buffer", 2);
        Assert.Equal(
            (NngError.None, NngError.None, NngError.TryAgain),
            (Poll(raw, "80000001 'a'"), Poll(raw, "80000002 'b'"), Poll(raw, "80000003 'c'")));
        RawPeer peer = Peer(raw, 0x31);
        peer.ExpectFrame("80000001 'a'");
        peer.ExpectFrame("80000002 'b'");
    }

    [Fact]
    public void S173_Header_and_body_travel_untouched()
    {
        var raw = Use(new RawSocket(RawProtocol.Req));
        RawPeer peer = Peer(raw, 0x31);
        raw.Send(Msg("0000000380000004", "'b'"));
        peer.ExpectFrame("00000003 80000004 'b'");
        raw.Send(Msg("80000005 'c'"));
        peer.ExpectFrame("80000005 'c'");
    }

    [Fact]
    public void S174_S178_The_backtrace_of_a_reply_is_its_header_whatever_the_hop_limit()
    {
        var raw = Use(new RawSocket(RawProtocol.Req, new SocketOptions { MaxTtl = 1 }));
        RawPeer peer = Peer(raw, 0x31);
        peer.SendFrame("00000002 00000003 80000009 'z'");
        using Message message = raw.Receive(TimeSpan.FromSeconds(10));
        Assert.Equal(("000000020000000380000009", "7a"), (Hex(message.Header), Hex(message.Body)));
    }

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(17, false, false)]
    [InlineData(15, true, true)]
    public void S175_A_reply_without_end_closes_the_pipe(int lowWords, bool id, bool delivered)
    {
        var raw = Use(new RawSocket(RawProtocol.Req));
        RawPeer peer = Peer(raw, 0x31);
        peer.SendFrame(new string(' ', 1) + string.Concat(System.Linq.Enumerable.Repeat("00000002 ", lowWords)) + (id ? "80000001" : string.Empty));
        if (delivered)
        {
            using Message message = raw.Receive(TimeSpan.FromSeconds(10));
            Assert.Equal((64, 0), (message.HeaderLength, message.Length));
        }
        else
        {
            peer.ExpectClosed();
        }
    }

    [Fact]
    public void S176_Peers_take_turns()
    {
        var raw = Use(new RawSocket(RawProtocol.Req));
        RawPeer first = Peer(raw, 0x31);
        RawPeer second = Peer(raw, 0x31);
        foreach (RawPeer peer in (RawPeer[])[first, second, first, second])
        {
            raw.Send(Msg("80000001 'x'"));
            peer.ExpectFrame("80000001 'x'");
        }
    }
}
