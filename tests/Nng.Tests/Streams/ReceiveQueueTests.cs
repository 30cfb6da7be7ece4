using System;
using System.Linq;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Streams;
using Nng.TestKit;
using Nng.Tests.Sp.Transports;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>Receiving into vectors of many shapes, and what comes right behind bytes.</summary>
public sealed class ReceiveQueueTests
{
    private readonly ScriptedChannel _channel = new();
    private readonly NngStream _stream;

    public ReceiveQueueTests()
    {
        _stream = new NngStream(
            _channel, NngAddress.Unspecified, NngAddress.Unspecified, new OptionTable<NngStream>());
    }

    [Theory]
    [InlineData(new[] { 1, 2, 3, 4 })]
    [InlineData(new[] { 0, 5, 0, 0, 5, 0 })]
    [InlineData(new[] { 10 })]
    [InlineData(new[] { 9000, 1 })]
    [InlineData(new[] { 1, 9000, 1, 9000 })]
    [InlineData(new[] { 100, 70_000, 100 })]
    public void An_exact_receive_fills_every_shape_and_takes_nothing_beyond(int[] shape)
    {
        byte[] all = new byte[shape.Sum() + 7];
        new Random(3).NextBytes(all);
        byte[][] parts = [.. shape.Select(length => new byte[length])];
        _channel.Arrive(all);
        Aio receive = Submit(_stream.ReceiveAll, parts);
        Assert.Equal((NngError.None, shape.Sum()), Outcome(receive));
        Assert.Equal(all[..^7], parts.SelectMany(part => part));
        Assert.Equal(7, _channel.Unread);
    }

    [Fact]
    public void Many_small_elements_cost_one_receive()
    {
        _channel.Arrive(new byte[1000]);
        byte[][] parts = [.. Enumerable.Range(0, 1000).Select(_ => new byte[1])];
        Assert.Equal((NngError.None, 1000), Outcome(Submit(_stream.ReceiveAll, parts)));
        Assert.Single(_channel.Reads);
    }

    [Fact]
    public void A_partial_receive_takes_what_is_there_over_several_elements()
    {
        _channel.Arrive(new byte[10_005]);
        Aio receive = Submit(_stream.Receive, new byte[10_000], new byte[10_000]);
        Assert.Equal((NngError.None, 10_005), Outcome(receive));
    }

    [Fact]
    public void Bytes_before_a_failure_are_reported_first()
    {
        _channel.Arrive(new byte[10_000]);
        _channel.Break(NngError.ConnectionReset);
        Assert.Equal((NngError.None, 10_000), Outcome(Submit(_stream.Receive, new byte[10_000], new byte[10_000])));
        Assert.Equal((NngError.ConnectionReset, 0), Outcome(Submit(_stream.Receive, new byte[1])));
        Assert.Equal((NngError.ConnectionReset, 0), Outcome(Submit(_stream.ReceiveAll, new byte[1])));
    }

    [Fact]
    public async Task A_failure_kept_back_is_told_to_the_awaitable_face_too()
    {
        _channel.Arrive(new byte[10_000]);
        _channel.Break(NngError.ConnectionReset);
        Outcome(Submit(_stream.Receive, new byte[10_000], new byte[10_000]));
        TransferException failure =
            await Assert.ThrowsAsync<TransferException>(() => _stream.ReadAsync(new byte[1]).AsTask());
        Assert.Equal(NngError.ConnectionReset, failure.Error);
    }

    [Fact]
    public void An_exact_receive_counts_what_came_in_pieces()
    {
        byte[] buffer = new byte[10];
        Aio receive = Submit(_stream.ReceiveAll, buffer);
        _channel.Arrive(1, 2, 3);
        _channel.Arrive(4);
        Assert.True(receive.IsBusy);
        receive.Cancel();
        Assert.Equal((NngError.Canceled, 4), Outcome(receive));
        Assert.Equal([1, 2, 3, 4], buffer[..4]);
    }

    private static Aio Submit(Action<Aio> operation, params byte[][] parts)
    {
        var aio = new Aio();
        aio.SetVector([.. parts.Select(part => new ReadOnlyMemory<byte>(part))]);
        operation(aio);
        return aio;
    }

    private static (NngError Error, long Count) Outcome(Aio aio)
    {
        Eventually.True(() => !aio.IsBusy, "the operation ends");
        return (aio.Result, aio.Count);
    }
}
