using System;
using System.Net;
using System.Threading.Tasks;

namespace Nng.Streams;

/// <summary>The contract of a bound datagram socket.</summary>
/// <remarks>
/// Threading: one receive at a time, any number of sends, <see cref="Close"/> from any thread; it ends what is pending
/// with an exception. Memory is not touched any more once its operation has ended.
/// </remarks>
internal abstract class DatagramWire
{
    /// <summary>Where it is bound, with the real port.</summary>
    public abstract NngAddress LocalAddress { get; }

    /// <summary>An object that <see cref="ReceiveAsync"/> can store any sender in.</summary>
    public abstract SocketAddress CreateAddress();

    /// <summary>The form in which a peer's address is given to <see cref="SendAsync"/>.</summary>
    public abstract SocketAddress AddressOf(IPEndPoint peer);

    /// <summary>The same, back.</summary>
    public abstract IPEndPoint EndPointOf(SocketAddress peer);

    /// <summary>Sends one datagram; completes at once when the system has room.</summary>
    public abstract ValueTask<int> SendAsync(ReadOnlyMemory<byte> datagram, SocketAddress to);

    /// <summary>Receives one datagram; what does not fit is lost.</summary>
    public abstract ValueTask<int> ReceiveAsync(Memory<byte> buffer, SocketAddress from);

    /// <summary>Frees the address. Idempotent.</summary>
    public abstract void Close();
}
