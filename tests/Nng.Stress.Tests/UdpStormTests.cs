using System;
using System.Linq;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Stress.Tests;

/// <summary>Dialers over UDP that come and go, each with a socket of its own: none of them leaves anything behind.</summary>
public sealed class UdpStormTests
{
    private const int Dialers = 20;

    private const int Rounds = 50;

    private const int PatienceMs = 60_000;

    [Fact]
    public async Task Those_who_come_and_go_leave_no_descriptor_behind()
    {
        ProcessFacts before = await HeldAsync();
        int rounds = Scale.Of(Rounds);
        await using (var pull = new PullSocket())
        {
            string url = pull.Listen("udp://127.0.0.1:0").Url;
            await using var witness = new PushSocket();
            await witness.DialAsync(url);
            for (int round = 0; round < rounds; round++)
            {
                await Task.WhenAll(Enumerable.Range(0, Dialers).Select(number => ComeAndGoAsync(url, number)));
                await witness.SendAsync(new byte[] { 255 });
                byte seen;
                do
                {
                    using Message message = await Eventually.Completes(pull.ReceiveAsync().AsTask(), $"round {round}", PatienceMs);
                    seen = message.Body[0];
                }
                while (seen != 255);
            }

            await Eventually.TrueAsync(() => pull.Pipes.Count == 1, "only the witness is left", PatienceMs);
        }

        await ProcessFacts.ReturnToAsync(before, PatienceMs);
    }

    [Fact]
    public async Task Listeners_that_come_back_are_found_by_all()
    {
        ProcessFacts before = await HeldAsync();
        string url = ScratchUrl.For("udp");
        var options = new SocketOptions { ReconnectTimeMin = TimeSpan.FromMilliseconds(2) };
        PushSocket[] pushes = [.. Enumerable.Range(0, Dialers).Select(_ => new PushSocket(options))];
        foreach (PushSocket push in pushes)
            push.DialInBackground(url);
        for (int life = 0; life < Scale.Of(10); life++)
        {
            await using var pull = new PullSocket();
            pull.Listen(url);
            await Eventually.TrueAsync(() => pull.Pipes.Count == Dialers, $"all are back in life {life}", PatienceMs);
        }

        foreach (PushSocket push in pushes)
            push.Dispose();
        await ProcessFacts.ReturnToAsync(before, PatienceMs);
    }

    /// <summary>How many sockets the process holds, once the platform has what it needs for them.</summary>
    private static async Task<ProcessFacts> HeldAsync()
    {
        await using (var pull = new PullSocket())
            await ComeAndGoAsync(pull.Listen("udp://127.0.0.1:0").Url, 1);
        await Eventually.TrueAsync(() => ProcessFacts.Now.LivingObjects == 0, "earlier tests have ended", PatienceMs);
        return ProcessFacts.Now with { LibraryThreads = int.MaxValue };
    }

    /// <summary>Some wait for the connection and send, some are closed while they dial.</summary>
    private static async Task ComeAndGoAsync(string url, int number)
    {
        await using var push = new PushSocket();
        if (number % 4 == 0)
        {
            push.DialInBackground(url);
            return;
        }

        await push.DialAsync(url);
        await push.SendAsync(new[] { (byte)number });
    }
}
