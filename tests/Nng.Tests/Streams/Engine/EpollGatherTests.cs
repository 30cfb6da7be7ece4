using System;
using System.Linq;
using System.Net.Sockets;
using Nng.Streams;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>Gathering memory that may move into one system call.</summary>
public sealed class EpollGatherTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(EpollGather.MaxPinned)]
    public void Lists_of_every_length_go_out_in_one_call(int count)
    {
        using var pair = new ChannelPair(new EpollEngine());
        ReadOnlyMemory<byte>[] segments = [.. Enumerable.Range(0, count).Select(i => Bytes(i, (i % 3) + 1))];
        byte[] expected = [.. segments.SelectMany(segment => segment.ToArray())];
        Assert.Equal(expected.Length, pair.Channel.TrySend(segments, 0).Count);
        Assert.Equal(expected, Receive(pair, expected.Length));
    }

    [Fact]
    public void A_list_beyond_the_limit_goes_out_up_to_it()
    {
        using var pair = new ChannelPair(new EpollEngine());
        ReadOnlyMemory<byte>[] segments = [.. Enumerable.Range(0, EpollGather.MaxPinned + 10).Select(i => Bytes(i, 1))];
        Assert.Equal(EpollGather.MaxPinned, pair.Channel.TrySend(segments, 0).Count);
    }

    [Fact]
    public void The_offset_skips_bytes_of_the_first_element_and_empty_ones_are_skipped()
    {
        using var pair = new ChannelPair(new EpollEngine());
        ReadOnlyMemory<byte>[] segments = ["abc"u8.ToArray(), default, "d"u8.ToArray(), default, default];
        Assert.Equal(2, pair.Channel.TrySend(segments, 2).Count);
        Assert.Equal("cd"u8.ToArray(), Receive(pair, 2));
        Assert.Equal(1, pair.Channel.TrySend(segments.AsSpan(0, 1), 2).Count);
        Assert.Equal("c"u8.ToArray(), Receive(pair, 1));
    }

    private static ReadOnlyMemory<byte> Bytes(int value, int length)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, (byte)value);
        return bytes;
    }

    private static byte[] Receive(ChannelPair pair, int count)
    {
        var bytes = new byte[count];
        int got = 0;
        while (got < count)
            got += pair.Peer.Receive(bytes.AsSpan(got), SocketFlags.None);
        return bytes;
    }
}
