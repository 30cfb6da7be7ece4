using System;

namespace Nng.Interop.Tests.Peers;

/// <summary>A socket of the older C library.</summary>
internal sealed class LibnanomsgParty(string protocol) : Party
{
    private readonly int _socket = Libnanomsg.Open(protocol, TimeoutMs);

    public override int Peers => Libnanomsg.Peers(_socket);

    public override void Listen(string url) => Libnanomsg.Listen(_socket, url);

    public override void Dial(string url) => Libnanomsg.Dial(_socket, url);

    public override void Send(byte[] body) => Libnanomsg.Send(_socket, body);

    public override byte[] Receive() => Libnanomsg.Receive(_socket);

    public override void Dispose() => Libnanomsg.Close(_socket);
}
