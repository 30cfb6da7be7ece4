using System;
using System.Buffers;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng;

/// <summary>
/// Sending on sockets and contexts. A send succeeds when the protocol has taken the message: queued or handed to a
/// connection, not delivered. A message is taken by a successful send and stays the caller's after a failed one.
/// </summary>
/// <remarks>Threading: safe from any thread, also concurrently on one socket.</remarks>
public static class MessageSender
{
    /// <summary>
    /// Sends a message, blocking the calling thread while the protocol cannot take it, for at most the socket's send
    /// timeout. C functions: <c>nng_sendmsg</c>, <c>nng_ctx_sendmsg</c>.
    /// </summary>
    /// <param name="sender">The socket or context.</param>
    /// <param name="message">Taken on success.</param>
    /// <exception cref="NngException">
    /// <see cref="NngError.TimedOut"/>, <see cref="NngError.Closed"/>, <see cref="NngError.IncorrectState"/> (nothing
    /// to reply to), <see cref="NngError.Protocol"/> (malformed raw header), <see cref="NngError.Canceled"/>.
    /// </exception>
    public static void Send(this IMessageSender sender, Message message) =>
        sender.Channel.Send(message, Aio.DefaultTimeout);

    /// <inheritdoc cref="Send(IMessageSender, Message)"/>
    /// <param name="sender">The socket or context.</param>
    /// <param name="message">Taken on success.</param>
    /// <param name="timeout">In place of the socket's send timeout; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    public static void Send(this IMessageSender sender, Message message, TimeSpan timeout) =>
        sender.Channel.Send(message, Durations.ToMilliseconds(timeout));

    /// <summary>Sends a copy of bytes, blocking like <see cref="Send(IMessageSender, Message)"/>.</summary>
    /// <param name="sender">The socket or context.</param>
    /// <param name="body">Copied before the call returns.</param>
    /// <exception cref="NngException">As for messages.</exception>
    public static void Send(this IMessageSender sender, ReadOnlySpan<byte> body)
    {
        Message message = Message.Rent(body);
        NngError error = sender.Channel.TrySend(message);
        if (error == NngError.TryAgain)
        {
            SendOwned(sender, message, Aio.DefaultTimeout);
        }
        else if (error != NngError.None)
        {
            message.Dispose();
            throw sender.Channel.SendFailure(error);
        }
    }

    /// <summary>Sends a copy of a sequence, blocking like <see cref="Send(IMessageSender, Message)"/>.</summary>
    /// <param name="sender">The socket or context.</param>
    /// <param name="body">Copied before the call returns.</param>
    /// <exception cref="NngException">As for messages.</exception>
    public static void Send(this IMessageSender sender, ReadOnlySequence<byte> body) =>
        SendOwned(sender, Gather(body), Aio.DefaultTimeout);

    /// <summary>Sends a copy of bytes, blocking for at most a time of its own.</summary>
    /// <param name="sender">The socket or context.</param>
    /// <param name="body">Copied before the call returns.</param>
    /// <param name="timeout">In place of the socket's send timeout; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <exception cref="NngException">As for messages.</exception>
    public static void Send(this IMessageSender sender, ReadOnlySpan<byte> body, TimeSpan timeout)
    {
        int timeoutMs = Durations.ToMilliseconds(timeout);
        SendOwned(sender, Message.Rent(body), timeoutMs);
    }

    /// <summary>Sends a copy of a sequence, blocking for at most a time of its own.</summary>
    /// <param name="sender">The socket or context.</param>
    /// <param name="body">Copied before the call returns.</param>
    /// <param name="timeout">In place of the socket's send timeout; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <exception cref="NngException">As for messages.</exception>
    public static void Send(this IMessageSender sender, ReadOnlySequence<byte> body, TimeSpan timeout)
    {
        int timeoutMs = Durations.ToMilliseconds(timeout);
        SendOwned(sender, Gather(body), timeoutMs);
    }

