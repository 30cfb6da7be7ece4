using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Nng.Tests.Sp;
using Xunit;

namespace Nng.Tests.Sockets;

/// <summary>The three faces of a device; what it does is told by the scenarios S207 to S216.</summary>
public sealed class DeviceTests : Scenario
{
    private readonly RawSocket _front;
    private readonly RawSocket _back;

    public DeviceTests()
    {
        _front = Use(new RawSocket(RawProtocol.Pull));
        _back = Use(new RawSocket(RawProtocol.Push));
    }

    [Fact]
    public async Task The_awaited_device_ends_by_its_token_and_leaves_the_sockets()
    {
        using var cancel = new CancellationTokenSource();
        Task device = Device.RunAsync(_front, _back, cancel.Token);
        Exchange();
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Completes(device));
        Assert.Equal(NngError.None, GetError(_front, OptionNames.SocketName));
        Task again = Device.RunAsync(_front, _back);
        _front.Dispose();
        NngException ended = await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(again));
        Assert.Equal(NngError.Closed, ended.Error);
        Assert.Equal(NngError.None, GetError(_back, OptionNames.SocketName));
    }

    [Fact]
    public async Task The_blocking_device_returns_what_ended_it()
    {
        Task<NngError> device = Task.Factory.StartNew(() => Device.Run(_front, _back), TaskCreationOptions.LongRunning);
        Exchange();
        _back.Dispose();
        Assert.Equal(NngError.Closed, await Eventually.Completes(device));
    }

    [Fact]
    public void The_device_of_an_aio_ends_when_the_aio_is_cancelled_or_times_out()
    {
        using var aio = new Aio();
        Device.Start(aio, _front, _back);
        Exchange();
        aio.Cancel();
        Assert.Equal(NngError.Canceled, Outcome(aio));
        aio.TimeoutMs = 1;
        Device.Start(aio, _front, _back);
        Assert.Equal(NngError.TimedOut, Outcome(aio));
    }

    [Fact]
    public async Task What_cannot_be_a_device_is_said_in_words()
    {
        NngException failure = await Assert.ThrowsAsync<NngException>(() => Device.RunAsync(_front, Use(new PushSocket())));
        Assert.Equal(NngError.InvalidArgument, failure.Error);
        Assert.Contains("raw sockets", failure.Message);
        await Assert.ThrowsAsync<ArgumentNullException>(() => Device.RunAsync(null!));
        Assert.Equal(NngError.InvalidArgument, Device.Run(null, null));
        Assert.Throws<ArgumentNullException>(() => Device.Start(null!, _front, _back));
    }

    private void Exchange()
    {
        var push = Use(new PushSocket());
        var pull = Use(new PullSocket());
        Marry(push, _front);
        Marry(_back, pull);
        Send(push, "'x'");
        Assert.Equal("x", Recv(pull));
        push.Dispose();
        pull.Dispose();
        Eventually.True(() => _front.Pipes.Count == 0 && _back.Pipes.Count == 0, "the ends are gone");
    }
}
