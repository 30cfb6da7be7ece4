using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Streams;

/// <summary>A bound UDP socket whose transfers allocate nothing. It is never connected, so it hears everybody.</summary>
internal sealed class DatagramSocket : DatagramWire
{
    /// <summary>What is asked of the system for each direction; it may give less (transports sheet, D-22).</summary>
    private const int BufferSize = 1 << 20;

    /// <summary>Windows: an unreachable peer is no error of the next receive (SIO_UDP_CONNRESET).</summary>
    private const int NoConnectionReset = unchecked((int)0x9800000C);

    private readonly Socket _socket;

    /// <summary>Any address of the family; makes others.</summary>
    private readonly IPEndPoint _local;

    private DatagramSocket(Socket socket)
    {
        _socket = socket;
        _local = (IPEndPoint)socket.LocalEndPoint!;
        LocalAddress = NngAddress.Ip(_local);
    }

    public override NngAddress LocalAddress { get; }

    /// <summary>Binds a socket; port 0 lets the system choose.</summary>
    /// <param name="local">IPv4 or IPv6.</param>
    /// <param name="dualMode">An IPv6 socket takes IPv4 peers too.</param>
    /// <param name="wire">The socket, the caller's to close; null on failure.</param>
    public static NngError Open(IPEndPoint local, bool dualMode, out DatagramWire? wire)
    {
        wire = null;
        Socket? socket = null;
        try
        {
            socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            Configure(socket, dualMode);
            socket.Bind(local);
            wire = new DatagramSocket(socket);
            return NngError.None;
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            return failure.ToNngError();
        }
    }

    /// <summary>Binds a socket at the local address from which a peer is reached, with a port of the system's choice.</summary>
    /// <param name="remote">The peer.</param>
    /// <param name="wire">The socket, the caller's to close; null on failure, for example without a route.</param>
    public static NngError OpenTowards(IPEndPoint remote, out DatagramWire? wire)
    {
        wire = null;
        IPAddress local;
        try
        {
            // To connect is to ask for the route; nothing is sent.
            using var probe = new Socket(remote.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(remote);
            local = ((IPEndPoint)probe.LocalEndPoint!).Address;
        }
        catch (SocketException failure)
        {
            return failure.ToNngError();
        }

        return Open(new IPEndPoint(local, 0), dualMode: false, out wire);
    }

    public override SocketAddress CreateAddress() => new(_local.AddressFamily);

    public override SocketAddress AddressOf(IPEndPoint peer) => peer.Serialize();

    public override IPEndPoint EndPointOf(SocketAddress peer) => (IPEndPoint)_local.Create(peer);

    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> datagram, SocketAddress to) =>
        _socket.SendToAsync(datagram, SocketFlags.None, to, CancellationToken.None);

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, SocketAddress from) =>
        _socket.ReceiveFromAsync(buffer, SocketFlags.None, from, CancellationToken.None);

    public override void Close() => _socket.Dispose();

    private static void Configure(Socket socket, bool dualMode)
    {
        if (socket.AddressFamily == AddressFamily.InterNetworkV6)
            socket.DualMode = dualMode;
        if (OperatingSystem.IsWindows())
        {
            socket.ExclusiveAddressUse = true;
            socket.IOControl(NoConnectionReset, [0, 0, 0, 0], null);
        }

        TryResize(socket, SocketOptionName.ReceiveBuffer);
        TryResize(socket, SocketOptionName.SendBuffer);
    }

    private static void TryResize(Socket socket, SocketOptionName buffer)
    {
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, buffer, BufferSize);
        }
        catch (SocketException)
        {
            // The system's own size will do.
        }
    }
}
