using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Protocols.Pull;

/// <summary>Scenarios S109 and S110: pull0.</summary>
public sealed class PullProtocolTests : Scenario
{
    [Fact]
    public void S109_Peers_are_served_in_turn()
    {
        var pull = Use(new PullSocket());
        foreach (char name in "pq")
        {
            var push = Use(new PushSocket(new SocketOptions { SendBuffer = 4 }));
            Marry(push, pull);
            for (int n = 1; n <= 3; n++)
                Assert.Equal(NngError.None, Poll(push, $"'{name}{n}'"));
        }

        foreach (string expected in (string[])["p1", "q1", "p2", "q2", "p3", "q3"])
            Assert.Equal(expected, Got(pull));
    }

    [Fact]
    public void S110_A_local_close_discards_the_held_message()
    {
        var pull = Use(new PullSocket());
        RawPeer peer = Peer(pull, 0x50);
        peer.SendFrame("'x'");
        Eventually.True(() => pull.ReceiveReadiness.IsSet);
        pull.Pipes[0].Close();
        Assert.Null(Got(pull));
        Assert.False(pull.ReceiveReadiness.IsSet);
    }
}
