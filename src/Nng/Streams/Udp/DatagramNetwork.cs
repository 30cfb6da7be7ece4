using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Streams;

/// <summary>Where datagram sockets come from: the machine, or in tests something that can be made to fail.</summary>
/// <remarks>Threading: stateless.</remarks>
internal class DatagramNetwork
{
    /// <summary>The machine's.</summary>
    public static DatagramNetwork Default { get; } = new();

    /// <summary>Binds a listener's socket.</summary>
    public virtual NngError Bind(UdpBinding binding, out DatagramWire? wire) =>
        DatagramSocket.Open(binding.EndPoint, binding.DualMode, out wire);

    /// <summary>Opens a dialer's socket, with a port of its own.</summary>
    public virtual NngError Open(IPEndPoint remote, out DatagramWire? wire) => DatagramSocket.OpenTowards(remote, out wire);

    /// <summary>
    /// Where the answers of a peer come from: what is dialled as "any" is this machine, and only link-local addresses have
    /// a scope.
    /// </summary>
    /// <param name="dialled">The peer.</param>
    /// <param name="local">The end here.</param>
    public static IPEndPoint AnswererOf(IPEndPoint dialled, NngAddress local)
    {
        IPAddress address = dialled.Address;
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            address = local.EndPoint!.Address;
        else if (address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv6LinkLocal)
            address = new IPAddress(address.GetAddressBytes());
        return new IPEndPoint(address, dialled.Port);
    }

    /// <summary>All addresses of a dialer's target, in the resolver's order.</summary>
    public virtual ValueTask<(NngError Error, IPAddress[] Addresses)> ResolveAsync(
        UdpTarget target, CancellationToken token) => TcpAddresses.ResolveAsync(target.Host, target.Family, token);
}
