using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Conformance;

/// <summary>
/// What a transport must do that loses nothing, beside <see cref="ConnectionConformance"/>: every message arrives, of any
/// size, in order, and whoever sends more than the other side takes waits.
/// </summary>
public abstract class TransportConformance : ConnectionConformance
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Messages_of_every_size_arrive_as_they_were()
    {
        var a = Use(new Pair0Socket(new SocketOptions { ReceiveMaxSize = 0 }));
        var b = Use(new Pair0Socket(new SocketOptions { ReceiveMaxSize = 0 }));
        Join(a, b);
        int[] sizes =
        [
            0, 1, 2, 8, 9, 63, 64, 1023, 1024, 4096, 16_383, 16_384, 65_526, 65_527, 65_528, 65_535, 65_536, 65_537,
            131_072, 1_000_000, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 4 << 20,
        ];
        var random = new Random(sizes.Length);
        foreach (int size in sizes)
        {
            byte[] body = new byte[size];
            random.NextBytes(body);
            foreach ((Pair0Socket from, Pair0Socket to) in new[] { (a, b), (b, a) })
            {
                Task send = from.SendAsync(body).AsTask();
                using Message message = to.Receive(s_patience);
                Assert.True(message.Body.SequenceEqual(body), $"{size} bytes arrive changed");
                await Eventually.Completes(send);
            }
        }
    }

    [Fact]
    public async Task Long_streams_both_ways_stay_whole_and_in_order()
    {
        const int count = 10_000;
        var a = Use(new Pair1Socket());
        var b = Use(new Pair1Socket());
        Join(a, b);
        await Eventually.Completes(
            Task.WhenAll(
                OnThread(() => SendNumbered(a, count, 1)),
                OnThread(() => SendNumbered(b, count, 2)),
                OnThread(() => ReceiveNumbered(a, count, 2)),
                OnThread(() => ReceiveNumbered(b, count, 1))),
            timeoutMs: 60_000);
    }

    [Fact]
    public async Task Many_dialers_are_served_and_each_ones_order_is_kept()
    {
        const int dialers = 20;
        const int count = 200;
        var pull = Use(new PullSocket());
        string url = Listen(pull).Url;
        PushSocket[] pushes = [.. Enumerable.Range(0, dialers).Select(_ => Use(new PushSocket()))];
        Task sending = Task.WhenAll(pushes.Select((push, source) => OnThread(() =>
        {
            Dial(push, url);
            for (int i = 0; i < count; i++)
                push.Send(new Message([(byte)source, (byte)i]), s_patience);
        })));
        int[] next = new int[dialers];
        for (int i = 0; i < dialers * count; i++)
        {
            using Message message = pull.Receive(s_patience);
            Assert.Equal(next[message.Body[0]]++, message.Body[1]);
        }

        await Eventually.Completes(sending);
        Assert.Equal(dialers, pull.Pipes.Count);
    }

    [Fact]
    public async Task Closing_a_socket_ends_what_waits_and_the_peer_is_told()
    {
        var a = Use(new Pair0Socket());
        var b = Use(new Pair0Socket());
        Join(a, b);
        Task<Message> receive = a.ReceiveAsync().AsTask();
        List<Task> sends = [];
        byte[] large = new byte[1 << 20];
        // A transport that compresses would take thousands of simple ones.
        Random.Shared.NextBytes(large);
        // So many that the system cannot take the last one, whatever room it makes meanwhile.
        do
            sends.Add(a.SendAsync(large).AsTask());
        while (sends.Count(static send => !send.IsCompleted) < 20);
        a.Dispose();
        Assert.Equal(NngError.Closed, (await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(receive))).Error);
        NngException failure = await Assert.ThrowsAsync<NngException>(() => Eventually.Completes(sends[^1]));
        Assert.Equal(NngError.Closed, failure.Error);
        // What was under way comes first; then the pipe has ended.
        Eventually.True(() => PollReceive(b) == NngError.TryAgain && b.Inner.PipeCount == 0, "the peer's pipe is gone");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CS_20_21_The_limit_of_an_endpoint_ends_the_pipe_of_a_larger_message(bool limitListens)
    {
        var push = Use(Quick(new PushSocket()));
        var pull = Use(Quick(new PullSocket(new SocketOptions { ReceiveMaxSize = 1000 })));
        if (limitListens)
            Join(pull, push);
        else
            Join(push, pull);
        push.Send(new byte[1000]);
        Assert.Equal(1000, Recv(pull).Length);
        int pipe = pull.Pipes[0].Id;
        push.Send(new byte[1001]);
        if (!LimitsSize)
        {
            Assert.Equal(1001, Recv(pull).Length);
            return;
        }

        Eventually.True(() => pull.Pipes.Any(p => p.Id != pipe) && push.Inner.AttachedCount > 0, "it is dialled again");
        Assert.Equal(NngError.TryAgain, PollReceive(pull));
        Assert.DoesNotContain(pull.Pipes, p => p.Id == pipe);
        Send(push, "'small'");
        Assert.Equal("small", Recv(pull));
    }

    [Fact]
    public void O_11_A_limit_set_later_is_for_later_pipes()
    {
        var pull = Use(new PullSocket());
        var first = Use(new PushSocket());
        (Listener listener, _) = Join(pull, first);
        listener.SetOption(OptionNames.ReceiveMaxSize, 10L);
        first.Send(new byte[11]);
        Assert.Equal(11, Recv(pull).Length);
        var second = Use(new PushSocket());
        Dial(second, listener.Url);
        second.Send(new byte[10]);
        Assert.Equal(10, Recv(pull).Length);
        second.Send(new byte[11]);
        if (LimitsSize)
            Eventually.Equal(1, () => pull.Inner.PipeCount);
        else
            Assert.Equal(11, Recv(pull).Length);
        Assert.Equal(NngError.TryAgain, PollReceive(pull));
    }

    /// <summary>Work that blocks, on a thread of its own.</summary>
    protected static Task OnThread(Action work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void SendNumbered(IMessageSender sender, int count, int seed)
    {
        for (int i = 0; i < count; i++)
            sender.Send(new Message(Numbered(i, seed)), s_patience);
    }

    private static void ReceiveNumbered(IMessageReceiver receiver, int count, int seed)
    {
        for (int i = 0; i < count; i++)
        {
            using Message message = receiver.Receive(s_patience);
            Assert.True(message.Body.SequenceEqual(Numbered(i, seed)), $"message {i} of {count} is another");
        }
    }

    /// <summary>Its number, and as many bytes of noise as its number says: mostly few, now and then many.</summary>
    private static byte[] Numbered(int number, int seed)
    {
        var random = new Random((seed << 20) + number);
        int length = random.Next(200) switch
        {
            0 => random.Next(300_000),
            < 20 => random.Next(5000),
            _ => random.Next(100),
        };
        byte[] body = new byte[4 + length];
        random.NextBytes(body);
        BinaryPrimitives.WriteInt32BigEndian(body, number);
        return body;
    }
}
