using System;
using System.Buffers;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Nng.Tests.Sp;
using Xunit;

namespace Nng.Tests.Sockets;

public sealed class MessageSenderTests : Scenario
{
    private readonly PushSocket _push;
    private readonly PullSocket _pull;

    public MessageSenderTests()
    {
        _push = Use(new PushSocket());
        _pull = Use(new PullSocket());
    }

    [Fact]
    public void A_message_is_sent_as_it_is_and_gone()
    {
        Marry(_push, _pull);
        Message message = Msg("'abc'");
        _push.Send(message);
        using Message got = _pull.Receive(TimeSpan.FromSeconds(10));
        // In-process the very object travels.
        Assert.Same(message, got);
        Assert.Equal("abc"u8.ToArray(), got.Body.ToArray());
    }

    [Fact]
    public void Bytes_are_copied_before_the_call_returns()
    {
        Marry(_push, _pull);
        byte[] body = [1, 2, 3];
        _push.Send(body.AsSpan());
        body[0] = 9;
        Assert.Equal("010203", Received());
        Assert.True(_push.TrySend(body.AsSpan()));
        body[0] = 8;
        Assert.Equal("090203", Received());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    public async Task Sequences_are_joined(int segmentLength)
    {
        Marry(_push, _pull);
        byte[] body = new byte[segmentLength * 3];
        new Random(5).NextBytes(body);
        ReadOnlySequence<byte> sequence = Segment.Split(body, Math.Max(1, segmentLength));
        _push.Send(sequence);
        Assert.Equal(Convert.ToHexStringLower(body), Received());
        await _push.SendAsync(sequence);
        Assert.Equal(Convert.ToHexStringLower(body), Received());
    }

    [Fact]
    public async Task What_a_writer_puts_in_is_the_body()
    {
        Marry(_push, _pull);
        _push.Send("abc", static (writer, text) => Write(writer, text, 1));
        Assert.Equal(Expected("abc", 1), Received());
        await _push.SendAsync("xyz", static (writer, text) => Write(writer, text, 10_000));
        Assert.Equal(Expected("xyz", 10_000), Received());
        _push.Send(0, static (_, _) => { });
        Assert.Equal(string.Empty, Received());
    }

    [Fact]
    public async Task A_writer_that_throws_sends_nothing()
    {
        Marry(_push, _pull);
        Assert.Throws<FormatException>(() => _push.Send(1, static (writer, _) =>
        {
            writer.Write("half"u8);
            throw new FormatException();
        }));
        await Assert.ThrowsAsync<FormatException>(async () => await _push.SendAsync(1, static (_, _) => throw new FormatException()));
        Assert.Throws<ArgumentNullException>(() => _push.Send(1, null!));
        Assert.Null(Got(_pull));
        Assert.Equal(0, _push.SentMessages);
    }

    [Fact]
    public void A_polling_send_says_when_it_would_wait_and_leaves_the_message()
    {
        using Message message = Msg("'1'");
        Assert.False(_push.TrySend(message));
        Assert.False(_push.TrySend("1"u8));
        Assert.Equal("1"u8.ToArray(), message.Body.ToArray());
        Marry(_push, _pull);
        Assert.True(_push.TrySend("2"u8));
        Assert.Equal("32", Received());
    }

    [Fact]
    public async Task On_a_closed_socket_every_form_says_closed()
    {
        _push.Dispose();
        using Message message = Msg("'1'");
        var sequence = new ReadOnlySequence<byte>([1]);
        foreach (Action send in (Action[])
            [
                () => _push.Send(message), () => _push.Send(message, TimeSpan.Zero), () => _push.Send([1]),
                () => _push.Send(sequence), () => _push.Send(1, static (_, _) => { }), () => _push.TrySend(message),
                () => _push.TrySend([1]),
            ])
            Assert.Equal(NngError.Closed, Assert.Throws<NngException>(send).Error);
        foreach (Func<ValueTask> send in (Func<ValueTask>[])
            [
                () => _push.SendAsync(message), () => _push.SendAsync(new byte[1]), () => _push.SendAsync(sequence),
                () => _push.SendAsync(1, static (_, _) => { }),
            ])
            Assert.Equal(NngError.Closed, (await Assert.ThrowsAsync<NngException>(async () => await send())).Error);
        Assert.Equal("1"u8.ToArray(), message.Body.ToArray());
    }

    [Fact]
    public async Task Waiting_sends_of_every_form_arrive_in_order()
    {
        ValueTask[] sends =
        [
            _push.SendAsync(Msg("'1'")), _push.SendAsync(new byte[] { 2 }),
            _push.SendAsync(new ReadOnlySequence<byte>([3])),
            _push.SendAsync((byte)4, static (writer, value) => writer.Write([value])),
        ];
        Assert.All(sends, send => Assert.False(send.IsCompleted));
        Marry(_push, _pull);
        Assert.Equal(["31", "02", "03", "04"], [Received(), Received(), Received(), Received()]);
        foreach (ValueTask send in sends)
            await Eventually.Completes(send.AsTask());
    }

    [Fact]
    public void A_timeout_is_a_duration()
    {
        using Message message = Msg("'1'");
        Assert.Throws<ArgumentOutOfRangeException>(() => _push.Send(message, TimeSpan.FromSeconds(-2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _push.Send(message, TimeSpan.FromDays(100)));
        Assert.Equal(NngError.TimedOut, Assert.Throws<NngException>(() => _push.Send(message, TimeSpan.Zero)).Error);
    }

    private static void Write(IBufferWriter<byte> writer, string text, int times)
    {
        for (int i = 0; i < times; i++)
        {
            Span<byte> span = writer.GetSpan(text.Length);
            writer.Advance(System.Text.Encoding.ASCII.GetBytes(text, span));
        }
    }

    private static string Expected(string text, int times) =>
        Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times))));

    private string Received()
    {
        using Message message = _pull.Receive(TimeSpan.FromSeconds(10));
        return Convert.ToHexStringLower(message.Body);
    }

    /// <summary>A sequence of several pieces.</summary>
    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public static ReadOnlySequence<byte> Split(byte[] body, int length)
        {
            var first = new Segment();
            Segment last = first;
            for (int start = 0; start < body.Length; start += length)
            {
                var next = new Segment
                {
                    Memory = body.AsMemory(start, Math.Min(length, body.Length - start)),
                    RunningIndex = last.RunningIndex + last.Memory.Length,
                };
                last.Next = next;
                last = next;
            }

            return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        }
    }
}
