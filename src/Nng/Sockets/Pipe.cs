using System;
using Nng.Core;
using Nng.Sp;
using Nng.Streams;

namespace Nng;

/// <summary>One connection of a socket to one peer. C type: <c>nng_pipe</c>.</summary>
/// <remarks>Threading: every member is safe from any thread. Two objects for one pipe are equal.</remarks>
public sealed class Pipe : IEquatable<Pipe>
{
    private readonly SpPipe _inner;

    internal Pipe(SpPipe inner)
    {
        _inner = inner;
    }

    /// <summary>Unique in the process; messages carry it. C function: <c>nng_pipe_id</c>.</summary>
    public int Id => _inner.Id;

    /// <summary>The local end.</summary>
    public NngAddress LocalAddress => _inner.Transport.LocalAddress;

    /// <summary>The peer's end.</summary>
    public NngAddress RemoteAddress => _inner.Transport.RemoteAddress;

    /// <summary>The URL of the dialer or listener that made it; a listener's with the real port.</summary>
    public string Url => _inner.Endpoint is SpListener listener ? listener.EffectiveUrl : _inner.Endpoint.Url.Raw;

    /// <summary>It was dialled from here, not accepted.</summary>
    public bool IsDialed => _inner.Endpoint is SpDialer;

    /// <summary>The protocol number the peer announced.</summary>
    public int PeerProtocol => _inner.PeerProtocol;

    /// <summary>
    /// TLS: who the peer is; null for other transports. Known in the add-pre event, which can refuse the peer for it.
    /// </summary>
    public TlsPeer? TlsPeer =>
        _inner.Transport.GetOption(OptionNames.TlsPeer, out OptionValue value) == NngError.None
            ? (TlsPeer?)value.Reference : null;

    /// <summary>Messages sent on it.</summary>
    public long SentMessages => _inner.Traffic.SentMessages;

    /// <summary>Messages received on it.</summary>
    public long ReceivedMessages => _inner.Traffic.ReceivedMessages;

    /// <summary>Why it was closed; <see cref="NngError.None"/> while it is open.</summary>
    public NngError CloseReason => _inner.CloseReason;

    /// <summary>
    /// Closes the connection; a dialer connects again. In the add-pre event this rejects the peer.
    /// C function: <c>nng_pipe_close</c>.
    /// </summary>
    public void Close() => _inner.Close(NngError.Closed);

    /// <summary>
    /// Reads an option: the connection's, else its endpoint's, else the socket's. C functions: <c>nng_pipe_get_*</c>.
    /// </summary>
    /// <typeparam name="T">bool, int, long (sizes), ulong, TimeSpan, string or NngAddress, as the option has it.</typeparam>
    /// <param name="name">See <see cref="OptionNames"/>.</param>
    /// <exception cref="NngException">Not supported, write-only, or of another type.</exception>
    public T GetOption<T>(string name)
    {
        NngError error = _inner.GetOption(name, out OptionValue value);
        return OptionConversion.From<T>(error, name, value);
    }

    /// <inheritdoc/>
    public bool Equals(Pipe? other) => other is not null && ReferenceEquals(_inner, other._inner);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Pipe);

    /// <inheritdoc/>
    public override int GetHashCode() => Id;

    /// <summary>Id and peer.</summary>
    public override string ToString() => $"pipe {Id} to {RemoteAddress}";
}
