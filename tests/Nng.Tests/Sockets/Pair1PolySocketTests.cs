namespace Nng.Tests.Sockets;

public sealed class Pair1PolySocketTests : SocketContract
{
    protected override (int Id, string Name) Protocol => (0x11, "pair1");

    protected override NngSocket Open(SocketOptions? options = null) => new Pair1PolySocket(options);

    protected override NngSocket OpenPeer() => new Pair1Socket();
}
