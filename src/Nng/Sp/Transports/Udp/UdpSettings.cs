using System;
using Nng.Core;

namespace Nng.Sp.Transports;

/// <summary>The options of a UDP endpoint (transports sheet, 16.4); what can be set is frozen while it is started.</summary>
/// <remarks>Threading: words that are read and written as a whole.</remarks>
internal sealed class UdpSettings
{
    /// <summary>The longest message (D-13).</summary>
    public const int MaxPayload = 65_000;

    private static readonly OptionTable<UdpSettings> s_table = new(
        Row(
            OptionNames.ReceiveMaxSize,
            OptionType.Size,
            0,
            uint.MaxValue,
            static s => OptionValue.Size(s.ReceiveMax),
            static (s, value) => s.ReceiveMax = (int)Math.Min(value.Number is 0 ? MaxPayload : value.Number, MaxPayload)),
        Row(
            OptionNames.UdpCopyMax,
            OptionType.Size,
            0,
            MaxPayload,
            static s => OptionValue.Size(s.CopyMax),
            static (s, value) => s.CopyMax = (int)value.Number),
        Row(
            OptionNames.UdpConnectRetry,
            OptionType.Duration,
            1,
            int.MaxValue,
            static s => OptionValue.Duration(s.RetryMs),
            static (s, value) => s.RetryMs = value.Int),
        Row(
            OptionNames.UdpConnectExpire,
            OptionType.Duration,
            1,
            int.MaxValue,
            static s => OptionValue.Duration(s.ExpireMs),
            static (s, value) => s.ExpireMs = value.Int),
        Row(
            OptionNames.UdpMaxPeers,
            OptionType.Size,
            0,
            uint.MaxValue,
            static s => OptionValue.Size(s.MaxPeers),
            static (s, value) => s.MaxPeers = value.Number),
        new OptionRow<UdpSettings>
        {
            Name = OptionNames.LocalAddress,
            Type = OptionType.Address,
            Get = static s => OptionValue.Address(s.LocalAddress),
        },
        new OptionRow<UdpSettings>
        {
            Name = OptionNames.BoundPort,
            Type = OptionType.Int32,
            TryGet = GetBoundPort,
        });

    private readonly SpEndpoint _owner;
    private volatile NngAddress _localAddress = NngAddress.Unspecified;

    public UdpSettings(SpEndpoint owner)
    {
        _owner = owner;
        ReceiveMax = MaxPayload;
    }

    /// <summary>The longest message accepted; what peers are told.</summary>
    public int ReceiveMax
    {
        get => (int)_owner.ReceiveMaxSize;
        private set => _owner.ReceiveMaxSize = value;
    }

    /// <summary>Longer messages that fill half of the buffer into which they were received keep it.</summary>
    public int CopyMax { get; private set; } = 1024;

    public int RetryMs { get; private set; } = 200;

    public int ExpireMs { get; private set; } = 5000;

    /// <summary>Peers of a listener at a time; 0 = unlimited.</summary>
    public long MaxPeers { get; private set; } = 1024;

    /// <summary>Where the endpoint's latest socket is bound.</summary>
    public NngAddress LocalAddress
    {
        get => _localAddress;
        set => _localAddress = value;
    }

    public NngError Get(string name, out OptionValue value) => s_table.Get(this, name, out value);

    public NngError Set(string name, OptionValue value) => s_table.Set(this, name, value);

    private static NngError GetBoundPort(UdpSettings settings, out OptionValue value)
    {
        int port = settings.LocalAddress.Port;
        value = OptionValue.Int32(port);
        return port == 0 ? NngError.IncorrectState : NngError.None;
    }

    private static OptionRow<UdpSettings> Row(
        string name,
        OptionType type,
        long min,
        long max,
        Func<UdpSettings, OptionValue> get,
        Action<UdpSettings, OptionValue> set) => new()
    {
        Name = name,
        Type = type,
        Min = min,
        Max = max,
        Get = get,
        Set = (settings, value) =>
        {
            if (settings._owner.IsStarted)
                return NngError.Busy;
            set(settings, value);
            return NngError.None;
        },
    };
}
