using System;
using System.Net;
using Nng.Streams;
using Xunit;

namespace Nng.Tests.Streams.Udp;

/// <summary>What the tests of UDP sockets share: two of them at the loopback.</summary>
public abstract class UdpSocketScenario : IDisposable
{
    private protected UdpSocket Left { get; } = Open(IPAddress.Loopback);

    private protected UdpSocket Right { get; } = Open(IPAddress.Loopback);

    public void Dispose()
    {
        Left.Dispose();
        Right.Dispose();
    }

    private protected static UdpSocket Open(IPAddress host)
    {
        Assert.Equal(NngError.None, UdpSocket.Open(NngAddress.Ip(new IPEndPoint(host, 0)), out UdpSocket? udp));
        return udp!;
    }

    private protected static NngAddress Address(string host, int port) =>
        NngAddress.Ip(new IPEndPoint(IPAddress.Parse(host), port));

    private protected static Aio WithVector(params byte[][] elements)
    {
        var aio = new Aio { TimeoutMs = Aio.Infinite };
        aio.SetVector(Array.ConvertAll(elements, element => (ReadOnlyMemory<byte>)element));
        return aio;
    }
}
