namespace Nng.Tests.Sockets;

public sealed class RepSocketTests : SocketContract
{
    protected override (int Id, string Name) Protocol => (0x31, "rep");

    protected override NngSocket Open(SocketOptions? options = null) => new RepSocket(options);

    protected override NngSocket OpenPeer() => new ReqSocket();

    protected override void BeforeSend(NngSocket socket, NngSocket peer)
    {
        ((ReqSocket)peer).Send("?"u8);
        Recv((RepSocket)socket);
    }
}
