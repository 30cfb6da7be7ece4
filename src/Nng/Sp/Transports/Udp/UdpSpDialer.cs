using System.Threading;
using Nng.Core;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>Dials UDP: resolves at every dial, and each connection has a socket of its own (D-11).</summary>
/// <remarks>
/// Threading: one connect at a time, but an aborted one may still be winding down when the next begins: each has its
/// own state. <see cref="_lock"/> guards which one is current.
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

    private readonly Lock _lock = new();

    /// <summary>Where the latest connection came from.</summary>
    private volatile NngAddress _local = NngAddress.Unspecified;

    /// <summary>The connect under way; null for none.</summary>
    private UdpAttempt? _current;

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
        if (!aio.Begin())
            return;
        var attempt = new UdpAttempt(this, aio);
        lock (_lock)
            _current = attempt;
        attempt.Start();
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

    public override void Close()
    {
        UdpAttempt? current;
        lock (_lock)
            current = _current;
        current?.End(NngError.Closed);
    }

    /// <summary>An attempt has opened its socket.</summary>
    public void OnOpened(NngAddress local) => _local = local;

    public void Forget(UdpAttempt attempt)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_current, attempt))
                _current = null;
        }
    }

    private static NngError GetBoundPort(UdpSpDialer dialer, out OptionValue value)
    {
        int port = dialer._local.Port;
        value = OptionValue.Int32(port);
        return port == 0 ? NngError.IncorrectState : NngError.None;
    }
}