    /// <summary>
    /// Sends what <paramref name="write"/> puts into the message's body, blocking like
    /// <see cref="Send(IMessageSender, Message)"/>: the way for serializers, without a copy.
    /// </summary>
    /// <typeparam name="TState">What the writer needs.</typeparam>
    /// <param name="sender">The socket or context.</param>
    /// <param name="state">Handed to <paramref name="write"/>.</param>
    /// <param name="write">Writes the body; the writer is valid during the call only.</param>
    /// <exception cref="NngException">As for messages.</exception>
    public static void Send<TState>(
        this IMessageSender sender, TState state, Action<IBufferWriter<byte>, TState> write) =>
        SendOwned(sender, Write(state, write), Aio.DefaultTimeout);

    /// <summary>
    /// Sends what <paramref name="write"/> puts into the message's body, blocking for at most a time of its own.
    /// </summary>
    /// <typeparam name="TState">What the writer needs.</typeparam>
    /// <param name="sender">The socket or context.</param>
    /// <param name="state">Handed to <paramref name="write"/>.</param>
    /// <param name="write">Writes the body; the writer is valid during the call only.</param>
    /// <param name="timeout">In place of the socket's send timeout; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <exception cref="NngException">As for messages.</exception>
    public static void Send<TState>(
        this IMessageSender sender, TState state, Action<IBufferWriter<byte>, TState> write, TimeSpan timeout)
    {
        int timeoutMs = Durations.ToMilliseconds(timeout);
        SendOwned(sender, Write(state, write), timeoutMs);
    }

    /// <summary>
    /// Sends without waiting. C flag: <c>NNG_FLAG_NONBLOCK</c>.
    /// </summary>
    /// <param name="sender">The socket or context.</param>
    /// <param name="message">Taken when the result is true.</param>
    /// <returns>False when the send would have to wait.</returns>
    /// <exception cref="NngException">Any failure but having to wait.</exception>
    public static bool TrySend(this IMessageSender sender, Message message) =>
        Sent(sender, sender.Channel.TrySend(message));

    /// <summary>Sends a message, blocking for at most a time, with "too late" as a value.</summary>
    /// <param name="sender">The socket or context.</param>
    /// <param name="message">Taken when the result is true.</param>
    /// <param name="timeout">In place of the socket's send timeout; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <returns>False when the time passed first.</returns>
    /// <exception cref="NngException">Any failure but the timeout.</exception>
    public static bool TrySend(this IMessageSender sender, Message message, TimeSpan timeout) =>
        Sent(sender, sender.Channel.TrySendWithin(message, Durations.ToMilliseconds(timeout)));

    /// <summary>Sends a copy of bytes without waiting.</summary>
    /// <param name="sender">The socket or context.</param>
    /// <param name="body">Copied.</param>
    /// <returns>False when the send would have to wait.</returns>
    /// <exception cref="NngException">Any failure but having to wait.</exception>
    public static bool TrySend(this IMessageSender sender, ReadOnlySpan<byte> body) =>
        TrySendOwned(sender, Message.Rent(body));

    /// <summary>Sends a copy of a sequence without waiting.</summary>
    /// <param name="sender">The socket or context.</param>
    /// <param name="body">Copied.</param>
    /// <returns>False when the send would have to wait.</returns>
    /// <exception cref="NngException">Any failure but having to wait.</exception>
    public static bool TrySend(this IMessageSender sender, ReadOnlySequence<byte> body) =>
        TrySendOwned(sender, Gather(body));

    /// <summary>Sends what <paramref name="write"/> puts into the message's body, without waiting.</summary>
    /// <typeparam name="TState">What the writer needs.</typeparam>
    /// <param name="sender">The socket or context.</param>
    /// <param name="state">Handed to <paramref name="write"/>.</param>
    /// <param name="write">Writes the body; the writer is valid during the call only.</param>
    /// <returns>False when the send would have to wait.</returns>
    /// <exception cref="NngException">Any failure but having to wait.</exception>
    public static bool TrySend<TState>(
        this IMessageSender sender, TState state, Action<IBufferWriter<byte>, TState> write) =>
        TrySendOwned(sender, Write(state, write));

