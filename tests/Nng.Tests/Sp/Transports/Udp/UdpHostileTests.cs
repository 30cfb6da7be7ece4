using System;
using System.Collections.Generic;
using System.Linq;
using Nng.Core;
using Nng.Sp;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>
/// Datagrams that are wrong in every way: each closes at most the pipe of its own sender, and no answer is longer than
/// what it answers. What a socket sends by itself is another matter. The seed is fixed.
/// </summary>
public sealed class UdpHostileTests : UdpScenario
{
    private const int Mutations = 10_000;

    /// <summary>So few at a time that the system's buffer holds them all.</summary>
    private const int Batch = 50;

    private static readonly byte[][] s_honest =
    [
        WireText.Bytes(Request),
        WireText.Bytes(Answer),
        WireText.Bytes("01 03 F1 7F 00 00 00 00"),
        Data("a message"u8),
        Data(default),
        WireText.Bytes("01 04 F1 7F 00 00 01 00"),
    ];

    [Fact]
    public void A_listener_survives_mutations_and_its_other_pipes_do_not_notice()
    {
        UdpEnd end = Use(UdpEnd.Probing(Clock));
        SpListener listener = end.Listen();
        RawUdpPeer[] good = [Connected(listener), Connected(listener), Connected(listener)];
        Eventually.Equal(3, () => end.Socket.AttachedCount);
        ProbePipe[] pipes;
        lock (end.Probe!.Pipes)
            pipes = [.. end.Probe.Pipes];
        RawUdpPeer[] hostile = [.. Enumerable.Range(0, 5).Select(_ => Stranger(listener))];
        long[] sent = new long[hostile.Length];
        long[] got = new long[hostile.Length];
        var random = new Random(1);
        for (int i = 0; i < Mutations; i++)
        {
            int who = random.Next(hostile.Length);
            byte[] datagram = Mutation(random);
            sent[who] += datagram.Length;
            hostile[who].Send(datagram);
            if (i % Batch != Batch - 1)
                continue;
            foreach (RawUdpPeer peer in good)
            {
                peer.Send(Request);
                peer.Expect(Answer);
                peer.Send(Data("still here"u8));
            }

            int messages = (i + 1) / Batch;
            Eventually.True(() => pipes.All(pipe => pipe.Count == messages), $"the good pipes work after mutation {i}");
            for (int h = 0; h < hostile.Length; h++)
            {
                while (hostile[h].HasMore)
                    got[h] += hostile[h].Receive().Length;
                // Nothing but answers: the protocol sends nothing, and no time passes.
                Assert.True(got[h] <= sent[h], $"{got[h]} bytes came back for {sent[h]} (mutation {i})");
            }
        }

        Assert.All(pipes, pipe => Assert.False(pipe.IsEnded));
        Assert.True(listener.Counters.Connections > good.Length, "the mutations were no noise only: some connected");
        Assert.True(listener.Counters.Protocol + listener.Counters.Other > 0, "and broke the protocol");
        Assert.True(end.Socket.PipeCount <= good.Length + hostile.Length);
    }

    [Fact]
    public void A_dialer_survives_mutations_and_dials_again()
    {
        UdpEnd end = Use(UdpEnd.Probing(Clock));
        end.Socket.SetOption(OptionNames.ReconnectTimeMin, OptionValue.Duration(1));
        RawUdpPeer listener = Target();
        (SpDialer dialer, Aio attempt) = end.Dial(listener.Url);
        // Another pipe of the same socket, which must not notice.
        UdpEnd other = Use(UdpEnd.Probing(Clock));
        (_, Aio second) = end.Dial(other.Listen().EffectiveUrl);
        Assert.Equal(NngError.None, Outcome(second));
        ProbePipe bystander = end.Pipe();
        var random = new Random(2);
        for (int i = 0; i < Mutations; i++)
        {
            if (i % 20 == 0)
                ProveAlive(end, listener, bystander, i);
            listener.Send(Mutation(random));
        }

        ProveAlive(end, listener, bystander, Mutations);
        Assert.Equal(NngError.None, Outcome(attempt));
        Assert.False(bystander.IsEnded);
        Assert.True(other.Pipe().Send(Msg("'hello'")));
        Eventually.Equal(1, () => bystander.Count);
        Assert.True(dialer.Counters.Connections > 1, "mutations closed the pipe now and then");
    }

