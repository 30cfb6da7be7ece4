using System;
using System.Collections.Generic;
using Nng.Core;
using Nng.Sp.Transports;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>The exchange of handshakes, on a channel and a clock that the test moves (transports sheet, 6.2).</summary>
public sealed class NegotiationTests
{
    private const string Pull = "00 53 50 00 00 51 00 00";
    private const string Push = "00 53 50 00 00 50 00 00";

    private readonly ScriptedChannel _channel = new();
    private readonly FakeClock _clock = new();
    private readonly List<NngError> _outcomes = [];
    private readonly Negotiation _negotiation;

    public NegotiationTests()
    {
        var stream = new NngStream(
            _channel, NngAddress.Unspecified, NngAddress.Unspecified, new OptionTable<NngStream>());
        _negotiation = new Negotiation(stream, 0x51, (_, error) => Add(error), _clock.Expirer);
    }

    [Fact]
    public void Own_block_goes_out_before_anything_came_in()
    {
        _negotiation.Start();
        Assert.Equal(Pull, _channel.SentHex);
        Assert.True(_channel.ReadWaits);
        Assert.Empty(_outcomes);
    }

    [Fact]
    public void Both_blocks_exchanged_is_success_and_names_the_peer()
    {
        _negotiation.Start();
        _channel.Arrive(Push);
        Assert.Equal([NngError.None], _outcomes);
        Assert.Equal(0x50, _negotiation.PeerProtocol);
        Assert.False(_channel.IsClosed);
    }

    [Fact]
    public void Blocks_may_move_byte_by_byte_each_way()
    {
        _channel.Room = 0;
        _negotiation.Start();
        byte[] block = WireText.Bytes(Push);
        foreach (byte one in block)
        {
            Assert.Empty(_outcomes);
            _channel.Arrive(one);
            _channel.Drain(1);
        }

        Assert.Equal([NngError.None], _outcomes);
        Assert.Equal(Pull, _channel.SentHex);
    }

    [Fact]
    public void Peers_block_alone_is_not_enough()
    {
        _channel.Room = 7;
        _negotiation.Start();
        _channel.Arrive(Push);
        Assert.Empty(_outcomes);
        _channel.Drain(1);
        Assert.Equal([NngError.None], _outcomes);
    }

    [Fact]
    public void Bytes_behind_the_block_stay_for_the_frames()
    {
        _channel.Arrive(Push + "00 00 00 00 00 00 00 02 'hi'");
        _negotiation.Start();
        Assert.Equal([NngError.None], _outcomes);
        Assert.Equal(10, _channel.Unread);
    }

    [Theory]
    [InlineData("01 53 50 00 00 50 00 00")]
    [InlineData("00 54 50 00 00 50 00 00")]
    [InlineData("00 53 51 00 00 50 00 00")]
    [InlineData("00 53 50 01 00 50 00 00")]
    [InlineData("00 53 50 00 00 50 01 00")]
    [InlineData("00 53 50 00 00 50 00 01")]
    [InlineData("'GET / HT'")]
    public void Other_blocks_are_refused_once_all_of_it_is_in(string block)
    {
        byte[] bytes = WireText.Bytes(block);
        _negotiation.Start();
        _channel.Arrive(bytes[..7]);
        Assert.Empty(_outcomes);
        _channel.Arrive(bytes[7..]);
        Assert.Equal([NngError.Protocol], _outcomes);
        Assert.True(_channel.IsClosed);
    }

    [Fact]
    public void End_of_the_stream_is_the_peers_doing()
    {
        _negotiation.Start();
        _channel.Arrive("00 53 50 00");
        _channel.End();
        Assert.Equal([NngError.ConnectionShutdown], _outcomes);
        Assert.True(_channel.IsClosed);
    }

    [Theory]
    [InlineData(NngError.ConnectionReset, NngError.ConnectionShutdown)]
    [InlineData(NngError.Closed, NngError.ConnectionShutdown)]
    [InlineData(NngError.TimedOut, NngError.TimedOut)]
    public void Failing_reads_end_it_with_their_reason(NngError read, NngError expected)
    {
        _negotiation.Start();
        _channel.Break(read);
        Assert.Equal([expected], _outcomes);
    }

    [Fact]
    public void Failing_writes_end_it_with_their_reason()
    {
        _channel.SendFailure = NngError.Closed;
        _negotiation.Start();
        Assert.Equal([NngError.ConnectionShutdown], _outcomes);
        Assert.True(_channel.IsClosed);
    }

    [Fact]
    public void CS_15_CS_32_A_silent_peer_has_ten_seconds()
    {
        Assert.Equal(10_000, Negotiation.TimeoutMs);
        _negotiation.Start();
        _clock.Advance(10_000);
        Eventually.Stays(() => Outcomes.Length == 0, "the negotiation goes on");
        _clock.Advance(1);
        Eventually.Equal(1, () => Outcomes.Length);
        Assert.Equal([NngError.TimedOut], Outcomes);
        Assert.True(_channel.IsClosed);
    }

    [Fact]
    public void CS_16_TW_1_Partial_progress_does_not_move_the_deadline()
    {
        _negotiation.Start();
        byte[] block = WireText.Bytes(Push);
        for (int i = 0; i < 7; i++)
        {
            _clock.Advance(1_400);
            _channel.Arrive(block[i]);
        }

        Eventually.Stays(() => Outcomes.Length == 0, "the negotiation goes on");
        _clock.Advance(201);
        Eventually.Equal(1, () => Outcomes.Length);
        Assert.Equal([NngError.TimedOut], Outcomes);
        Assert.True(_channel.IsClosed);
    }

    [Fact]
    public void Success_disarms_the_deadline()
    {
        _negotiation.Start();
        _channel.Arrive(Push);
        _clock.Advance(20_000);
        Eventually.Stays(() => Outcomes.Length == 1, "one outcome");
        Assert.False(_channel.IsClosed);
    }

    [Fact]
    public void Cancelling_ends_it_once_and_what_comes_later_is_ignored()
    {
        _negotiation.Start();
        _negotiation.Cancel(NngError.Closed);
        _negotiation.Cancel(NngError.Canceled);
        _channel.Arrive(Push);
        Assert.Equal([NngError.Closed], _outcomes);
        Assert.True(_channel.IsClosed);
    }

    [Fact]
    public void Cancel_between_two_halves_wins_over_the_second()
    {
        _channel.OnWaitReadable = () => _negotiation.Cancel(NngError.Canceled);
        _negotiation.Start();
        Assert.Equal([NngError.Canceled], _outcomes);
    }

    private NngError[] Outcomes
    {
        get
        {
            lock (_outcomes)
                return [.. _outcomes];
        }
    }

    private void Add(NngError error)
    {
        lock (_outcomes)
            _outcomes.Add(error);
    }
}
