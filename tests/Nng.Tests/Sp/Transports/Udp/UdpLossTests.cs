using System;
using System.Collections.Generic;
using System.Linq;
using Nng.Core;
using Nng.Sockets;
using Nng.Sp;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>
/// The library with itself through a network that loses, repeats and reorders: messages may be lost, never changed, and the
/// connection stays or is made again. The seeds are fixed; time passes by a clock that the test moves.
/// </summary>
public sealed class UdpLossTests : UdpScenario
{
    private const int PatienceMs = 60_000;

    private int _looks;

    [Theory]
    [InlineData(1, 0, 0, 0)]
    [InlineData(2, 20, 20, 20)]
    [InlineData(3, 50, 0, 0)]
    [InlineData(4, 0, 50, 50)]
    [InlineData(5, 90, 5, 5)]
    public void Messages_may_be_lost_but_never_changed(int seed, int lossPercent, int repeatPercent, int reorderPercent)
    {
        (UdpEnd listening, UdpEnd dialling, LossyNetwork network, _) = Joined(seed);

        (network.LossPercent, network.RepeatPercent, network.ReorderPercent) = (lossPercent, repeatPercent, reorderPercent);
        int arrived = 0;
        for (int round = 0; round < 300; round++)
        {
            for (int i = 0; i < 5; i++)
            {
                Offer(listening.Channel, seed, (round * 5) + i);
                Offer(dialling.Channel, seed, (round * 5) + i);
            }

            Clock.Advance(100);
            arrived += Take(listening.Channel, seed) + Take(dialling.Channel, seed);
        }

        (network.LossPercent, network.RepeatPercent, network.ReorderPercent) = (0, 0, 0);
        foreach ((UdpEnd from, UdpEnd to) in new[] { (listening, dialling), (dialling, listening) })
        {
            int before = arrived;
            Eventually.True(
                () =>
                {
                    Offer(from.Channel, seed, 7);
                    LetTimePass();
                    arrived += Take(to.Channel, seed);
                    return arrived > before;
                },
                "a message arrives when nothing is lost any more",
                PatienceMs);
        }
    }

    [Fact]
    public void CS_161_A_network_that_is_gone_ends_both_pipes_and_when_it_is_back_so_are_they()
    {
        (UdpEnd listening, UdpEnd dialling, LossyNetwork network, SpDialer dialer) = Joined(seed: 1);
        network.LossPercent = 100;
        Eventually.True(
            () =>
            {
                Clock.Advance(500);
                return listening.Socket.AttachedCount == 0 && dialling.Socket.AttachedCount == 0;
            },
            "both give up");
        network.LossPercent = 0;
        Eventually.True(
            () =>
            {
                LetTimePass();
                return listening.Socket.AttachedCount == 1 && dialling.Socket.AttachedCount == 1;
            },
            "they are joined again",
            PatienceMs);
        Assert.True(dialer.Counters.TimedOut > 0);
    }

    /// <summary>Two pairs, joined through a network that loses nothing yet.</summary>
    private (UdpEnd Listening, UdpEnd Dialling, LossyNetwork Network, SpDialer Dialer) Joined(int seed)
    {
        UdpEnd listening = Use(UdpEnd.Pair(Clock));
        UdpEnd dialling = Use(UdpEnd.Pair(Clock));
        dialling.Socket.SetOption(OptionNames.ReconnectTimeMin, OptionValue.Duration(1));
        LossyNetwork network = Use(new LossyNetwork(listening.Listen().EffectiveUrl, seed));
        dialling.Socket.CreateDialer(NngUrl.Parse(network.Url), out SpDialer? dialer);
        dialer!.Start();
        Eventually.Equal(1, () => Math.Min(listening.Socket.AttachedCount, dialling.Socket.AttachedCount));
        return (listening, dialling, network, dialer);
    }

    /// <summary>
    /// About as fast as outside, where a look takes some ten milliseconds: on a busy machine an answer must not come too late
    /// for a clock that runs ahead.
    /// </summary>
    private void LetTimePass()
    {
        if (++_looks % 10 == 0)
            Clock.Advance(100);
    }

    private static void Offer(MessageChannel channel, int seed, int number)
    {
        var message = new Message(Body(seed, number));
        if (channel.TrySend(message) != NngError.None)
            message.Dispose();
    }

    /// <summary>Takes all that is there, each of which must be one that was sent.</summary>
    private static int Take(MessageChannel channel, int seed)
    {
        int count = 0;
        while (channel.TryReceive(out Message? message) == NngError.None)
        {
            using (message)
            {
                Assert.True(message!.Length >= 4, $"{message.Length} bytes arrived");
                Assert.True(message.Body.SequenceEqual(Body(seed, BitConverter.ToInt32(message.Body))), "a message was changed");
            }

            count++;
        }

        return count;
    }

    /// <summary>Its number, and noise that follows from it.</summary>
    private static byte[] Body(int seed, int number)
    {
        var random = new Random(HashCode(seed, number));
        byte[] body = new byte[4 + random.Next(number % 50 == 0 ? 20_000 : 200)];
        random.NextBytes(body);
        BitConverter.TryWriteBytes(body, number);
        return body;
    }

    private static int HashCode(int seed, int number) => (seed * 1_000_003) + number;
}
