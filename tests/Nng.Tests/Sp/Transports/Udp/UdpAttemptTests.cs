using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Sp;
using Nng.Sp.Transports;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>Resolving, and one address after the other (transports sheet, D-1 and TW-5).</summary>
public sealed class UdpAttemptTests : UdpScenario
{
    [Fact]
    public void D_1_A_resolver_that_is_silent_has_five_seconds()
    {
        var network = new Network(new TaskCompletionSource<(NngError, IPAddress[])>().Task);
        UdpEnd end = Use(UdpEnd.Probing(Clock, network: network));
        (SpDialer dialer, Aio attempt) = end.Dial("udp://host.invalid:5555");
        Clock.Advance(5000);
        Eventually.Stays(() => attempt.IsBusy, "five seconds have not passed");
        Clock.Advance(1);
        Assert.Equal(NngError.TimedOut, Outcome(attempt));
        Assert.True(network.Token.IsCancellationRequested);
        Assert.Equal(1, dialer.Counters.TimedOut);
    }

    [Fact]
    public void An_abort_ends_the_resolving()
    {
        var network = new Network(new TaskCompletionSource<(NngError, IPAddress[])>().Task);
        UdpEnd end = Use(UdpEnd.Probing(Clock, network: network));
        (SpDialer dialer, Aio attempt) = end.Dial("udp://host.invalid:5555");
        attempt.Abort(NngError.Canceled);
        Assert.Equal(NngError.Canceled, Outcome(attempt));
        dialer.Start(attempt);
        dialer.Close();
        Assert.Equal(NngError.Closed, Outcome(attempt));
    }

    [Theory]
    [InlineData(NngError.AddressInvalid)]
    [InlineData(NngError.TryAgain)]
    public void A_name_that_is_not_known_ends_the_dial(NngError error)
    {
        var network = new Network(Task.FromResult((error, System.Array.Empty<IPAddress>())));
        UdpEnd end = Use(UdpEnd.Probing(Clock, network: network));
        Assert.Equal(error, Outcome(end.Dial("udp://host.invalid:5555").Attempt));
    }

    [Fact]
    public void TW_5_Addresses_are_asked_in_order_and_share_the_time()
    {
        RawUdpPeer peer = Target();
        // Nobody answers at the first, the second has no route or nobody either, the third is the peer.
        var network = new Network(Task.FromResult(
            (NngError.None, new[] { IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3"), IPAddress.Loopback })));
        UdpEnd end = Use(UdpEnd.Probing(Clock, network: network));
        (_, Aio attempt) = end.Dial($"udp://host.invalid:{peer.Local.Port}");
        for (int i = 1; i <= 2; i++)
        {
            Eventually.Equal(i, () => network.Opened);
            Assert.False(peer.HasMore);
            Clock.Advance(1700);
        }

        peer.Expect(Request);
        peer.Send(Answer);
        Assert.Equal(NngError.None, Outcome(attempt));
        Assert.Equal(3, network.Opened);
    }

    [Fact]
    public void TW_5_An_address_that_cannot_be_reached_costs_no_time_and_the_last_error_is_told()
    {
        RawUdpPeer peer = Target();
        IPAddress[] addresses = [IPAddress.Parse("127.0.0.9"), IPAddress.Loopback];
        var network = new Network(Task.FromResult((NngError.None, addresses))) { Unreachable = addresses[0] };
        UdpEnd end = Use(UdpEnd.Probing(Clock, network: network));
        (SpDialer dialer, Aio attempt) = end.Dial($"udp://host.invalid:{peer.Local.Port}");
        peer.Expect(Request);
        attempt.Abort(NngError.Canceled);
        Assert.Equal(NngError.Canceled, Outcome(attempt));
        addresses[1] = addresses[0];
        dialer.Start(attempt);
        Assert.Equal(NngError.Unreachable, Outcome(attempt));
    }

    [Fact]
    public void TW_5_An_answer_from_an_address_that_was_given_up_comes_too_late()
    {
        using var socket = new ProbeSocket();
        RawUdpPeer peer = Target();
        new UdpTransport(DatagramNetwork.Default, Clock.Expirer).CreateDialer(
            socket.Dialer(peer.Url), out SpTransportDialer? made);
        var dialer = (UdpSpDialer)made!;
        UdpAttempt? attempt = null;
        Aio connect = ProbeSocket.Begun(aio =>
        {
            Assert.True(aio.Begin());
            attempt = new UdpAttempt(dialer, aio);
            attempt.Start();
        });
        peer.Expect(Request);
        RawUdpPeer earlier = Target();
        DatagramNetwork.Default.Open(earlier.Local, out DatagramWire? wire);
        new UdpLink(attempt!, dialer, wire!, earlier.Local).Start(5000);
        earlier.Expect(Request);
        earlier.Send(Answer);
        earlier.Expect("01 03 F1 7F 00 00 00 00");
        Assert.True(connect.IsBusy);
        peer.Send(Answer);
        SpTransportPipe pipe = ProbeSocket.PipeOf(connect);
        Assert.Equal(peer.Local, pipe.RemoteAddress.EndPoint);
        pipe.Close();
        peer.Expect("01 03 F1 7F 00 00 00 00");
    }

    /// <summary>The machine's network with a resolver of its own.</summary>
    private sealed class Network(Task<(NngError, IPAddress[])> answer) : DatagramNetwork
    {
        public int Opened;

        public CancellationToken Token { get; private set; }

        public IPAddress? Unreachable { get; init; }

        public override NngError Open(IPEndPoint remote, out DatagramWire? wire)
        {
            Interlocked.Increment(ref Opened);
            wire = null;
            return remote.Address.Equals(Unreachable) ? NngError.Unreachable : base.Open(remote, out wire);
        }

        public override async ValueTask<(NngError Error, IPAddress[] Addresses)> ResolveAsync(
            UdpTarget target, CancellationToken token)
        {
            Token = token;
            return await answer.WaitAsync(token);
        }
    }
}
