using System.Collections.Generic;
using Nng.Core;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>
/// UDP, experimental: connections over datagrams, with the best effort of the network (transports sheet, section 16).
/// </summary>
/// <param name="network">Where sockets come from.</param>
/// <param name="expirer">The time by which connections are kept and given up.</param>
internal sealed class UdpTransport(DatagramNetwork network, Expirer expirer) : SpTransport
{
    public UdpTransport()
        : this(DatagramNetwork.Default, Expirer.Default)
    {
    }

    public override IReadOnlyList<string> Schemes { get; } = ["udp", "udp4", "udp6"];

    public override NngError CreateDialer(SpDialer owner, out SpTransportDialer? dialer)
    {
        dialer = UdpTarget.TryParse(owner.Url, out UdpTarget? target)
            ? new UdpSpDialer(owner, target, network, expirer) : null;
        return dialer is null ? NngError.AddressInvalid : NngError.None;
    }

    public override NngError CreateListener(SpListener owner, out SpTransportListener? listener)
    {
        NngError error = UdpBinding.Parse(owner.Url, out UdpBinding? binding);
        listener = error == NngError.None ? new UdpSpListener(owner, binding!, network, expirer) : null;
        return error;
    }
}
