using System;
using System.Collections.Generic;
using Nng.TestKit;
using Nng.Tests.Conformance;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>
/// Of the conformance suite all that can hold for datagrams. What cannot is what <see cref="TransportConformance"/> adds:
/// messages longer than a datagram, floods of which nothing is lost, the order of messages, senders that wait, a limit
/// that ends the pipe of a longer message (the peer knows the limit and does not send it, CS-163), and a limit that changes
/// after the start (D-13).
/// </summary>
public abstract class UdpConformance : ConnectionConformance
{
    protected override long LargestLimit => 65_000;

    /// <summary>Silence is all that a dialer sees (D-1).</summary>
    protected override NngError NobodyThere => NngError.TimedOut;

    /// <summary>Who dials nobody is not to wait for five seconds; who dials somebody has time on a busy machine.</summary>
    protected override void Configure(Dialer dialer)
    {
        dialer.SetOption(OptionNames.UdpConnectRetry, TimeSpan.FromMilliseconds(20));
        dialer.SetOption(OptionNames.UdpConnectExpire, TimeSpan.FromSeconds(3));
    }

    /// <summary>D-12: no pipe is made, at neither end.</summary>
    [Fact]
    public override void CS_18_36_A_peer_of_another_protocol_is_dialled_rejected_and_dialled_again()
    {
        var pull = Use(new PullSocket());
        Listener listener = Listen(pull);
        var pub = Use(Quick(new PubSocket()));
        Dialer dialer = CreateDialer(pub, listener.Url);
        Assert.Equal(NngError.Protocol, ErrorOf(dialer.Start));
        dialer.StartInBackground();
        Eventually.True(() => listener.Inner.Counters.Protocol >= 3 && dialer.Inner.Counters.Protocol >= 3, "it goes on");
        Assert.Equal((0, 0), (pull.Inner.PipeCount, pub.Inner.PipeCount));
        var push = Use(new PushSocket());
        Dial(push, listener.Url);
        Send(push, "'hi'");
        Assert.Equal("hi", Recv(pull));
    }

    [Fact]
    public void D_13_Messages_of_every_size_that_fits_arrive_as_they_were()
    {
        var a = Use(new Pair0Socket());
        var b = Use(new Pair0Socket());
        Join(a, b);
        var random = new Random(65_000);
        foreach (int size in (List<int>)[0, 1, 8, 9, 255, 256, 1023, 1024, 1025, 1472, 8192, 64_991, 64_999, 65_000])
        {
            byte[] body = new byte[size];
            random.NextBytes(body);
            foreach ((Pair0Socket from, Pair0Socket to) in new[] { (a, b), (b, a) })
            {
                from.Send(body);
                using Message message = to.Receive(TimeSpan.FromSeconds(10));
                Assert.True(message.Body.SequenceEqual(body), $"{size} bytes arrive changed");
            }
        }
    }
}
