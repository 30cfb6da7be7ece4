namespace Nng.Tests.Sockets;

public sealed class Pair0SocketTests : SocketContract
{
    protected override (int Id, string Name) Protocol => (0x10, "pair");

    protected override NngSocket Open(SocketOptions? options = null) => new Pair0Socket(options);

    protected override NngSocket OpenPeer() => new Pair0Socket();
}
