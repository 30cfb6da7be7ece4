using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace Nng.Stress.Tests;

/// <summary>
/// A pipeline whose workers are killed and replaced all the time. Each message was sent on one pipe and is received at
/// most once; what is missing was sent on pipes that were closed, and nothing of the others.
/// </summary>
public sealed class ConservationTests(ITestOutputHelper output)
{
    private const int Workers = 8;

    private const int Messages = 40_000;

    private const int MessagesPerKill = 200;

    [Theory]
    [InlineData("tcp", 8)]
    [InlineData("tcp", 20_000)]
    public async Task Every_message_is_accounted_for(string scheme, int length)
    {
        output.WriteLine($"seed {Scale.Seed}");
        var random = new Random(Scale.Seed);
        int count = Scale.Of(length > 1000 ? Messages / 10 : Messages);
        var received = new int[count];
        var pipes = new ConcurrentBag<Pipe>();
        await using var push = new PushSocket();
        push.OnPipe(PipeEvent.AddPost, pipes.Add);
        string url = ScratchUrl.For(scheme);
        push.Listen(url);
        var workers = new List<Worker>();
        var killed = new List<Worker>();
        for (int i = 0; i < Workers; i++)
            workers.Add(new Worker(url, received));
        for (int number = 0; number < count; number++)
        {
            byte[] body = new byte[length];
            BitConverter.TryWriteBytes(body, number);
            await Eventually.Completes(push.SendAsync(body).AsTask(), $"send {number}");
            if (number % MessagesPerKill == MessagesPerKill - 1)
            {
                int victim = random.Next(Workers);
                await workers[victim].KillAsync();
                killed.Add(workers[victim]);
                workers[victim] = new Worker(url, received);
            }
        }

        Dictionary<string, long> sent = [];
        await Eventually.TrueAsync(
            () =>
            {
                // A worker that died before it was let in has no pipe.
                sent = pipes.ToDictionary(pipe => pipe.RemoteAddress.ToString()!, pipe => pipe.SentMessages);
                return push.UnsentMessages == 0 && workers.TrueForAll(worker => sent.ContainsKey(worker.Address));
            },
            "everything is with the system");
        await Eventually.TrueAsync(
            () => workers.TrueForAll(worker => worker.Received == sent[worker.Address]),
            "the living have received what was sent to them");

        Assert.Equal(count, sent.Values.Sum());
        Assert.All(killed, worker => Assert.InRange(worker.Received, 0, sent.GetValueOrDefault(worker.Address)));
        Assert.All(received, times => Assert.InRange(times, 0, 1));
        long lost = killed.Sum(worker => sent.GetValueOrDefault(worker.Address) - worker.Received);
        Assert.Equal(lost, received.Count(times => times == 0));
        output.WriteLine(
            $"{count} messages of {length} bytes, {killed.Count} workers killed: {lost} lost with their pipes, "
            + $"{killed.Sum(worker => worker.Dropped)} of them counted as discarded by the workers");
        foreach (Worker worker in workers)
            await worker.KillAsync();
    }

    /// <summary>A socket that receives until it is killed.</summary>
    private sealed class Worker
    {
        private readonly PullSocket _pull = new();
        private readonly Task _loop;
        private long _received;

        public Worker(string url, int[] received)
        {
            _pull.Dial(url);
            Address = _pull.Pipes[0].LocalAddress.ToString()!;
            _loop = ReceiveAsync(received);
        }

        /// <summary>Its end of the connection.</summary>
        public string Address { get; }

        public long Received => Volatile.Read(ref _received);

        public long Dropped => _pull.DroppedMessages(DropReason.Discarded);

        public async Task KillAsync()
        {
            await Eventually.Completes(_pull.DisposeAsync().AsTask(), "a worker dies");
            await Eventually.Completes(_loop, "its loop ends");
        }

        private async Task ReceiveAsync(int[] received)
        {
            await Task.Yield();
            try
            {
                while (true)
                {
                    using Message message = await _pull.ReceiveAsync();
                    Interlocked.Increment(ref received[BitConverter.ToInt32(message.Body)]);
                    Interlocked.Increment(ref _received);
                }
            }
            catch (NngException ended) when (ended.Error == NngError.Closed)
            {
                // Killed.
            }
        }
    }
}
