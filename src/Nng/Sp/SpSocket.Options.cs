using System.Text;
using Nng.Core;

namespace Nng.Sp;

/// <content>Options: the protocol's, then the socket's own, then those stored for endpoints.</content>
internal sealed partial class SpSocket
{
    /// <summary>Longest socket name in bytes (core sheet 3.7).</summary>
    private const int MaxNameBytes = 63;

    private static readonly OptionTable<SpSocket> s_options = new(
        OptionRows.Text<SpSocket>(OptionNames.SocketName, s => s.Name, SetName),
        OptionRows.Boolean<SpSocket>(OptionNames.Raw, s => s.Info.Raw),
        OptionRows.Int32<SpSocket>(OptionNames.Protocol, 0, 0, s => s.Info.Self),
        OptionRows.Text<SpSocket>(OptionNames.ProtocolName, s => s.Info.SelfName),
        OptionRows.Int32<SpSocket>(OptionNames.Peer, 0, 0, s => s.Info.Peer),
        OptionRows.Text<SpSocket>(OptionNames.PeerName, s => s.Info.PeerName),
        OptionRows.Duration<SpSocket>(
            OptionNames.ReceiveTimeout, s => s.ReceiveTimeoutMs, (s, ms) => s.ReceiveTimeoutMs = ms),
        OptionRows.Duration<SpSocket>(
            OptionNames.SendTimeout, s => s.SendTimeoutMs, (s, ms) => s.SendTimeoutMs = ms),
        OptionRows.Int32<SpSocket>(
            OptionNames.ReceiveBuffer, 0, 8192, s => s._idleReceiveBuffer, (s, n) => s._idleReceiveBuffer = n),
        OptionRows.Int32<SpSocket>(
            OptionNames.SendBuffer, 0, 8192, s => s._idleSendBuffer, (s, n) => s._idleSendBuffer = n),
        new OptionRow<SpSocket>
        {
            Name = OptionNames.ReceiveReadiness,
            Type = OptionType.Object,
            TryGet = (SpSocket s, out OptionValue value) =>
                GetReadiness(s.Info.CanReceive, s.Protocol.ReceiveReadiness, out value),
        },
        new OptionRow<SpSocket>
        {
            Name = OptionNames.SendReadiness,
            Type = OptionType.Object,
            TryGet = (SpSocket s, out OptionValue value) =>
                GetReadiness(s.Info.CanSend, s.Protocol.SendReadiness, out value),
        });

    /// <summary>Options of endpoints stored on the socket.</summary>
    private readonly SpSocketOptions _options;

    /// <summary>Stored for protocols without such a buffer, which accept the option without effect (W-42).</summary>
    private int _idleReceiveBuffer = 1;

    private int _idleSendBuffer;

    public NngError GetOption(string name, out OptionValue value)
    {
        value = default;
        if (IsClosing)
            return NngError.Closed;
        NngError error = Protocol.GetOption(name, out value);
        if (error != NngError.NotSupported)
            return error;
        error = s_options.Get(this, name, out value);
        return error == NngError.NotSupported ? _options.Get(name, out value) : error;
    }

    public NngError SetOption(string name, OptionValue value)
    {
        if (IsClosing)
            return NngError.Closed;
        NngError error = Protocol.SetOption(name, value);
        if (error != NngError.NotSupported)
            return error;
        error = s_options.Set(this, name, value);
        if (error != NngError.NotSupported)
            return error;
        lock (_optionsOrder)
            return _options.Set(name, value, EndpointsSnapshot());
    }

    private static NngError SetName(SpSocket socket, string name)
    {
        if (Encoding.UTF8.GetByteCount(name) > MaxNameBytes)
            return NngError.InvalidArgument;
        socket.Name = name;
        return NngError.None;
    }

    private static NngError GetReadiness(bool supported, Readiness readiness, out OptionValue value)
    {
        value = supported ? OptionValue.Object(readiness) : default;
        return supported ? NngError.None : NngError.NotSupported;
    }
}
