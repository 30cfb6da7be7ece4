using System;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Nng.TestKit;

/// <summary>
/// A scripted peer on a datagram socket that speaks literal bytes. Threading: one thread at a time; every wait has a
/// deadline.
/// </summary>
public sealed class RawUdpPeer : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly byte[] _buffer = new byte[65_536];

    /// <summary>A peer at a loopback port of its own.</summary>
    public RawUdpPeer()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.ReceiveTimeout = Eventually.DefaultTimeoutMs;
    }

    /// <summary>A peer that talks to whom a URL names.</summary>
    public RawUdpPeer(string url)
        : this()
    {
        Remote = new IPEndPoint(IPAddress.Loopback, int.Parse(url[(url.LastIndexOf(':') + 1)..]));
    }

    /// <summary>Where it is.</summary>
    public IPEndPoint Local => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Its address as a URL to dial.</summary>
    public string Url => $"udp://127.0.0.1:{Local.Port}";

    /// <summary>To whom it talks: who sent the first datagram, when it did not begin.</summary>
    public IPEndPoint? Remote { get; set; }

    /// <summary>Something lies here to be received.</summary>
    public bool HasMore => _socket.Available > 0;

    /// <summary>Sends a datagram, in the notation of <see cref="WireText"/>.</summary>
    public void Send(string notation) => Send(WireText.Bytes(notation));

    /// <summary>Sends a datagram.</summary>
    public void Send(ReadOnlySpan<byte> datagram) => _socket.SendTo(datagram, Remote!);

    /// <summary>The next datagram.</summary>
    public byte[] Receive()
    {
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        int count = _socket.ReceiveFrom(_buffer, ref from);
        Remote ??= (IPEndPoint)from;
        return _buffer[..count];
    }

    /// <summary>The next datagram is this one; <c>..</c> in the notation of hex digits is any byte.</summary>
    public void Expect(string hex)
    {
        string expected = hex.Replace(" ", string.Empty, StringComparison.Ordinal).ToUpperInvariant();
        string actual = Convert.ToHexString(Receive());
        string masked = actual;
        for (int i = 0; i < expected.Length && i < masked.Length; i++)
        {
            if (expected[i] == '.')
                masked = $"{masked[..i]}.{masked[(i + 1)..]}";
        }

        Assert.Equal(expected, masked);
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
