using System;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports.Framing;

/// <summary>A peer that never stops sending takes its turn like all others.</summary>
public sealed class StreamFairnessTests : Scenario
{
    private static readonly byte[] s_flood = [.. Enumerable.Repeat((byte[])[0, 0, 0, 0, 0, 0, 0, 1, (byte)'a'], 7000).SelectMany(f => f)];

    [Fact]
    public void A_flood_on_one_pipe_does_not_starve_the_others_nor_the_accept()
    {
        var sub = Use(new SubSocket());
        sub.Subscribe("b");
        RawPeer calm = Peer(sub, 0x20);
        RawPeer flooding = Peer(sub, 0x20);
        flooding.Socket.SendTimeout = 0;
        var flood = new Thread(() =>
        {
            try
            {
                while (true)
                    flooding.Send(s_flood);
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        });
        flood.Start();
        Eventually.True(() => sub.Pipes.Any(pipe => pipe.ReceivedMessages > 100_000), "the flood has come");
        for (int i = 0; i < 20; i++)
        {
            calm.SendFrame($"'b{i}'");
            Assert.Equal($"b{i}", Recv(sub));
            using RawPeer late = RawPeer.DialAs(UrlOf(sub), 0x20);
        }

        flooding.Dispose();
        Assert.True(flood.Join(Eventually.DefaultTimeoutMs));
    }
}
