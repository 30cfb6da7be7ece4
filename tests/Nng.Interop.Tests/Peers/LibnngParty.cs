using System;
using System.Threading;

namespace Nng.Interop.Tests.Peers;

/// <summary>A socket of the C library.</summary>
/// <remarks>Threading: the library tells of pipes on its own threads.</remarks>
internal sealed class LibnngParty : Party
{
    /// <summary>Kept here, because the library calls it until the socket is closed.</summary>
    private readonly Libnng.PipeCallback _onPipe;
    private int _peers;

    private LibnngParty(Libnng.Socket socket)
    {
        Socket = socket;
        _onPipe = (_, what, _) => Interlocked.Add(ref _peers, what == Libnng.PipeAdded ? 1 : -1);
        Libnng.Notify(Socket, _onPipe);
    }

    public Libnng.Socket Socket { get; }

    public override int Peers => Volatile.Read(ref _peers);

    public static LibnngParty Open(string protocol) => new(Libnng.Open(protocol, TimeoutMs));

    public static LibnngParty OpenRaw(string protocol) => new(Libnng.OpenRaw(protocol));

    public override void Listen(string url) => Libnng.Listen(Socket, url);

    public override void Dial(string url) => Libnng.Dial(Socket, url);

    public override void Send(byte[] body) => Libnng.Send(Socket, body);

    public override byte[] Receive() => Libnng.Receive(Socket);

    public override void Dispose()
    {
        Libnng.Close(Socket);
        GC.KeepAlive(_onPipe);
    }
}
