using System;
using Xunit;

namespace Nng.Tests.Sockets;

public sealed class RawSocketTests : SocketContract
{
    protected override (int Id, string Name) Protocol => (0x10, "pair");

    protected override NngSocket Open(SocketOptions? options = null) => new RawSocket(RawProtocol.Pair0, options);

    protected override NngSocket OpenPeer() => new Pair0Socket();

    [Fact]
    public void Every_protocol_has_a_raw_socket_and_nothing_else_has()
    {
        foreach (RawProtocol protocol in Enum.GetValues<RawProtocol>())
        {
            var socket = Use(new RawSocket(protocol));
            Assert.True(socket.IsRaw);
            Assert.Equal((int)protocol, socket.ProtocolId);
        }

        Assert.Equal("protocol", Assert.Throws<ArgumentOutOfRangeException>(() => new RawSocket((RawProtocol)0x99)).ParamName);
    }
}
