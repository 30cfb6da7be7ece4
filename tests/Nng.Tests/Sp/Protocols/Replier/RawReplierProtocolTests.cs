using System;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Protocols.Replier;

/// <summary>Scenarios S167 to S171, S177 and S202: rep0 and respondent0, raw.</summary>
public sealed class RawReplierProtocolTests : Scenario
{
    [Fact]
    public void S167_The_header_is_arrival_pipe_and_backtrace()
    {
        var raw = Use(new RawSocket(RawProtocol.Rep));
        RawPeer peer = Peer(raw, 0x30);
        peer.SendFrame("00000005 80000001 'q'");
        using Message message = raw.Receive(TimeSpan.FromSeconds(10));
        Assert.Equal(($"{raw.Pipes[0].Id:x8}0000000580000001", "71"), (Hex(message.Header), Hex(message.Body)));
    }

    [Fact]
    public void S168_S169_The_first_header_word_is_the_destination()
    {
        var raw = Use(new RawSocket(RawProtocol.Rep));
        RawPeer peer = Peer(raw, 0x30);
        string pipe = $"{raw.Pipes[0].Id:x8}";
        Assert.Equal(NngError.None, Poll(raw.Channel, Msg("010203", "'n'")));
        Assert.Equal(NngError.None, Poll(raw.Channel, Msg("0000000080000001", "'n'")));
        for (int i = 0; i < 5; i++)
            raw.Send(Msg(pipe + "80000001", $"'{i}'"));
        for (int i = 0; i < 5; i++)
            peer.ExpectFrame($"80000001 '{i}'");
        Assert.Equal(2, raw.DroppedMessages(DropReason.NoSuchPipe));
    }

    [Theory]
    [InlineData(RawProtocol.Rep, RawProtocol.Req, 100, 67)]
    [InlineData(RawProtocol.Respondent, RawProtocol.Surveyor, 10, 5)]
    public void S170_S202_A_peer_that_does_not_read_loses_the_newest(RawProtocol own, RawProtocol other, int sent, int kept)
    {
        var raw = Use(new RawSocket(own));
        var peer = Use(new RawSocket(other));
        Marry(raw, peer);
        string pipe = $"{raw.Pipes[0].Id:x8}";
        for (int i = 0; i < sent; i++)
            Assert.Equal(NngError.None, Poll(raw.Channel, Msg(pipe + "80000001", $"{i:x2}")));
        for (int i = 0; i < kept; i++)
            Assert.Equal(((char)i).ToString(), Got(peer));
        Assert.Null(Got(peer));
    }

    [Fact]
    public void S171_A_poll_never_fails()
    {
        var raw = Use(new RawSocket(RawProtocol.Rep));
        for (int i = 0; i < 1000; i++)
            Assert.Equal(NngError.None, Poll(raw, "'x'"));
    }

    [Fact]
    public void S177_The_hop_limit_does_not_count_the_arrival_pipe()
    {
        var raw = Use(new RawSocket(RawProtocol.Rep, new SocketOptions { MaxTtl = 2 }));
        RawPeer peer = Peer(raw, 0x30);
        peer.SendFrame("00000001 00000002 80000001 'n'");
        peer.SendFrame("00000001 80000001 'y'");
        Assert.Equal("y", Recv(raw));
        peer.SendFrame("00000001");
        peer.ExpectClosed();
    }
}
