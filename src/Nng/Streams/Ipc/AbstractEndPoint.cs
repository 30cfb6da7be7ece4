using System;
using System.Net;
using System.Net.Sockets;

namespace Nng.Streams;

/// <summary>
/// An abstract Unix socket address of exact length: family, one NUL, the name; the family alone asks the kernel to
/// choose a name (I-21, I-22).
/// </summary>
internal sealed class AbstractEndPoint(byte[] name) : EndPoint
{
    /// <summary>Where the path starts in the native structure.</summary>
    private const int PathOffset = 2;

    private readonly byte[] _name = name;

    public override AddressFamily AddressFamily => AddressFamily.Unix;

    /// <summary>The name without the NUL.</summary>
    public ReadOnlySpan<byte> Name => _name;

    public override SocketAddress Serialize()
    {
        int size = _name.Length == 0 ? PathOffset : PathOffset + 1 + _name.Length;
        var address = new SocketAddress(AddressFamily.Unix, size);
        if (_name.Length > 0)
        {
            address[PathOffset] = 0;
            _name.CopyTo(address.Buffer.Span[(PathOffset + 1)..]);
        }

        return address;
    }

    public override EndPoint Create(SocketAddress socketAddress)
    {
        ArgumentNullException.ThrowIfNull(socketAddress);
        return socketAddress.Size <= PathOffset + 1
            ? new AbstractEndPoint([])
            : new AbstractEndPoint(socketAddress.Buffer.Span[(PathOffset + 1)..socketAddress.Size].ToArray());
    }
}
