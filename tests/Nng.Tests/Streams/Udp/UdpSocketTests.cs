using System;
using System.Net;
using System.Text;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams.Udp;

/// <summary>What the socket itself does: binding, groups, closing.</summary>
public sealed class UdpSocketTests : UdpSocketScenario
{
    [Fact]
    public void Closing_ends_what_waits_and_refuses_what_comes()
    {
        Aio receive = WithVector(new byte[1]);
        Right.Receive(receive, null);
        Right.Dispose();
        receive.Wait();
        Assert.Equal(NngError.Closed, receive.Result);
        Right.Receive(receive, null);
        receive.Wait();
        Assert.Equal(NngError.Closed, receive.Result);
        Aio send = WithVector(new byte[1]);
        Right.Send(send, Left.LocalAddress);
        send.Wait();
        Assert.Equal(NngError.Closed, send.Result);
        Assert.Equal(NngError.Closed, Right.SetMembership(Address("239.1.1.1", 0), join: true));
        Right.Dispose();
    }

    [Fact]
    public void An_address_can_be_bound_once_and_must_be_an_IP_address()
    {
        Assert.Equal(NngError.AddressInUse, UdpSocket.Open(Left.LocalAddress, out UdpSocket? udp));
        Assert.Null(udp);
        Assert.Equal(NngError.AddressInvalid, UdpSocket.Open(NngAddress.Ipc("/tmp/x"), out udp));
        Assert.Equal(NngError.AddressInvalid, UdpSocket.Open(Address("198.51.100.7", 0), out udp));
        Assert.Null(udp);
    }

    [Fact]
    public void Groups_are_joined_andLeft_by_addresses_of_the_own_family()
    {
        NngAddress group = Address("239.1.2.3", 0);
        Assert.Equal(NngError.None, Left.SetMembership(group, join: true));
        Assert.Equal(NngError.None, Left.SetMembership(group, join: false));
        Assert.NotEqual(NngError.None, Left.SetMembership(group, join: false));
        Assert.Equal(NngError.AddressInvalid, Left.SetMembership(Address("ff02::5", 0), join: true));
        Assert.NotEqual(NngError.None, Left.SetMembership(Address("127.0.0.1", 0), join: true));
    }

    [Theory]
    [InlineData("ff02::5%3", "fe80::1%2", 3)]
    [InlineData("ff02::5", "fe80::1%2", 2)]
    [InlineData("ff02::5", "::1", 1)]
    [InlineData("ff02::5", "2001:db8::1", 0)]
    [InlineData("ff02::5", "::", 0)]
    public void A_group_without_a_scope_is_joined_on_the_interface_of_the_bound_address(string group, string bound, long scope) =>
        Assert.Equal(scope, UdpSocket.InterfaceOf(IPAddress.Parse(group), IPAddress.Parse(bound)));

    [Fact]
    public void Groups_of_IPv6_are_joined_andLeft()
    {
        using UdpSocket udp = Open(IPAddress.IPv6Loopback);
        NngAddress group = Address("ff02::114%1", 0);
        Assert.Equal(NngError.None, udp.SetMembership(group, join: true));
        Assert.Equal(NngError.None, udp.SetMembership(group, join: false));
        Assert.NotEqual(NngError.None, udp.SetMembership(group, join: false));
        Assert.Equal(NngError.AddressInvalid, udp.SetMembership(Address("239.1.2.3", 0), join: true));
    }

    [Fact]
    public void All_addresses_of_IPv6_include_those_of_IPv4()
    {
        using UdpSocket both = Open(IPAddress.IPv6Any);
        int port = both.LocalAddress.Port;
        Assert.Equal("h", Heard(by: both, from: Left, Address("127.0.0.1", port), out NngAddress from));
        Assert.Equal(Address("::ffff:127.0.0.1", Left.LocalAddress.Port), from);
        Assert.Equal("h", Heard(by: Left, from: both, from, out from));
        Assert.Equal(Address("127.0.0.1", port), from);
        using UdpSocket six = Open(IPAddress.IPv6Loopback);
        Assert.Equal("h", Heard(by: both, from: six, Address("::1", port), out from));
        Assert.Equal(six.LocalAddress, from);
    }

    private static string Heard(UdpSocket by, UdpSocket from, NngAddress to, out NngAddress sender)
    {
        byte[] room = new byte[1];
        NngAddress? told = null;
        Aio receive = WithVector(room);
        receive.TimeoutMs = Eventually.DefaultTimeoutMs;
        by.Receive(receive, address => told = address);
        Aio send = WithVector("h"u8.ToArray());
        from.Send(send, to);
        send.Wait();
        Assert.Equal(NngError.None, send.Result);
        receive.Wait();
        Assert.Equal(NngError.None, receive.Result);
        sender = told!;
        return Encoding.ASCII.GetString(room);
    }
}
