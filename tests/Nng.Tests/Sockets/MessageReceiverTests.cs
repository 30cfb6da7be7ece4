using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Nng.Tests.Sp;
using Xunit;

namespace Nng.Tests.Sockets;

public sealed class MessageReceiverTests : Scenario
{
    private readonly PushSocket _push;
    private readonly PullSocket _pull;

    public MessageReceiverTests()
    {
        _push = Use(new PushSocket());
        _pull = Use(new PullSocket());
        Marry(_push, _pull);
    }

    [Fact]
    public void Too_late_is_a_value_of_the_try_forms()
    {
        Assert.False(_pull.TryReceive(out Message? message));
        Assert.Null(message);
        Assert.False(_pull.TryReceive(TimeSpan.FromMilliseconds(1), out message));
        Assert.Null(message);
        Assert.False(_pull.TryReceive(new System.Buffers.ArrayBufferWriter<byte>(), out int length));
        Assert.Equal(0, length);
        var alone = Use(new PushSocket());
        using Message kept = Msg("'k'");
        Assert.False(alone.TrySend(kept, TimeSpan.FromMilliseconds(1)));
        Assert.Equal(1, kept.Length);
    }

    [Fact]
    public async Task The_sequence_goes_on_until_the_socket_closes()
    {
        var got = new List<string>();
        var last = new TaskCompletionSource();
        Task reading = Task.Run(async () =>
        {
            await foreach (Message message in _pull.ReceiveAllAsync())
            {
                got.Add(Text(message));
                if (got.Count == 3)
                    last.SetResult();
            }
        });
        foreach (string text in (string[])["1", "2", "3"])
            Send(_push, $"'{text}'");
        await Eventually.Completes(last.Task);
        _pull.Dispose();
        await Eventually.Completes(reading);
        Assert.Equal(["1", "2", "3"], got);
    }

    [Fact]
    public async Task The_sequence_passes_on_other_failures_and_cancelling()
    {
        _pull.ReceiveTimeout = TimeSpan.FromMilliseconds(1);
        NngException late = await Assert.ThrowsAsync<NngException>(async () =>
        {
            await foreach (Message message in _pull.ReceiveAllAsync())
                message.Dispose();
        });
        Assert.Equal(NngError.TimedOut, late.Error);
        _pull.ReceiveTimeout = Timeout.InfiniteTimeSpan;
        using var cancel = new CancellationTokenSource();
        Task reading = Task.Run(async () =>
        {
            await foreach (Message message in _pull.ReceiveAllAsync().WithCancellation(cancel.Token))
                message.Dispose();
        });
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Eventually.Completes(reading));
        Send(_push, "'kept'");
        Assert.Equal("kept", Recv(_pull));
    }

    [Fact]
    public async Task A_receive_into_a_writer_that_throws_reports_it()
    {
        Send(_push, "'1'");
        Assert.Throws<NotSupportedException>(() => _pull.Receive(new FullWriter()));
        ValueTask<int> waiting = _pull.ReceiveAsync(new FullWriter());
        Send(_push, "'2'");
        await Assert.ThrowsAsync<NotSupportedException>(() => Eventually.Completes(waiting.AsTask()));
        Assert.Throws<ArgumentNullException>(() => _pull.Receive((System.Buffers.IBufferWriter<byte>)null!));
    }

    /// <summary>Has no room at all.</summary>
    private sealed class FullWriter : System.Buffers.IBufferWriter<byte>
    {
        public void Advance(int count) => throw new NotSupportedException();

        public Memory<byte> GetMemory(int sizeHint = 0) => throw new NotSupportedException();

        public Span<byte> GetSpan(int sizeHint = 0) => throw new NotSupportedException();
    }
}
