namespace Nng.Tests.Sockets;

public sealed class PubSocketTests : SocketContract
{
    protected override (int Id, string Name) Protocol => (0x20, "pub");

    protected override NngSocket Open(SocketOptions? options = null) => new PubSocket(options);

    protected override NngSocket OpenPeer()
    {
        var sub = new SubSocket();
        sub.Subscribe("");
        return sub;
    }
}
