using System;
using Nng.TestKit;
using Nng.Tests.Conformance;
using Xunit;

namespace Nng.Tests.Sp.Transports;

/// <summary>UDP over IPv4: what every transport does that may lose messages.</summary>
public sealed class UdpTransportTests : UdpConformance
{
    protected override string Scheme => "udp";

    protected override AddressKind Kind => AddressKind.Inet;

    [Fact]
    public void A_pair_talks_both_ways()
    {
        var a = Use(new Pair0Socket());
        var b = Use(new Pair0Socket());
        Join(a, b);
        for (int i = 0; i < 100; i++)
        {
            Send(a, "'there'");
            Assert.Equal("there", Recv(b));
            Send(b, "'and back'");
            Assert.Equal("and back", Recv(a));
        }
    }
}

/// <summary>UDP over IPv6.</summary>
public sealed class Udp6TransportTests : UdpConformance
{
    protected override string Scheme => "udp6";

    protected override AddressKind Kind => AddressKind.Inet6;
}
