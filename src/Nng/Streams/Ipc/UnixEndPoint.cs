using System;
using System.Net;
using System.Net.Sockets;

namespace Nng.Streams;

/// <summary>
/// A Unix socket address given by its bytes, of exact length: a path; one NUL and an abstract name; nothing at all,
/// which asks the kernel to choose a name (I-21, I-22).
/// </summary>
/// <remarks>
/// The BCL's end point knows text only, and a socket bound to one removes the file at its path when it is disposed,
/// whoever's it is by then.
/// </remarks>
internal sealed class UnixEndPoint : EndPoint
{
    /// <summary>Where the path starts in the native structure.</summary>
    private const int PathOffset = 2;

    private readonly byte[] _bytes;

    private UnixEndPoint(byte[] bytes)
    {
        _bytes = bytes;
    }

    public override AddressFamily AddressFamily => AddressFamily.Unix;

    /// <summary>The abstract name without its NUL; empty for paths.</summary>
    public ReadOnlySpan<byte> AbstractName => _bytes is [0, ..] ? _bytes.AsSpan(1) : [];

    public static UnixEndPoint FromPath(ReadOnlySpan<byte> path) => new([.. path, 0]);

    public static UnixEndPoint FromAbstractName(ReadOnlySpan<byte> name) => new(name.IsEmpty ? [] : [0, .. name]);

    public override SocketAddress Serialize()
    {
        var address = new SocketAddress(AddressFamily.Unix, PathOffset + _bytes.Length);
        _bytes.CopyTo(address.Buffer.Span[PathOffset..]);
        return address;
    }

    public override EndPoint Create(SocketAddress socketAddress)
    {
        ArgumentNullException.ThrowIfNull(socketAddress);
        return new UnixEndPoint(socketAddress.Buffer.Span[Math.Min(PathOffset, socketAddress.Size)..socketAddress.Size].ToArray());
    }
}
