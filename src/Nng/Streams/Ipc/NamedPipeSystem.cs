using System.IO.Pipes;

namespace Nng.Streams;

/// <summary>What makes and knows the ends of named pipes: the operating system.</summary>
/// <remarks>Threading: stateless.</remarks>
internal abstract class NamedPipeSystem
{
    /// <summary>Makes an instance that a client can connect to (transports sheet, P-3, P-4).</summary>
    /// <param name="name">The pipe's name, without the system's prefix.</param>
    /// <param name="isFirst">The name must not be in use: <see cref="NngError.AddressInUse"/>.</param>
    /// <param name="security">A descriptor that <see cref="IsSecurity"/> has accepted; null for the system's default.</param>
    /// <param name="server">Not connected, for asynchronous use.</param>
    public abstract NngError CreateServer(
        string name, bool isFirst, object? security, out NamedPipeServerStream? server);

    /// <summary>
    /// Connects to an instance (P-6). <see cref="NngError.ConnectionRefused"/>: nobody listens.
    /// <see cref="NngError.Busy"/>: all instances are taken, a new one is coming.
    /// </summary>
    /// <param name="name">The pipe's name, without the system's prefix.</param>
    /// <param name="client">Connected, for asynchronous use.</param>
    public abstract NngError OpenClient(string name, out NamedPipeClientStream? client);

    /// <summary>The process at the other end (P-8).</summary>
    public abstract NngError GetPeerProcess(PipeStream pipe, out uint processId);

    /// <summary>A value of the option <c>ipc:security-descriptor</c> is one.</summary>
    public abstract bool IsSecurity(object? value);
}
