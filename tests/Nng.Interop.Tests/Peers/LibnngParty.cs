using System;
using System.Threading;

namespace Nng.Interop.Tests.Peers;

/// <summary>A socket of the C library.</summary>
/// <remarks>Threading: the library tells of pipes on its own threads.</remarks>
internal sealed class LibnngParty : Party
{
    private readonly Libnng.Socket _socket;

    /// <summary>Kept here, because the library calls it until the socket is closed.</summary>
    private readonly Libnng.PipeCallback _onPipe;
    private int _peers;

    public LibnngParty(string protocol)
    {
        _socket = Libnng.Open(protocol, TimeoutMs);
        _onPipe = (_, what, _) => Interlocked.Add(ref _peers, what == Libnng.PipeAdded ? 1 : -1);
        Libnng.Notify(_socket, _onPipe);
    }

    public override int Peers => Volatile.Read(ref _peers);

    public override void Listen(string url) => Libnng.Listen(_socket, url);

    public override void Dial(string url) => Libnng.Dial(_socket, url);

    public override void Send(byte[] body) => Libnng.Send(_socket, body);

    public override byte[] Receive() => Libnng.Receive(_socket);

    public override void Dispose()
    {
        Libnng.Close(_socket);
        GC.KeepAlive(_onPipe);
    }
}
