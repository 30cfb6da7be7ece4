using System.Net.Sockets;

namespace Nng.Streams;

/// <summary>The engine for every operating system, on <see cref="SocketAsyncEventArgs"/>.</summary>
internal sealed class PortableEngine : IoEngine
{
    public override string Name => "portable";

    public override IoChannel CreateChannel(Socket socket, bool connected) => new PortableChannel(socket);

    public override IoAcceptor CreateAcceptor(Socket listening) => new PortableAcceptor(listening);
}
