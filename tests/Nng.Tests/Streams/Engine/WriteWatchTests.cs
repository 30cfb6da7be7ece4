using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>Many writers of the portable engine that wait at once.</summary>
public sealed class WriteWatchTests
{
    [Fact]
    public void Each_of_many_writers_is_called_once_when_its_own_peer_makes_room()
    {
        var engine = new PortableEngine();
        List<ChannelPair> pairs = [.. Enumerable.Range(0, 12).Select(_ => new ChannelPair(engine))];
        foreach (ChannelPair pair in pairs)
        {
            pair.Fill();
            Assert.True(pair.Channel.WaitWritable());
        }

        for (int i = 0; i < pairs.Count; i++)
        {
            Assert.All(pairs[i..], pair => Assert.Equal(0, pair.Writable));
            switch (i % 3)
            {
                case 0:
                    Drain(pairs[i].Peer);
                    break;
                case 1:
                    pairs[i].Peer.LingerState = new LingerOption(true, 0);
                    pairs[i].Peer.Close();
                    break;
                default:
                    pairs[i].Channel.Close();
                    break;
            }

            int expected = i;
            Eventually.Equal(1, () => pairs[expected].Writable);
        }

        Eventually.Stays(() => pairs.All(pair => pair.Writable == 1), "one call each");
        pairs.ForEach(pair => pair.Dispose());
    }

    private static void Drain(Socket peer)
    {
        var buffer = new byte[1 << 20];
        while (peer.Poll(TimeSpan.FromMilliseconds(50), SelectMode.SelectRead) && peer.Receive(buffer) > 0)
        {
        }
    }
}
