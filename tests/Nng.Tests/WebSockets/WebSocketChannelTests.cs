using System;
using System.Buffers;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Nng.Streams;
using Nng.TestKit;
using Nng.Tests.Conformance;
using Nng.Tests.Sp.Transports;
using Nng.WebSockets;
using Xunit;

namespace Nng.Tests.WebSockets;

/// <summary>WebSocket does all that a stream must do.</summary>
public class WebSocketChannelTests : StreamConformance
{
    protected override Task<(NngStream A, NngStream B)> PairAsync() => StreamPairs.DialAsync("ws");

    /// <summary>A close reads on for a moment, for the peer's answer: some of a write may succeed by that, or all.</summary>
    public override async Task A_reset_amid_a_write_is_told_and_the_count_is_a_prefix()
    {
        (NngStream a, NngStream b) = await ConnectAsync();
        Aio send = await StallAsync(a, b, Aio.Infinite);
        b.Close();
        (NngError error, long count) = Outcome(send);
        Assert.True(error == NngError.ConnectionReset ? count < StallBytes : count == StallBytes);
        Eventually.Equal(NngError.ConnectionReset, () => Outcome(Submit(a.SendAll, Aio.Infinite, new byte[1])).Error);
        Assert.Equal((NngError.ConnectionReset, 0), Outcome(Submit(a.SendAll, Aio.Infinite, new byte[1])));
    }
}

/// <summary>So it does over TLS.</summary>
public sealed class SecureWebSocketChannelTests : WebSocketChannelTests
{
    protected override Task<(NngStream A, NngStream B)> PairAsync() => StreamPairs.DialAsync("wss");
}

/// <summary>What streams make of frames (transports sheet, 13.12).</summary>
public sealed class WebSocketBytesTests : IDisposable
{
    private readonly NngStreamListener _listener = new(ScratchUrl.For("ws") + "/bytes");
    private RawPeer? _peer;
    private NngStream? _stream;

