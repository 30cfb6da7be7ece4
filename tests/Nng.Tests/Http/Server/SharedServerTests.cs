using System.Net;
using Nng.Core;
using Nng.Http;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Http.Server;

/// <summary>What the server behind the holds does by itself, by a clock that the test moves.</summary>
public sealed class SharedServerTests
{
    [Fact]
    public void What_is_about_to_stop_is_found_by_nobody()
    {
        NngUrl url = NngUrl.Parse($"http://127.0.0.1:{ScratchUrl.FreePort()}");
        SharedServer byEndpoint = Held(url);
        Assert.True(byEndpoint.AddEndpoint());
        Assert.Equal(NngError.None, byEndpoint.Start());
        Assert.False(byEndpoint.TakeBackStart());
        Assert.True(byEndpoint.RemoveEndpoint());
        ExpectOver(byEndpoint);

        SharedServer byStart = Held(url);
        Assert.Equal(NngError.None, byStart.Start());
        Assert.True(byStart.TakeBackStart());
        ExpectOver(byStart);
    }

    [Fact]
    public void A_connection_after_a_long_silence_has_its_time_from_the_moment_it_came()
    {
        var clock = new FakeClock();
        SharedServer server = Held(NngUrl.Parse($"http://127.0.0.1:{ScratchUrl.FreePort()}"), clock.Expirer);
        Assert.Equal(NngError.None, server.Start());
        clock.Advance(3_600_000);
        using (var peer = new HttpPeer(new IPEndPoint(IPAddress.Loopback, server.LocalAddress.Port)))
        {
            Eventually.Equal(1, () => server.ConnectionCount);
            // The second look begins after the first has ended.
            for (int i = 0; i < 2; i++)
            {
                clock.Advance(1500);
                Eventually.True(() => server.NowMs == clock.NowMs, "the server has looked at its connections");
            }

            Assert.Equal(404, peer.Get("/").Status);
        }

        server.Release();
    }

    private static SharedServer Held(NngUrl url, Expirer? expirer = null)
    {
        Assert.Equal(NngError.None, HttpListeners.Create(url, out StreamListener? listener));
        var server = new SharedServer(url, listener!, expirer ?? Expirer.Default);
        Assert.True(server.TryHold());
        return server;
    }

    private static void ExpectOver(SharedServer server)
    {
        Assert.False(server.TryHold());
        Assert.False(server.AddEndpoint());
        Assert.Equal(NngError.Closed, server.Start());
        server.Stop();
        server.Release();
    }
}
