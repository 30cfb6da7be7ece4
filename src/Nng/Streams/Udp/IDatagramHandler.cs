using System;
using System.Net;

namespace Nng.Streams;

/// <summary>Who receives the datagrams of a channel.</summary>
/// <remarks>
/// Threading: called without locks; what is received one at a time, on pool threads, <see cref="OnRefused"/> on any thread.
/// Must not block or throw.
/// </remarks>
internal interface IDatagramHandler
{
    /// <summary>Where the next datagram goes; what does not fit of it is lost.</summary>
    Memory<byte> Room { get; }

    /// <summary>A datagram has been stored.</summary>
    /// <param name="length">How much of <see cref="Room"/> it fills.</param>
    /// <param name="from">The sender; the object is used again for the next datagram.</param>
    void OnDatagram(int length, SocketAddress from);

    /// <summary>To receive a datagram, or what it caused, has thrown; the receiving goes on.</summary>
    void OnFailure(Exception failure);

    /// <summary>The channel was closed and receives no more; <see cref="Room"/> is not touched any more.</summary>
    void OnReceivingEnded();

    /// <summary>A datagram that the channel had taken is lost: the system refused it, or did not take it before the end.</summary>
    /// <param name="datagram">Its bytes; valid during the call.</param>
    void OnRefused(ReadOnlySpan<byte> datagram);

    /// <summary>The channel was closed and gave up on datagrams that the system did not take in time.</summary>
    void OnLingerEnded(int lost);
}
