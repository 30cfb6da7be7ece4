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
    private static readonly OptionTable<UdpSpDialer> s_options = new(
        new OptionRow<UdpSpDialer>
        {
            Name = OptionNames.LocalAddress,
            Type = OptionType.Address,
            Get = d => OptionValue.Address(d._local),
        },
        new OptionRow<UdpSpDialer>
        {
            Name = OptionNames.BoundPort,
            Type = OptionType.Int32,
            TryGet = GetBoundPort,
        });

    /// <summary>Where the latest connection came from.</summary>
    private volatile NngAddress _local = NngAddress.Unspecified;

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

    public override NngError GetOption(string name, out OptionValue value)
    {
        NngError error = Settings.Get(name, out value);
        return error == NngError.NotSupported ? s_options.Get(this, name, out value) : error;
    }

    public override NngError SetOption(string name, OptionValue value)
    {
        NngError error = Settings.Set(name, value);
        return error == NngError.NotSupported ? s_options.Set(this, name, value) : error;
    }

    /// <summary>An attempt has opened its socket.</summary>
    public void OnOpened(NngAddress local) => _local = local;

    private static NngError GetBoundPort(UdpSpDialer dialer, out OptionValue value)
    {
        int port = dialer._local.Port;
        value = OptionValue.Int32(port);
        return port == 0 ? NngError.IncorrectState : NngError.None;
    }
}
