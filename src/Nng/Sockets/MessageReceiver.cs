using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng;

/// <summary>
/// Receiving on sockets and contexts. A received message belongs to the caller, who disposes it, sends it on or keeps
/// it.
/// </summary>
/// <remarks>Threading: safe from any thread, also concurrently on one socket.</remarks>
public static class MessageReceiver
{
    /// <summary>
    /// Receives a message, blocking the calling thread for at most the socket's receive timeout.
    /// C functions: <c>nng_recvmsg</c>, <c>nng_ctx_recvmsg</c>.
    /// </summary>
    /// <param name="receiver">The socket or context.</param>
    /// <returns>The message; the caller's.</returns>
    /// <exception cref="NngException">
    /// <see cref="NngError.TimedOut"/>, <see cref="NngError.Closed"/>, <see cref="NngError.IncorrectState"/> (nothing
    /// was asked), <see cref="NngError.ConnectionReset"/> (a request was lost), <see cref="NngError.Canceled"/>.
    /// </exception>
    public static Message Receive(this IMessageReceiver receiver) => receiver.Channel.Receive(Aio.DefaultTimeout);

    /// <inheritdoc cref="Receive(IMessageReceiver)"/>
    /// <param name="receiver">The socket or context.</param>
    /// <param name="timeout">In place of the receive timeout; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    public static Message Receive(this IMessageReceiver receiver, TimeSpan timeout) =>
        receiver.Channel.Receive(Durations.ToMilliseconds(timeout));

    /// <summary>Receives without waiting. C flag: <c>NNG_FLAG_NONBLOCK</c>.</summary>
    /// <param name="receiver">The socket or context.</param>
    /// <param name="message">The message; the caller's.</param>
    /// <returns>False when nothing was there.</returns>
    /// <exception cref="NngException">Any failure but having to wait.</exception>
    public static bool TryReceive(this IMessageReceiver receiver, [NotNullWhen(true)] out Message? message) =>
        Received(receiver, receiver.Channel.TryReceive(out message), message);

    /// <summary>Receives a message, blocking for at most a time, with "too late" as a value.</summary>
    /// <param name="receiver">The socket or context.</param>
    /// <param name="timeout">In place of the receive timeout; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <param name="message">The message; the caller's.</param>
    /// <returns>False when the time passed first.</returns>
    /// <exception cref="NngException">Any failure but the timeout.</exception>
    public static bool TryReceive(
        this IMessageReceiver receiver, TimeSpan timeout, [NotNullWhen(true)] out Message? message) =>
        Received(receiver, receiver.Channel.TryReceiveWithin(Durations.ToMilliseconds(timeout), out message), message);

    /// <summary>Receives a body into a writer, blocking like <see cref="Receive(IMessageReceiver)"/>.</summary>
    /// <param name="receiver">The socket or context.</param>
    /// <param name="destination">Gets a copy of the body.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="NngException">As for <see cref="Receive(IMessageReceiver)"/>.</exception>
    public static int Receive(this IMessageReceiver receiver, IBufferWriter<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return CopyOut(receiver.Channel.Receive(Aio.DefaultTimeout), destination);
    }

    /// <summary>Receives a body into a writer without waiting.</summary>
    /// <param name="receiver">The socket or context.</param>
    /// <param name="destination">Gets a copy of the body.</param>
    /// <param name="length">Bytes written.</param>
    /// <returns>False when nothing was there.</returns>
    /// <exception cref="NngException">Any failure but having to wait.</exception>
    public static bool TryReceive(this IMessageReceiver receiver, IBufferWriter<byte> destination, out int length)
    {
        ArgumentNullException.ThrowIfNull(destination);
        bool received = receiver.TryReceive(out Message? message);
        length = received ? CopyOut(message!, destination) : 0;
        return received;
    }

    /// <summary>
    /// Receives a message within the socket's receive timeout. Cancelling loses no message.
    /// C functions: <c>nng_recv_aio</c>, <c>nng_ctx_recv</c>.
    /// </summary>
    /// <param name="receiver">The socket or context.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The message; the caller's.</returns>
    /// <exception cref="NngException">As for <see cref="Receive(IMessageReceiver)"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static ValueTask<Message> ReceiveAsync(
        this IMessageReceiver receiver, CancellationToken cancellationToken = default) =>
        receiver.Channel.ReceiveAsync(cancellationToken);

    /// <summary>
    /// Receives a body into a writer, within the socket's receive timeout. Cancelling loses no message.
    /// </summary>
    /// <param name="receiver">The socket or context.</param>
    /// <param name="destination">Gets a copy of the body, once it is there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="NngException">As for <see cref="Receive(IMessageReceiver)"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static ValueTask<int> ReceiveAsync(
        this IMessageReceiver receiver, IBufferWriter<byte> destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ValueTask<Message> receiving = receiver.Channel.ReceiveAsync(cancellationToken);
        return receiving.IsCompletedSuccessfully ? new ValueTask<int>(CopyOut(receiving.Result, destination))
            : CopyOutAsync(receiving, destination);
    }

    /// <summary>
    /// Receives until the socket is closed, a receive fails or the token is cancelled. Closing ends the sequence
    /// without an exception; other failures throw.
    /// </summary>
    /// <param name="receiver">The socket or context.</param>
    /// <param name="cancellationToken">Ends the sequence with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The messages; each the caller's.</returns>
    public static async IAsyncEnumerable<Message> ReceiveAllAsync(
        this IMessageReceiver receiver, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Message message;
            try
            {
                message = await receiver.Channel.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (NngException closed) when (closed.Error == NngError.Closed)
            {
                yield break;
            }

            yield return message;
        }
    }

    /// <summary>
    /// Submits a receive; the message comes in <see cref="Aio.Message"/>, every other outcome through the result.
    /// C functions: <c>nng_recv_aio</c>, <c>nng_ctx_recv</c>.
    /// </summary>
    /// <param name="receiver">The socket or context.</param>
    /// <param name="aio">Idle.</param>
    public static void Receive(this IMessageReceiver receiver, Aio aio) => receiver.Channel.Receive(aio);

    private static bool Received(IMessageReceiver receiver, NngError error, [NotNullWhen(true)] Message? message) =>
        message is not null
        || (error is NngError.TryAgain or NngError.TimedOut ? false : throw receiver.Channel.ReceiveFailure(error));

    private static int CopyOut(Message message, IBufferWriter<byte> destination)
    {
        using (message)
        {
            destination.Write(message.Body);
            return message.Length;
        }
    }

    private static async ValueTask<int> CopyOutAsync(ValueTask<Message> receiving, IBufferWriter<byte> destination) =>
        CopyOut(await receiving.ConfigureAwait(false), destination);
}