    [Fact]
    public void TW_40_What_a_stranger_says_in_a_peers_name_but_from_its_own_address_harms_nobody()
    {
        (_, SpListener listener, RawUdpPeer peer, ProbePipe pipe) = Joined();
        RawUdpPeer stranger = Stranger(listener);
        foreach (string datagram in (string[])["01 03 F1 7F 00 00 00 00", Answer, "01 04 F1 7F 00 00 00 00", "01 00 F1 7F 05 00 00 00 'hello'"])
            stranger.Send(datagram);
        AssertSilent(stranger, listener);
        peer.Send(Data("fine"u8));
        Eventually.Equal(1, () => pipe.Count);
        Assert.False(pipe.IsEnded);
    }

    [Fact]
    public void A_table_full_of_strangers_empties_by_itself()
    {
        UdpEnd end = Use(UdpEnd.Probing(Clock));
        SpListener listener = end.Listen(l => Set(l, OptionNames.UdpMaxPeers, OptionValue.Size(8)));
        for (int i = 0; i < 8; i++)
        {
            RawUdpPeer silent = Stranger(listener);
            silent.Send("01 01 F1 7F E8 FD FF FF");
            silent.Expect("01 02 F1 7F E8 FD 05 00");
        }

        RawUdpPeer late = Stranger(listener);
        late.Send(Request);
        late.Expect("01 03 F1 7F 08 00 00 00");
        Clock.Advance(25_001);
        Eventually.Equal(0, () => end.Socket.PipeCount);
        late.Send(Request);
        late.Expect(Answer);
    }

    [Fact]
    public void D_4_D_8_Whoever_asks_is_sent_the_traffic_until_it_is_given_up()
    {
        UdpEnd pub = Use(UdpEnd.Pub(Clock));
        RawUdpPeer victim = Stranger(pub.Listen());
        victim.Send("01 01 21 00 E8 FD FF FF");
        victim.Expect("01 02 20 00 E8 FD 05 00");
        Eventually.Equal(1, () => pub.Socket.AttachedCount);
        for (int second = 0; second < 25; second++)
        {
            Assert.Equal(NngError.None, pub.Channel.TrySend(Msg("'news'")));
            victim.Expect("01 00 20 00 04 00 00 00 6E 65 77 73");
            Clock.Advance(1000);
        }

        Clock.Advance(1);
        victim.Expect("01 03 20 00 06 00 00 00");
        Eventually.Equal(0, () => pub.Socket.PipeCount);
        Assert.Equal(NngError.None, pub.Channel.TrySend(Msg("'news'")));
        Assert.False(victim.HasMore);
    }

    /// <summary>Answers whatever the dialer asks until a message of ours arrives.</summary>
    private static void ProveAlive(UdpEnd end, RawUdpPeer listener, ProbePipe bystander, int number)
    {
        byte[] marker = [.. "marker "u8, .. BitConverter.GetBytes(number)];
        Eventually.True(
            () =>
            {
                while (listener.HasMore)
                {
                    listener.Remote = null;
                    if (listener.Receive()[1] == 1)
                        listener.Send(Answer);
                }

                if (listener.Remote is not null)
                    listener.Send(Data(marker));
                lock (end.Probe!.Pipes)
                    return end.Probe.Pipes.Any(p => p != bystander && p.Received is [.., var last] && last.AsSpan().SequenceEqual(marker));
            },
            $"the dialer works before mutation {number}");
    }

    /// <summary>Something honest with a few bytes changed, cut or continued; now and then noise.</summary>
    private static byte[] Mutation(Random random)
    {
        if (random.Next(20) == 0)
        {
            byte[] noise = new byte[random.Next(40)];
            random.NextBytes(noise);
            return noise;
        }

        var bytes = new List<byte>(s_honest[random.Next(s_honest.Length)]);
        for (int changes = random.Next(4); changes > 0; changes--)
        {
            int at = random.Next(bytes.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2 when at < bytes.Count:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }
}
