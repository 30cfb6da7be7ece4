using System;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Nng.Interop.Tests.Peers;

/// <summary>A socket of the C library.</summary>
/// <remarks>Threading: the library tells of pipes on its own threads.</remarks>
internal sealed class LibnngParty : Party
{
    /// <summary>Kept here, because the library calls it until the socket is closed.</summary>
    private readonly Libnng.PipeCallback _onPipe;

    /// <summary>By id: of a pipe that was refused the library tells only the end.</summary>
    private readonly ConcurrentDictionary<uint, bool> _pipes = new();

    private LibnngParty(Libnng.Socket socket)
    {
        Socket = socket;
        _onPipe = OnPipe;
        Libnng.Notify(Socket, _onPipe);
    }

    public Libnng.Socket Socket { get; }

    public override int Peers => _pipes.Count;

    public static LibnngParty Open(string protocol) => new(Libnng.Open(protocol, TimeoutMs));

    public static LibnngParty OpenRaw(string protocol) => new(Libnng.OpenRaw(protocol));

    public override void Listen(string url) => Libnng.Listen(Socket, url);

    public override void Dial(string url) => Libnng.Dial(Socket, url);

    public override void Send(byte[] body) => Libnng.Send(Socket, body);

    public override byte[] Receive() => Libnng.Receive(Socket);

    public override void Dispose()
    {
        if (!Libnng.Close(Socket))
            GCHandle.Alloc(_onPipe);
        GC.KeepAlive(_onPipe);
    }

    private void OnPipe(uint pipe, int what, IntPtr argument)
    {
        if (what == Libnng.PipeAdded)
            _pipes[pipe] = true;
        else
            _pipes.TryRemove(pipe, out _);
    }
}