    public void Dispose()
    {
        _stream?.Dispose();
        _peer?.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public async Task WS_62_Each_send_is_a_message_of_as_many_bytes_as_a_frame_may_have()
    {
        _listener.SetOption(OptionNames.WsSendFrameMax, 4L);
        await AcceptAsync();
        var aio = new Aio();
        aio.SetVector("ABCDEFGHIJ"u8.ToArray());
        _stream!.Send(aio);
        Eventually.True(() => !aio.IsBusy, "the send ends");
        Assert.Equal((NngError.None, 4), (aio.Result, aio.Count));
        await _stream.WriteAsync("efghij"u8.ToArray());
        _peer!.ExpectHex("82 04 'ABCD' 82 04 'efgh' 82 02 'ij'");
        await _stream.WriteAsync(ReadOnlyMemory<byte>.Empty);
        _peer.ExpectHex("82 00");
        aio.SetVector(default(ReadOnlyMemory<byte>));
        _stream.Send(aio);
        Eventually.True(() => !aio.IsBusy, "the send ends");
        Assert.Equal((NngError.None, 0), (aio.Result, aio.Count));
        _peer.ExpectHex("82 00");
    }

    [Fact]
    public async Task WS_63_Boundaries_of_messages_mean_nothing_and_empty_frames_are_dropped()
    {
        await AcceptAsync();
        _peer!.Send(
        [
            .. WsTalk.Masked(0x82, "a"u8), .. WsTalk.Masked(0x82, default), .. WsTalk.Masked(0x02, "b"u8),
            .. WsTalk.Masked(0x00, default), .. WsTalk.Masked(0x80, "c"u8),
        ]);
        byte[] buffer = new byte[3];
        await Eventually.Completes(_stream!.ReadExactlyAsync(buffer).AsTask());
        Assert.Equal("abc"u8.ToArray(), buffer);
    }

    [Fact]
    public async Task WS_64_The_limit_of_messages_is_none_of_streams_but_that_of_frames_is()
    {
        _listener.SetOption(OptionNames.ReceiveMaxSize, 4L);
        _listener.SetOption(OptionNames.WsReceiveFrameMax, 8L);
        await AcceptAsync();
        _peer!.Send(WsTalk.Masked(0x82, "12345678"u8));
        await Eventually.Completes(_stream!.ReadExactlyAsync(new byte[8]).AsTask());
        _peer.Send(WsTalk.Masked(0x82, "123456789"u8));
        TransferResult result = await Eventually.Completes(_stream.TryReadExactlyAsync(new byte[1]).AsTask());
        Assert.Equal(new TransferResult(NngError.MessageTooLarge, 0), result);
        _peer.ExpectHex("88 02 03F1");
    }

    [Fact]
    public async Task WS_64_Nor_is_it_one_of_compressed_bytes()
    {
        _listener.SetOption(OptionNames.ReceiveMaxSize, 4L);
        _listener.SetOption(OptionNames.WsDeflate, true);
        await AcceptAsync("Sec-WebSocket-Extensions: permessage-deflate");
        // "Hello" as RFC 7692, 7.2.3.1 has it.
        _peer!.Send(WsTalk.Masked(0xC1 + 1, WireText.Bytes("f248cdc9c90700")));
        byte[] buffer = new byte[5];
        await Eventually.Completes(_stream!.ReadExactlyAsync(buffer).AsTask());
        Assert.Equal("Hello"u8.ToArray(), buffer);
    }

    [Fact]
    public void A_send_that_a_close_overtakes_has_moved_nothing()
    {
        var inner = new ScriptedChannel();
        var link = new WebSocketLink(inner, new WebSocketSettings { IsServer = true }, default);
        var channel = new WebSocketChannel(inner, link, new WebSocketFacts("/", string.Empty, string.Empty, null));
        using var memory = new ClosingMemory(channel);
        IoResult result = channel.TrySend([memory.Memory], 0);
        Assert.Equal((NngError.Closed, 0), (result.Error, result.Count));
        Assert.Equal("88 02 03 E8", inner.SentHex);
    }

    [Fact]
    public void Pieces_of_a_byte_count_for_what_they_cost()
    {
        const int count = 50_000;
        var inner = new ScriptedChannel();
        var link = new WebSocketLink(inner, new WebSocketSettings { IsServer = true }, default);
        var channel = new WebSocketChannel(inner, link, new WebSocketFacts("/", string.Empty, string.Empty, null));
        byte[] frame = WsTalk.Masked(0x82, "x"u8);
        inner.Arrive([.. Enumerable.Repeat(frame, count).SelectMany(bytes => bytes)]);
        byte[] buffer = new byte[100];
        int received = channel.TryReceive(buffer).Count;
        inner.RunFlushes();
        // What one read brings may lie there, and few pieces.
        Assert.InRange(inner.Unread, count * (frame.Length - 2), int.MaxValue);
        while (channel.TryReceive(buffer) is { Count: > 0 } result)
        {
            received += result.Count;
            inner.RunFlushes();
        }

        Assert.Equal(count, received);
        channel.Close();
    }

    [Fact]
    public async Task Any_number_of_bytes_may_have_come_behind_the_upgrade()
    {
        using RawPeerListener raw = RawPeerListener.Tcp();
        using var dialer = new NngStreamDialer(raw.Url);
        Task<NngStream> dial = dialer.DialAsync().AsTask();
        using RawPeer peer = raw.Accept();
        byte[] frames = [.. Enumerable.Repeat(WsTalk.Plain(0x82, new byte[999]), 300).SelectMany(frame => frame)];
        using NngStream stream = WebSocketStream.Create(
            await Eventually.Completes(dial),
            new WebSocketSettings { IsServer = false },
            new WebSocketFacts("/", string.Empty, string.Empty, null),
            frames.AsSpan(..^500));
        peer.Send(frames.AsSpan(^500..));
        await Eventually.Completes(stream.ReadExactlyAsync(new byte[999 * 300]).AsTask());
    }

    [Fact]
    public async Task CS_109_Text_is_delivered_unchanged_where_it_is_taken()
    {
        _listener.SetOption(OptionNames.WsReceiveText, true);
        _listener.SetOption(OptionNames.WsSendText, true);
        await AcceptAsync();
        _peer!.SendHex("81 82 11223344 D2 0A");
        byte[] buffer = new byte[2];
        await Eventually.Completes(_stream!.ReadExactlyAsync(buffer).AsTask());
        Assert.Equal("C3 28", WireText.Hex(buffer));
        await _stream.WriteAsync("hi"u8.ToArray());
        _peer.ExpectHex("81 02 'hi'");
        Assert.True(_stream.GetOption<bool>(OptionNames.WsReceiveText));
        Assert.True(_stream.GetOption<bool>(OptionNames.WsSendText));
    }

    [Theory]
    [InlineData("81 82 11223344 D2 0A")]
    [InlineData("01 81 11223344 D2  80 80 11223344")]
    public async Task Text_that_is_not_utf8_ends_a_stream_where_that_is_wanted(string bytes)
    {
        _listener.SetOption(OptionNames.WsReceiveText, true);
        _listener.SetOption(OptionNames.WsCheckText, true);
        await AcceptAsync();
        _peer!.SendHex(bytes);
        TransferResult result = await Eventually.Completes(_stream!.TryReadExactlyAsync(new byte[2]).AsTask());
        Assert.Equal(NngError.Protocol, result.Error);
        _peer.ExpectHex("88 02 03EF");
    }

    [Theory]
    [InlineData("82 02 6869", NngError.Protocol)]
    [InlineData("88 82 11223344 12 CA", NngError.ConnectionShutdown)]
    public async Task WS_55_A_receive_after_the_end_ends_at_once(string bytes, NngError error)
    {
        await AcceptAsync();
        _peer!.SendHex(bytes);
        for (int i = 0; i < 3; i++)
        {
            TransferResult result = await Eventually.Completes(_stream!.TryReadExactlyAsync(new byte[1]).AsTask());
            Assert.Equal(new TransferResult(error, 0), result);
        }

        TransferResult send = await Eventually.Completes(_stream!.TryWriteAsync(new byte[1]).AsTask());
        Assert.Equal(new TransferResult(NngError.ConnectionReset, 0), send);
    }

    [Fact]
    public async Task WS_39_Streams_live_on_when_the_last_listener_of_their_port_has_closed()
    {
        await AcceptAsync();
        string url = _listener.Url;
        _listener.Close();
        _peer!.Send(WsTalk.Masked(0x82, "on"u8));
        await Eventually.Completes(_stream!.ReadExactlyAsync(new byte[2]).AsTask());
        using var next = new NngStreamListener(url);
        next.Listen();
    }

    /// <summary>Close code 1001 (transports sheet, 13.10).</summary>
    [Fact]
    public void Connections_that_nobody_has_accepted_are_told_that_the_listener_goes_away()
    {
        _listener.Listen();
        _peer = WsTalk.Upgraded(_listener.Url, null);
        _listener.Close();
        _peer.ExpectHex("88 02 03E9");
    }

    [Fact]
    public async Task WS_57_The_upgrade_is_readable_and_only_that_while_the_stream_is_open()
    {
        _listener.SetOption(OptionNames.WsResponseHeader + "X-Server", "here");
        await AcceptAsync("X-Client: there", "X-Client: twice");
        Assert.Equal("/bytes", _stream!.GetOption<string>(OptionNames.WsRequestUri));
        Assert.Equal("there, twice", _stream.GetOption<string>(OptionNames.WsRequestHeader + "x-client"));
        Assert.Equal("here", _stream.GetOption<string>(OptionNames.WsResponseHeader + "X-Server"));
        Assert.Contains("X-Client: there\r\n", _stream.GetOption<string>(OptionNames.WsRequestHeaders), StringComparison.Ordinal);
        Assert.Equal(NngError.NotFound, _stream.GetOption(OptionNames.WsRequestHeader + "X-No", out _));
        Assert.Equal(NngError.ReadOnly, _stream.SetOption(OptionNames.WsRequestHeader + "X", Nng.Core.OptionValue.Text("y")));
        Assert.Equal(NngError.ReadOnly, _stream.SetOption(OptionNames.WsRequestHeaders, Nng.Core.OptionValue.Text("X: y")));
        Assert.Null(_stream.GetOption<string>(OptionNames.WsProtocol));
        Assert.True(_stream.GetOption<bool>(OptionNames.TcpNoDelay));
        _stream.Close();
        Assert.Equal(NngError.Closed, _stream.GetOption(OptionNames.WsRequestUri, out _));
        Assert.Equal(NngError.Closed, _stream.GetOption(OptionNames.WsRequestHeader + "X-Client", out _));
    }

    private async Task AcceptAsync(params string[] headers)
    {
        _listener.Listen();
        Task<NngStream> accept = _listener.AcceptAsync().AsTask();
        _peer = WsTalk.Upgraded(_listener.Url, null, headers);
        _stream = await Eventually.Completes(accept);
    }

    /// <summary>A byte whose owner closes the channel that asks for it.</summary>
    private sealed class ClosingMemory(WebSocketChannel channel) : MemoryManager<byte>
    {
        private readonly byte[] _bytes = new byte[1];

        public override Memory<byte> Memory => CreateMemory(_bytes.Length);

        public override Span<byte> GetSpan()
        {
            channel.Close();
            return _bytes;
        }

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