    /// <summary>
    /// Sends a message; completes when the protocol has taken it, within the socket's send timeout.
    /// C functions: <c>nng_send_aio</c>, <c>nng_ctx_send</c>.
    /// </summary>
    /// <param name="sender">The socket or context.</param>
    /// <param name="message">Taken on success; the caller's again after a failure or cancellation.</param>
    /// <param name="cancellationToken">Takes the send back if it is still waiting.</param>
    /// <exception cref="NngException">As for <see cref="Send(IMessageSender, Message)"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static ValueTask SendAsync(
        this IMessageSender sender, Message message, CancellationToken cancellationToken = default) =>
        sender.Channel.SendAsync(message, ownsMessage: false, cancellationToken);

    /// <summary>Sends a copy of bytes.</summary>
    /// <param name="sender">The socket or context.</param>
    /// <param name="body">Copied before the call returns.</param>
    /// <param name="cancellationToken">Takes the send back if it is still waiting.</param>
    /// <exception cref="NngException">As for messages.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static ValueTask SendAsync(
        this IMessageSender sender, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        sender.Channel.SendAsync(Message.Rent(body.Span), ownsMessage: true, cancellationToken);

    /// <summary>Sends a copy of a sequence.</summary>
    /// <param name="sender">The socket or context.</param>
    /// <param name="body">Copied before the call returns.</param>
    /// <param name="cancellationToken">Takes the send back if it is still waiting.</param>
    /// <exception cref="NngException">As for messages.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static ValueTask SendAsync(
        this IMessageSender sender, ReadOnlySequence<byte> body, CancellationToken cancellationToken = default) =>
        sender.Channel.SendAsync(Gather(body), ownsMessage: true, cancellationToken);

    /// <summary>Sends what <paramref name="write"/> puts into the message's body.</summary>
    /// <typeparam name="TState">What the writer needs.</typeparam>
    /// <param name="sender">The socket or context.</param>
    /// <param name="state">Handed to <paramref name="write"/>.</param>
    /// <param name="write">Writes the body; the writer is valid during the call only.</param>
    /// <param name="cancellationToken">Takes the send back if it is still waiting.</param>
    /// <exception cref="NngException">As for messages.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static ValueTask SendAsync<TState>(
        this IMessageSender sender,
        TState state,
        Action<IBufferWriter<byte>, TState> write,
        CancellationToken cancellationToken = default) =>
        sender.Channel.SendAsync(Write(state, write), ownsMessage: true, cancellationToken);

    /// <summary>
    /// Submits <see cref="Aio.Message"/>; every outcome, also a closed socket or a missing message, goes through the
    /// aio. C functions: <c>nng_send_aio</c>, <c>nng_ctx_send</c>.
    /// </summary>
    /// <param name="sender">The socket or context.</param>
    /// <param name="aio">Idle, with the message in its slot.</param>
    public static void Send(this IMessageSender sender, Aio aio) => sender.Channel.Send(aio);

    /// <summary>The body of a sequence as a message.</summary>
    internal static Message Gather(ReadOnlySequence<byte> body)
    {
        Message message = Message.Rent(checked((int)body.Length));
        body.CopyTo(message.GetWritableBody());
        return message;
    }

    /// <summary>The body that a callback writes as a message.</summary>
    internal static Message Write<TState>(TState state, Action<IBufferWriter<byte>, TState> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Message message = Message.Rent(0);
        try
        {
            write(message, state);
        }
        catch
        {
            message.Dispose();
            throw;
        }

        return message;
    }

    /// <summary>Sends the library's own copy, which goes back to its pool after a failure.</summary>
    private static void SendOwned(IMessageSender sender, Message message, int timeoutMs)
    {
        try
        {
            sender.Channel.Send(message, timeoutMs);
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    private static bool TrySendOwned(IMessageSender sender, Message message)
    {
        NngError error = sender.Channel.TrySend(message);
        if (error != NngError.None)
            message.Dispose();
        return Sent(sender, error);
    }

    private static bool Sent(IMessageSender sender, NngError error) =>
        error == NngError.None
        || (error is NngError.TryAgain or NngError.TimedOut ? false : throw sender.Channel.SendFailure(error));
}
