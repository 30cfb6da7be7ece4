using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Stress.Tests;

/// <summary>A listener that restarts again and again under a hundred dialers: all of them come back each time.</summary>
public sealed class ReconnectStormTests
{
    private const int Dialers = 100;

    private const int Restarts = 50;

    private const int PatienceMs = 60_000;

    [Theory]
    [InlineData("tcp")]
    [InlineData("ipc")]
    [InlineData("abstract")]
    [InlineData("inproc")]
    public async Task Everyone_reconnects_after_every_restart_and_messages_flow(string scheme)
    {
        ProcessFacts before = ProcessFacts.Now;
        string url = ScratchUrl.For(scheme);
        var options = new SocketOptions
        {
            ReconnectTimeMin = TimeSpan.FromMilliseconds(2),
            ReconnectTimeMax = TimeSpan.FromMilliseconds(20),
        };
        PushSocket[] pushes = [.. Enumerable.Range(0, Dialers).Select(_ => new PushSocket(options))];
        var pull = new PullSocket();
        Listener listener = pull.Listen(url);
        foreach (PushSocket push in pushes)
            push.DialInBackground(url);
        int restarts = Scale.Of(Restarts);
        for (int restart = 0; restart <= restarts; restart++)
        {
            await Eventually.TrueAsync(() => pull.Pipes.Count == Dialers, $"all are back after restart {restart}", PatienceMs);
            await ExchangeAsync(pushes, pull, restart);

            // The listener alone one time, the socket with it the next.
            if (restart % 2 == 0)
            {
                listener.Dispose();
            }
            else
            {
                await pull.DisposeAsync();
                pull = new PullSocket();
            }

            // The system frees an address when the last thread that accepts on it has left.
            PullSocket socket = pull;
            await Eventually.TrueAsync(() => TryListen(socket, url, out listener), "the address is free", PatienceMs);
        }

        foreach (PushSocket push in pushes)
            push.Dispose();
        await pull.DisposeAsync();
        await ProcessFacts.ReturnToAsync(before with { LibraryThreads = int.MaxValue });
    }

    /// <summary>Each socket's message of this round arrives, once.</summary>
    private static async Task ExchangeAsync(PushSocket[] pushes, PullSocket pull, int restart)
    {
        for (int i = 0; i < pushes.Length; i++)
            await Eventually.Completes(pushes[i].SendAsync(BitConverter.GetBytes((restart * Dialers) + i)).AsTask(), "a send");
        var arrived = new HashSet<int>();
        for (int i = 0; i < pushes.Length; i++)
        {
            using Message message = await Eventually.Completes(
                pull.ReceiveAsync().AsTask(), $"message {i + 1} after restart {restart}", PatienceMs);
            Assert.True(arrived.Add(BitConverter.ToInt32(message.Body)), "no message comes twice");
        }

        Assert.All(arrived, number => Assert.Equal(restart, number / Dialers));
    }

    private static bool TryListen(PullSocket socket, string url, out Listener listener)
    {
        try
        {
            listener = socket.Listen(url);
            return true;
        }
        catch (NngException taken) when (taken.Error == NngError.AddressInUse)
        {
            listener = null!;
            return false;
        }
    }
}
