using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.Interop.Tests.Peers;
using Nng.TestKit;
using Xunit;

namespace Nng.Interop.Tests.Conversations;

/// <summary>What two connected ends say to each other, whoever they are.</summary>
internal static class Conversation
{
    /// <summary>More than this many messages on their way would be lost by patterns that lose.</summary>
    private const int Window = 8;

    /// <summary>Connects the two, and returns when each would hear the other.</summary>
    public static void Connect(Party listening, Party dialing, string url)
    {
        listening.Listen(url);
        dialing.Dial(url);
        Eventually.Equal((1, 1), () => (listening.Peers, dialing.Peers), "peers of both", Party.TimeoutMs);
    }

    /// <summary>Bytes that depend on the length, so that no body is a part of another one.</summary>
    public static byte[] Body(int length, int seed = 0)
    {
        var body = new byte[length];
        new Random(length + seed).NextBytes(body);
        return body;
    }

    /// <summary>One message there, and where the pattern has it, another one back.</summary>
    public static async Task ExchangeAsync(Pattern pattern, Party asker, Party answerer, byte[] question, byte[] answer)
    {
        await PassAsync(asker, answerer, question);
        if (pattern.Replies)
            await PassAsync(answerer, asker, answer);
    }

    /// <summary>Many messages in order, each with its number; the answer carries the same.</summary>
    public static async Task StreamAsync(Pattern pattern, Party asker, Party answerer, int count)
    {
        if (pattern.Replies && !pattern.IsSymmetric)
        {
            await RoundTripsAsync(asker, answerer, count);
            return;
        }

        using var window = new SemaphoreSlim(pattern.Loses ? Window : count);
        Task sending = Background.Run(() =>
        {
            for (int i = 0; i < count; i++)
            {
                Assert.True(window.Wait(Party.TimeoutMs), $"message {i} was not heard");
                asker.Send(BitConverter.GetBytes(i));
            }
        });
        Task hearing = Background.Run(() =>
        {
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(i, BitConverter.ToInt32(answerer.Receive()));
                window.Release();
            }
        });
        await Task.WhenAll(hearing, sending);
    }

    private static Task RoundTripsAsync(Party asker, Party answerer, int count)
    {
        Task answering = Background.Run(() =>
        {
            for (int i = 0; i < count; i++)
                answerer.Send(answerer.Receive());
        });
        Task asking = Background.Run(() =>
        {
            for (int i = 0; i < count; i++)
            {
                asker.Send(BitConverter.GetBytes(i));
                Assert.Equal(i, BitConverter.ToInt32(asker.Receive()));
            }
        });
        return Task.WhenAll(asking, answering);
    }

    private static async Task PassAsync(Party from, Party to, byte[] body)
    {
        Task sending = Background.Run(() => from.Send(body));
        byte[] heard = await Background.Run(to.Receive);
        await sending;
        Assert.True(body.AsSpan().SequenceEqual(heard), $"{body.Length} bytes");
    }
}
