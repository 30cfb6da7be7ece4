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

    [Fact]
    public void S169_Requests_may_be_answered_in_any_order()
    {
        var raw = Use(new RawSocket(RawProtocol.Rep));
        RawPeer peer = Peer(raw, 0x30);
        peer.SendFrame("80000001 'a'");
        Message first = raw.Receive(TimeSpan.FromSeconds(10));
        peer.SendFrame("80000002 'b'");
        Message second = raw.Receive(TimeSpan.FromSeconds(10));
        raw.Send(second);
        raw.Send(first);
        peer.ExpectFrame("80000002 'b'");
        peer.ExpectFrame("80000001 'a'");
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

    private const string FourteenLow = "00000001 00000001 00000001 00000001 00000001 00000001 00000001 "
        + "00000001 00000001 00000001 00000001 00000001 00000001 00000001";

    /// <summary>S150, S152 and S153: what goes through and what is dropped, the connection kept.</summary>
    [Theory]
    [InlineData(2, "00000001 80000001", "00000001 00000002 80000001")]
    [InlineData(1, "80000001", "00000001 80000001")]
    [InlineData(2, "80000001", "00000001 00000002")]
    [InlineData(15, FourteenLow + " 80000001", "00000001 " + FourteenLow + " 80000001")]
    public void S177_The_hop_limit_does_not_count_the_arrival_pipe(int ttl, string good, string bad)
    {
        var raw = Use(new RawSocket(RawProtocol.Rep, new SocketOptions { MaxTtl = ttl }));
        RawPeer peer = Peer(raw, 0x30);
        peer.SendFrame($"{bad} 'n'");
        peer.SendFrame($"{good} 'y'");
        using Message message = raw.Receive(TimeSpan.FromSeconds(10));
        string backtrace = good.Replace(" ", string.Empty);
        Assert.Equal(($"{raw.Pipes[0].Id:x8}{backtrace}", "79"), (Hex(message.Header), Hex(message.Body)));
        Assert.Equal(1, raw.DroppedMessages(DropReason.TtlExceeded));
    }

    /// <summary>S151 and S152: what closes the pipe.</summary>
    [Theory]
    [InlineData(8, "00000001")]
    [InlineData(8, "")]
    [InlineData(8, "010203")]
    [InlineData(3, "00000001 00000002")]
    public void S177_A_request_without_end_closes_the_pipe(int ttl, string malformed)
    {
        var raw = Use(new RawSocket(RawProtocol.Rep, new SocketOptions { MaxTtl = ttl }));
        RawPeer peer = Peer(raw, 0x30);
        peer.SendFrame(malformed);
        peer.ExpectClosed();
    }
}
