using System;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Threading;

namespace Nng.Streams;

/// <summary>A bound UDP socket: datagrams by aio. C type: <c>nng_udp</c>.</summary>
/// <remarks>
/// Threading: safe from any thread. Receives are served in the order of their submission; the memory of an operation is
/// not touched any more once it has ended.
/// </remarks>
internal sealed class UdpSocket : IDisposable
{
    private readonly Socket _socket;
    private int _closed;

    private UdpSocket(Socket socket, NngAddress local)
    {
        _socket = socket;
        LocalAddress = local;
    }

    /// <summary>Where it is bound, with the real port.</summary>
    public NngAddress LocalAddress { get; }

    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>
    /// Binds a socket; port 0 lets the system choose. At <c>::</c> it takes IPv4 peers too, as <c>::ffff:a.b.c.d</c>.
    /// </summary>
    /// <param name="local">IPv4 or IPv6; anything else is an invalid address.</param>
    /// <param name="udp">The socket, the caller's to dispose; null on failure.</param>
    public static NngError Open(NngAddress local, out UdpSocket? udp)
    {
        udp = null;
        if (local.EndPoint is not { } endPoint)
            return NngError.AddressInvalid;
        Socket? socket = null;
        try
        {
            socket = new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            // The runtime's default is IPv6 only, the systems' is both.
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(endPoint);
            udp = new UdpSocket(socket, NngAddress.Ip((IPEndPoint)socket.LocalEndPoint!));
            return NngError.None;
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            return failure.ToNngError();
        }
    }

    /// <summary>Sends the aio's vector as one datagram.</summary>
    /// <param name="aio">
    /// Idle; the count is the datagram's length. Results: <see cref="NngError.AddressInvalid"/>,
    /// <see cref="NngError.MessageTooLarge"/>, <see cref="NngError.Closed"/>, or why the system refused it.
    /// </param>
    /// <param name="to">The receiver, of the family of <see cref="LocalAddress"/>.</param>
    public void Send(Aio aio, NngAddress to)
    {
        if (!aio.Begin())
            return;
        if (to.EndPoint is not { } target || to.Kind != LocalAddress.Kind || target.Port == 0)
            aio.Finish(NngError.AddressInvalid);
        else
            new UdpTransfer(this, _socket, aio).Send(target);
    }

    /// <summary>
    /// Receives one datagram into the aio's vector; what does not fit is lost, and the count is what was stored.
    /// </summary>
    /// <param name="aio">Idle. Results: <see cref="NngError.InvalidArgument"/> (no room), <see cref="NngError.Closed"/>.</param>
    /// <param name="from">Told the sender, before the operation ends; null for nobody.</param>
    public void Receive(Aio aio, Action<NngAddress>? from)
    {
        if (aio.Begin())
            new UdpTransfer(this, _socket, aio).Receive(from);
    }

    /// <summary>Joins or leaves a multicast group on the bound interface.</summary>
    /// <param name="group">A multicast address of the family of <see cref="LocalAddress"/>.</param>
    /// <param name="join">False leaves it.</param>
    public NngError SetMembership(NngAddress group, bool join)
    {
        if (group.Kind != LocalAddress.Kind || group.EndPoint is not { } endPoint)
            return NngError.AddressInvalid;
        SocketOptionName name = join ? SocketOptionName.AddMembership : SocketOptionName.DropMembership;
        try
        {
            IPAddress bound = LocalAddress.EndPoint!.Address;
            if (group.Kind == AddressKind.Inet)
                _socket.SetSocketOption(SocketOptionLevel.IP, name, new MulticastOption(endPoint.Address, bound));
            else
                _socket.SetSocketOption(
                    SocketOptionLevel.IPv6,
                    name,
                    new IPv6MulticastOption(endPoint.Address, InterfaceOf(endPoint.Address, bound)));
            return NngError.None;
        }
        catch (SocketException failure)
        {
            return failure.ToNngError();
        }
        catch (ObjectDisposedException)
        {
            return NngError.Closed;
        }
    }

    /// <summary>
    /// On which interface an IPv6 group is joined: its own scope, else that of the bound address, else the one that has this
    /// address; 0 leaves it to the system.
    /// </summary>
    internal static long InterfaceOf(IPAddress group, IPAddress bound)
    {
        if (group.ScopeId != 0 || bound.ScopeId != 0)
            return group.ScopeId != 0 ? group.ScopeId : bound.ScopeId;
        if (bound.Equals(IPAddress.IPv6Any))
            return 0;
        foreach (NetworkInterface candidate in NetworkInterface.GetAllNetworkInterfaces())
        {
            IPInterfaceProperties its = candidate.GetIPProperties();
            foreach (UnicastIPAddressInformation has in its.UnicastAddresses)
            {
                if (has.Address.Equals(bound))
                    return its.GetIPv6Properties().Index;
            }
        }

        return 0;
    }

    /// <summary>Ends pending operations with <see cref="NngError.Closed"/> and frees the address. Idempotent.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
            _socket.Dispose();
    }
}
