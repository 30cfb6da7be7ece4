using System;
using Nng.Core;

namespace Nng;

/// <content>Options.</content>
public abstract partial class NngSocket
{
    /// <summary>Unique among sockets. C function: <c>nng_socket_id</c>.</summary>
    public int Id => Inner.Id;

    /// <summary>For people; at most 63 bytes. Default: the id.</summary>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: too long.</exception>
    public string Name
    {
        get => Inner.Name;
        set => SetOption(OptionNames.SocketName, value);
    }

    /// <summary>The protocol's number. C function: <c>nng_socket_proto_id</c>.</summary>
    public int ProtocolId => Inner.Info.Self;

    /// <summary>The protocol's name. C function: <c>nng_socket_proto_name</c>.</summary>
    public string ProtocolName => Inner.Info.SelfName;

    /// <summary>The peers' protocol number. C function: <c>nng_socket_peer_id</c>.</summary>
    public int PeerId => Inner.Info.Peer;

    /// <summary>The peers' protocol name. C function: <c>nng_socket_peer_name</c>.</summary>
    public string PeerName => Inner.Info.PeerName;

    /// <summary>The application supplies the headers. C function: <c>nng_socket_raw</c>.</summary>
    public bool IsRaw => Inner.Info.Raw;

    /// <summary>How long a send waits. Default: infinite. Option <c>send-timeout</c>.</summary>
    public TimeSpan SendTimeout
    {
        get => Durations.FromMilliseconds(Inner.SendTimeoutMs);
        set => Inner.SendTimeoutMs = Durations.ToMilliseconds(value);
    }

    /// <summary>How long a receive waits. Default: infinite. Option <c>recv-timeout</c>.</summary>
    public TimeSpan ReceiveTimeout
    {
        get => Durations.FromMilliseconds(Inner.ReceiveTimeoutMs);
        set => Inner.ReceiveTimeoutMs = Durations.ToMilliseconds(value);
    }

    /// <summary>A receive would not wait. For protocols that receive.</summary>
    public Readiness ReceiveReadiness => Inner.Protocol.ReceiveReadiness;

    /// <summary>A send would not wait. For protocols that send.</summary>
    public Readiness SendReadiness => Inner.Protocol.SendReadiness;

    /// <summary>Reads an option by its name. C functions: <c>nng_socket_get_*</c>.</summary>
    /// <typeparam name="T">bool, int, long (sizes), ulong, TimeSpan or string, as the option has it.</typeparam>
    /// <param name="name">See <see cref="OptionNames"/>.</param>
    /// <exception cref="NngException">Not supported, write-only, or of another type.</exception>
    public T GetOption<T>(string name)
    {
        NngError error = Inner.GetOption(name, out OptionValue value);
        return OptionConversion.From<T>(error, name, value);
    }

    /// <summary>
    /// Sets an option by its name. Options of endpoints are given to those that exist and to those that come.
    /// C functions: <c>nng_socket_set_*</c>.
    /// </summary>
    /// <typeparam name="T">bool, int, long (sizes), ulong, TimeSpan or string, as the option has it.</typeparam>
    /// <param name="name">See <see cref="OptionNames"/>.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="NngException">Not supported, read-only, of another type, or out of range.</exception>
    public void SetOption<T>(string name, T value) =>
        OptionConversion.Check(Inner.SetOption(name, OptionConversion.To(name, value)), name, value);

    private protected void Set(string name, OptionValue value) =>
        OptionConversion.Check(
            Inner.SetOption(name, value), name, System.Text.Encoding.UTF8.GetString(value.ToBytes()));
}
