namespace Nng.Tests.Sockets;

public sealed class PullSocketTests : SocketContract
{
    protected override (int Id, string Name) Protocol => (0x51, "pull");

    protected override NngSocket Open(SocketOptions? options = null) => new PullSocket(options);

    protected override NngSocket OpenPeer() => new PushSocket();
}
