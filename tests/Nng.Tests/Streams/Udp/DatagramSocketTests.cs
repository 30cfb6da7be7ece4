using System.Net;
using System.Threading.Tasks;
using Nng.Streams;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Streams;

/// <summary>Datagram sockets on the loopback.</summary>
public sealed class DatagramSocketTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Datagrams_go_to_and_fro_and_are_cut_to_the_room(string address)
    {
        var any = new IPEndPoint(IPAddress.Parse(address), 0);
        Assert.Equal(NngError.None, DatagramSocket.Open(any, dualMode: false, out DatagramWire? a));
        Assert.Equal(NngError.None, DatagramSocket.OpenTowards(a!.LocalAddress.EndPoint!, out DatagramWire? b));
        Assert.Equal(address, b!.LocalAddress.EndPoint!.Address.ToString());
        byte[] buffer = new byte[5];
        SocketAddress from = a.CreateAddress();
        await b.SendAsync("datagram"u8.ToArray(), b.AddressOf(a.LocalAddress.EndPoint!));
        Assert.Equal(5, await Eventually.Completes(a.ReceiveAsync(buffer, from).AsTask()));
        Assert.Equal("datag"u8.ToArray(), buffer);
        Assert.Equal(b.LocalAddress.EndPoint, a.EndPointOf(from));
        await a.SendAsync("back"u8.ToArray(), from);
        Assert.Equal(4, await Eventually.Completes(b.ReceiveAsync(buffer, b.CreateAddress()).AsTask()));
        a.Close();
        a.Close();
        b.Close();
    }

    [Fact]
    public void An_address_is_bound_once_and_must_be_here()
    {
        var any = new IPEndPoint(IPAddress.Loopback, 0);
        Assert.Equal(NngError.None, DatagramSocket.Open(any, dualMode: false, out DatagramWire? first));
        Assert.Equal(
            NngError.AddressInUse, DatagramSocket.Open(first!.LocalAddress.EndPoint!, dualMode: false, out DatagramWire? none));
        Assert.Null(none);
        first.Close();
        Assert.Equal(NngError.None, DatagramSocket.Open(first.LocalAddress.EndPoint!, dualMode: false, out DatagramWire? again));
        again!.Close();
        var foreign = new IPEndPoint(IPAddress.Parse("8.8.8.8"), 0);
        Assert.Equal(NngError.AddressInvalid, DatagramSocket.Open(foreign, dualMode: false, out _));
    }

    [Fact]
    public async Task Closing_ends_a_receive_that_waits()
    {
        DatagramSocket.Open(new IPEndPoint(IPAddress.Loopback, 0), dualMode: false, out DatagramWire? wire);
        Task<int> receive = wire!.ReceiveAsync(new byte[9], wire.CreateAddress()).AsTask();
        Assert.False(receive.IsCompleted);
        wire.Close();
        await Assert.ThrowsAnyAsync<System.Exception>(() => Eventually.Completes(receive));
    }
}
