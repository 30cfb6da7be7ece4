using System;
using System.Text;
using Nng.Core;
using Nng.Sockets;
using Nng.Sp.Protocols;

namespace Nng;

/// <summary>
/// Receives the published messages that start with one of its topics; without topics, none. Peers are
/// <see cref="PubSocket"/>s. C function: <c>nng_sub0_open</c>.
/// </summary>
/// <remarks>Threading: every member is safe from any thread.</remarks>
public sealed class SubSocket : NngSocket, IMessageReceiver
{
    /// <summary>Opens a socket.</summary>
    /// <param name="options">Initial option values; null for the defaults.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: an option value is out of range.</exception>
    public SubSocket(SubSocketOptions? options = null)
        : base(static socket => new SubProtocol(socket), options)
    {
    }

    MessageChannel IMessageReceiver.Channel => Channel;

    /// <summary>Adds a topic: a prefix of the messages wanted. Adding one twice changes nothing.
    /// C function: <c>nng_sub0_socket_subscribe</c>.</summary>
    /// <param name="topic">Any bytes; empty matches everything.</param>
    public void Subscribe(ReadOnlySpan<byte> topic) =>
        Set(OptionNames.SubSubscribe, OptionValue.Bytes(topic.ToArray()));

    /// <inheritdoc cref="Subscribe(ReadOnlySpan{byte})"/>
    /// <param name="topic">Text, as UTF-8.</param>
    public void Subscribe(string topic) => Subscribe(Encoding.UTF8.GetBytes(topic));

    /// <summary>Removes a topic, and the queued messages that match no other.
    /// C function: <c>nng_sub0_socket_unsubscribe</c>.</summary>
    /// <param name="topic">Exactly the bytes subscribed.</param>
    /// <exception cref="NngException"><see cref="NngError.NotFound"/>: not subscribed.</exception>
    public void Unsubscribe(ReadOnlySpan<byte> topic) =>
        Set(OptionNames.SubUnsubscribe, OptionValue.Bytes(topic.ToArray()));

    /// <inheritdoc cref="Unsubscribe(ReadOnlySpan{byte})"/>
    /// <param name="topic">Text, as UTF-8.</param>
    public void Unsubscribe(string topic) => Unsubscribe(Encoding.UTF8.GetBytes(topic));

    /// <summary>Opens an independent subscriber with topics and a buffer of its own. C: <c>nng_ctx_open</c>.</summary>
    /// <exception cref="NngException"><see cref="NngError.Closed"/>.</exception>
    public SubscriptionContext OpenContext() => new(OpenInnerContext());
}
