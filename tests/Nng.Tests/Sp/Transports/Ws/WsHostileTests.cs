using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>One peer's fault is its own: it is told why and goes, and a good peer of the same socket is not touched.</summary>
public sealed class WsHostileTests : Scenario
{
    private const string Pull = "pull.sp.nanomsg.org";

    private const int Limit = 1 << 20;

    private readonly PullSocket _pull;
    private readonly PushSocket _good;
    private readonly string _url;
    private int _number;

    public WsHostileTests()
    {
        _pull = Use(new PullSocket(new SocketOptions { ReceiveMaxSize = Limit }));
        Listener listener = _pull.CreateListener(ScratchUrl.For("ws"));
        listener.SetOption(OptionNames.WsDeflate, true);
        listener.SetOption(OptionNames.WsReceiveText, true);
        listener.SetOption(OptionNames.WsCheckText, true);
        listener.Start();
        _url = listener.Url;
        _good = Use(new PushSocket());
        _good.CreateDialer(_url).StartPatiently();
        ExpectGood();
    }

    [Fact]
    public void CS_101_to_114_Each_fault_ends_its_own_pipe_with_its_code()
    {
        string zeros = string.Concat(Enumerable.Repeat("00", 126));
        (string Bytes, string Code)[] faults =
        [
            ("82 02 6869", "03EA"), // not masked
            ("82 FE 0002 11223344 794B", "03EA"), // length in more bytes than it needs
            ("A2 80 11223344", "03EA"), // RSV2
            ("92 80 11223344", "03EA"), // RSV3
            ("C9 80 11223344", "03EA"), // a compressed ping
            ("83 80 11223344", "03EA"), // opcodes without a meaning
            ("8F 80 11223344", "03EA"),
            ("80 80 11223344", "03EA"), // nothing to continue
            ("02 80 11223344 C0 80 11223344", "03EA"), // RSV1 on a continuation
            ("08 80 11223344", "03EA"), // control frames in fragments
            ("0A 80 11223344", "03EA"),
            ("88 FE 007E 11223344" + zeros, "03EA"), // control frames above 125 bytes
            ("8A FE 007E 11223344" + zeros, "03EA"),
            ("81 82 11223344 D20A", "03EF"), // no UTF-8
            ("C2 82 11223344 EEDD", "03EF"), // no deflate
            ("82 FF 0000000000100001 11223344", "03F1"), // claims
            ("82 FF 7FFFFFFFFFFFFFFF 11223344", "03F1"),
            ("82 FF 8000000000000000 11223344", "03F1"),
            ("89 FF FFFFFFFFFFFFFFFF 11223344", "03F1"),
        ];
        foreach ((string bytes, string code) in faults)
        {
            using RawPeer peer = Upgraded();
            peer.SendHex(bytes);
            ExpectEnd(peer, code);
        }
    }

    [Theory]
    [InlineData(Limit + 1)]
    [InlineData(64 * Limit)]
    public void A_bomb_ends_its_own_pipe_at_the_limit(int length)
    {
        using var wire = new MemoryStream();
        using (var deflate = new DeflateStream(wire, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(new byte[length]);
        Assert.True(wire.Length < Limit / 10, "what goes over the wire is short");
        using RawPeer whole = Upgraded();
        whole.Send(WsTalk.Masked(0xc2, wire.ToArray()));
        ExpectEnd(whole, "03F1");

        // In fragments the first bytes do not tell either.
        using RawPeer pieces = Upgraded();
        byte[] bytes = wire.ToArray();
        pieces.Send(WsTalk.Masked(0x42, bytes.AsSpan(..100)));
        ExpectGood();
        pieces.Send(WsTalk.Masked(0x80, bytes.AsSpan(100..)));
        ExpectEnd(pieces, "03F1");
    }

    [Fact]
    public void Fragments_without_an_end_are_refused_at_the_limit_and_empty_ones_cost_nothing()
    {
        using (RawPeer empty = Upgraded())
        {
            empty.Send(WsTalk.Masked(0x02, default));
            byte[] many = [.. Enumerable.Repeat(WsTalk.Masked(0x00, default), 50_000).SelectMany(frame => frame)];
            empty.Send(many);
            empty.Send(WsTalk.Masked(0x80, "end"u8));
            Assert.Equal("end", Recv(_pull));
        }

        using RawPeer full = Upgraded();
        full.Send(WsTalk.Masked(0x02, new byte[Limit / 2]));
        full.Send(WsTalk.Masked(0x00, new byte[Limit / 2]));
        full.Send(WsTalk.Masked(0x00, "!"u8)[..6]);
        ExpectEnd(full, "03F1");
    }

    [Fact]
    public void Clients_that_vanish_anywhere_in_the_upgrade_leave_nothing()
    {
        byte[] request = Encoding.ASCII.GetBytes(string.Join("\r\n", WsTalk.Lines(_url, Pull)) + "\r\n\r\n");
        for (int length = 0; length <= request.Length; length++)
        {
            using RawPeer peer = WsTalk.Dial(_url);
            peer.Send(request.AsSpan(..length));
            if (length % 2 == 0)
                peer.Reset();
        }

        ExpectGood();
        Eventually.Equal(1, () => _pull.Inner.PipeCount);
    }

    [Fact]
    public void Clients_that_send_byte_by_byte_keep_nobody_waiting_and_are_heard_at_last()
    {
        const int clients = 20;
        byte[] bytes =
        [
            .. Encoding.ASCII.GetBytes(string.Join("\r\n", WsTalk.Lines(_url, Pull)) + "\r\n\r\n"),
            .. WsTalk.Masked(0x02, "sl"u8), .. WsTalk.Masked(0x89, "?"u8), .. WsTalk.Masked(0x80, "ow"u8),
        ];
        List<RawPeer> slow = [.. Enumerable.Range(0, clients).Select(_ => Use(WsTalk.Dial(_url)))];
        for (int at = 0; at < bytes.Length; at++)
        {
            foreach (RawPeer peer in slow)
                peer.Send(bytes.AsSpan(at, 1));
            if (at < bytes.Length - 1)
                ExpectGood();
        }

        for (int i = 0; i < clients; i++)
            Assert.Equal("slow", Recv(_pull));
        foreach (RawPeer peer in slow)
        {
            Assert.Equal(101, WsTalk.ReadHead(peer).Status);
            peer.ExpectHex("8A 01 '?'");
        }
    }

    private RawPeer Upgraded() => WsTalk.Upgraded(_url, Pull, "Sec-WebSocket-Extensions: permessage-deflate");

    /// <summary>The peer is told the code and cut off, and the good one's pipe is the only one left.</summary>
    private void ExpectEnd(RawPeer peer, string code)
    {
        peer.ExpectHex("88 02 " + code);
        peer.ExpectClosed();
        Eventually.Equal(1, () => _pull.Inner.PipeCount);
        ExpectGood();
    }

    private void ExpectGood()
    {
        string text = $"good {++_number}";
        _good.Send(Encoding.ASCII.GetBytes(text));
        Assert.Equal(text, Recv(_pull));
    }
}
