using Nng.Core;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>Dials UDP: resolves at every dial, and each connection has a socket of its own (D-11).</summary>
/// <remarks>
/// Threading: one connect at a time, but an aborted one may still be winding down when the next begins: each has its
/// own state.
/// </remarks>
internal sealed class UdpSpDialer : SpTransportDialer
{
    public UdpSpDialer(SpDialer owner, UdpTarget target, DatagramNetwork network, Expirer expirer)
    {
        Owner = owner;
        Target = target;
        Network = network;
        Expirer = expirer;
        Settings = new UdpSettings(owner);
    }

    public SpDialer Owner { get; }

    public UdpTarget Target { get; }

    public DatagramNetwork Network { get; }

    public Expirer Expirer { get; }

    public UdpSettings Settings { get; }

    public UdpCounters Counters { get; } = new();

    public override StatSection? Statistics => Counters.Section;

    public override void Connect(Aio aio)
    {
        if (aio.Begin())
            new UdpAttempt(this, aio).Start();
    }

    public override NngError GetOption(string name, out OptionValue value) => Settings.Get(name, out value);

    public override NngError SetOption(string name, OptionValue value) => Settings.Set(name, value);
}
