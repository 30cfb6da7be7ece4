using System;
using System.Threading.Tasks;
using Nng.Http;
using Nng.Streams;
using Nng.TestKit;
using Nng.Tests.Conformance;
using Xunit;

namespace Nng.Tests.Http;

/// <summary>HTTP connections over TCP.</summary>
public sealed class HttpConnectionTests : HttpConnectionConformance
{
    protected override Task<(NngStream A, NngStream B)> PairAsync() => StreamPairs.DialAsync("tcp");

    [Theory]
    [InlineData("tcp")]
    [InlineData("ipc")]
    public async Task HS060_A_reset_amid_a_whole_read(string scheme)
    {
        using RawPeerListener listener = RawPeerListener.For(scheme);
        using var dialer = new NngStreamDialer(NngUrl.Parse(listener.Url));
        using var connection = new HttpConnection(await dialer.DialAsync());
        using RawPeer peer = listener.Accept();
        Aio read = Submit(connection.ReadAll, new byte[100]);
        peer.Send(new byte[40]);
        Eventually.Equal(40, () => read.Moved);
        // What the peer leaves unread makes a reset of its close, also where there is no other way to make one.
        Assert.Equal((NngError.None, 5), Outcome(Submit(connection.WriteAll, new byte[5])));
        peer.Reset();
        Assert.Equal((NngError.ConnectionReset, 40), Outcome(read));
        AssertDead(connection, NngError.ConnectionReset);
    }

    [Fact]
    public async Task A_connection_knows_its_ends_and_its_limits()
    {
        (NngStream a, NngStream b) = await PairAsync();
        var limits = new HttpLimits { MaxHeaderCount = 3 };
        using var connection = new HttpConnection(a, limits);
        Assert.Equal((a.LocalAddress, a.RemoteAddress, limits), (connection.LocalAddress, connection.RemoteAddress, connection.Limits));
        Assert.Equal(b.LocalAddress, connection.RemoteAddress);
        Assert.Equal(System.Threading.Timeout.InfiniteTimeSpan, connection.ReadTimeout);
        Assert.Throws<ArgumentOutOfRangeException>(() => connection.WriteTimeout = TimeSpan.FromSeconds(-2));
        Assert.DoesNotContain("closed", connection.ToString(), StringComparison.Ordinal);
        await connection.DisposeAsync();
        Assert.Contains("closed", connection.ToString(), StringComparison.Ordinal);
        b.Close();
    }

    [Fact]
    public async Task The_read_timeout_is_what_the_default_timeout_of_an_aio_means()
    {
        (HttpConnection connection, _) = await ConnectAsync();
        connection.ReadTimeout = TimeSpan.FromMilliseconds(20);
        Assert.Equal((NngError.TimedOut, 0), Outcome(SubmitFor(Aio.DefaultTimeout, connection.Read, new byte[1])));
    }

    [Fact]
    public async Task Missing_arguments_are_refused_in_the_call()
    {
        (HttpConnection connection, _) = await ConnectAsync();
        Assert.Throws<ArgumentNullException>(() => new HttpConnection(null!));
        Assert.Throws<ArgumentNullException>(() => connection.Read(null!));
        Assert.Throws<ArgumentNullException>(() => connection.WriteAll(null!));
        Assert.Throws<ArgumentNullException>(() => connection.WriteRequest(null!, new Aio()));
        Assert.Throws<ArgumentNullException>(() => connection.ReadResponse(null!, new Aio()));
        Assert.Throws<ArgumentNullException>(() => connection.Transact(null!, new HttpResponse(), new Aio()));
        Assert.Throws<ArgumentNullException>(() => { _ = connection.ReadRequestAsync(null!); });
    }
}
