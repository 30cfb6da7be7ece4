using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Nng.Stress.Tests.Hostile;
using Nng.TestKit;
using Xunit;

namespace Nng.Stress.Tests;

/// <summary>
/// Sockets, contexts, endpoints and pipes closed all at once from threads, pipe events and completions, while messages
/// flow. Every close returns, every operation completes exactly once.
/// </summary>
public sealed class CloseRaceTests
{
    private const int RoundsPerKind = 120;

    private static readonly string[] s_schemes = ["inproc", "tcp", "ipc", "abstract"];

    public static TheoryData<string> Kinds() => new(SocketKind.All.Select(kind => kind.Name));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Closing_everything_at_once_ends_everything(string kindName)
    {
        SocketKind kind = SocketKind.Named(kindName);
        int rounds = Scale.Of(RoundsPerKind);
        for (int round = 0; round < rounds; round++)
        {
            int seed = Scale.Seed + round;
            var race = new CloseRace(kind, s_schemes[round % s_schemes.Length], new Random(seed));
            await Eventually.Completes(race.RunAsync(), $"{kind}, seed {seed}: everything closes", 60_000);
            Assert.True(race.Completed == race.Submitted, $"{kind}, seed {seed}: {race.Completed} completions of {race.Submitted}");
        }
    }
}
