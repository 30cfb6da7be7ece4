namespace Nng.Tests.Sockets;

public sealed class BusSocketTests : SocketContract
{
    protected override (int Id, string Name) Protocol => (0x70, "bus");

    protected override NngSocket Open(SocketOptions? options = null) => new BusSocket(options);

    protected override NngSocket OpenPeer() => new BusSocket();
}
