namespace Nng.Tests.Sockets;

public sealed class PushSocketTests : SocketContract
{
    protected override (int Id, string Name) Protocol => (0x50, "push");

    protected override NngSocket Open(SocketOptions? options = null) => new PushSocket(options);

    protected override NngSocket OpenPeer() => new PullSocket();
}
