using System;
using System.Buffers;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Sockets;
using Nng.Sp.Protocols;

namespace Nng;

/// <summary>
/// Sends requests and receives their replies, one outstanding at a time; lost requests are sent again. Peers are
/// <see cref="RepSocket"/>s. C function: <c>nng_req0_open</c>.
/// </summary>
/// <remarks>Threading: every member is safe from any thread.</remarks>
public sealed class ReqSocket : NngSocket, IMessageSender, IMessageReceiver
{
    private readonly RequestContexts _contexts;

    /// <summary>Opens a socket.</summary>
    /// <param name="options">Initial option values; null for the defaults.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: an option value is out of range.</exception>
    public ReqSocket(ReqSocketOptions? options = null)
        : base(static socket => new ReqProtocol(socket), options)
    {
        _contexts = new RequestContexts(this);
    }

    MessageChannel IMessageSender.Channel => Channel;

    MessageChannel IMessageReceiver.Channel => Channel;

    /// <summary>Opens an independent requester on the socket's connections. C function: <c>nng_ctx_open</c>.</summary>
    /// <exception cref="NngException"><see cref="NngError.Closed"/>.</exception>
    public NngContext OpenContext() => new(OpenInnerContext());

    /// <summary>
    /// Sends a request and waits for its reply, on a context of its own: any number of concurrent calls never disturb
    /// each other, nor the socket's own send and receive. Both halves are bound by the socket's timeouts.
    /// </summary>
    /// <param name="request">Taken on success and on failure.</param>
    /// <param name="cancellationToken">Abandons the request; a late reply is discarded.</param>
    /// <returns>The reply; the caller's.</returns>
    /// <exception cref="NngException">
    /// <see cref="NngError.TimedOut"/> (in the send or in the receive), <see cref="NngError.Closed"/>,
    /// <see cref="NngError.ConnectionReset"/> (the peer is gone and <c>req:resend-time</c> is off).
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async ValueTask<Message> RequestAsync(Message request, CancellationToken cancellationToken = default)
    {
        NngContext context = Begin(request);
        try
        {
            await context.Channel.SendAsync(request, ownsMessage: true, cancellationToken).ConfigureAwait(false);
            Message reply = await context.Channel.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            _contexts.Return(context);
            return reply;
        }
        catch
        {
            // The context may still owe something: it is not used again.
            context.Dispose();
            throw;
        }
    }

    /// <summary>Sends a copy of bytes as a request; see <see cref="RequestAsync(Message, CancellationToken)"/>.</summary>
    /// <param name="request">Copied before the call returns.</param>
    /// <param name="cancellationToken">Abandons the request.</param>
    /// <returns>The reply; the caller's.</returns>
    /// <exception cref="NngException">As for messages.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask<Message> RequestAsync(
        ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default) =>
        RequestAsync(Message.Rent(request.Span), cancellationToken);

    /// <summary>Sends a copy of a sequence as a request; see <see cref="RequestAsync(Message, CancellationToken)"/>.</summary>
    /// <param name="request">Copied before the call returns.</param>
    /// <param name="cancellationToken">Abandons the request.</param>
    /// <returns>The reply; the caller's.</returns>
    /// <exception cref="NngException">As for messages.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask<Message> RequestAsync(
        ReadOnlySequence<byte> request, CancellationToken cancellationToken = default) =>
        RequestAsync(MessageSender.Gather(request), cancellationToken);

    /// <summary>
    /// Sends what <paramref name="write"/> puts into the body as a request; see
    /// <see cref="RequestAsync(Message, CancellationToken)"/>.
    /// </summary>
    /// <typeparam name="TState">What the writer needs.</typeparam>
    /// <param name="state">Handed to <paramref name="write"/>.</param>
    /// <param name="write">Writes the body; the writer is valid during the call only.</param>
    /// <param name="cancellationToken">Abandons the request.</param>
    /// <returns>The reply; the caller's.</returns>
    /// <exception cref="NngException">As for messages.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask<Message> RequestAsync<TState>(
        TState state, Action<IBufferWriter<byte>, TState> write, CancellationToken cancellationToken = default) =>
        RequestAsync(MessageSender.Write(state, write), cancellationToken);

    /// <summary>
    /// Sends a request and waits for its reply like <see cref="RequestAsync(Message, CancellationToken)"/>, blocking
    /// the thread.
    /// </summary>
    /// <param name="request">Taken on success and on failure.</param>
    /// <param name="timeout">
    /// For both halves together; <see cref="Timeout.InfiniteTimeSpan"/> for none. Null: the socket's timeouts, each for
    /// its half.
    /// </param>
    /// <returns>The reply; the caller's.</returns>
    /// <exception cref="NngException">As for <see cref="RequestAsync(Message, CancellationToken)"/>.</exception>
    public Message Request(Message request, TimeSpan? timeout = null)
    {
        int timeoutMs = timeout is { } span ? Durations.ToMilliseconds(span, nameof(timeout)) : Aio.DefaultTimeout;
        long startMs = Clock.System.NowMs;
        NngContext context = Begin(request);
        bool sent = false;
        try
        {
            context.Channel.Send(request, timeoutMs);
            sent = true;
            if (timeoutMs > 0)
                timeoutMs = (int)Math.Max(0, timeoutMs - (Clock.System.NowMs - startMs));
            Message reply = context.Channel.Receive(timeoutMs);
            _contexts.Return(context);
            return reply;
        }
        catch
        {
            if (!sent)
                request.Dispose();
            context.Dispose();
            throw;
        }
    }

    /// <summary>Sends a copy of bytes as a request; see <see cref="Request(Message, TimeSpan?)"/>.</summary>
    /// <param name="request">Copied before the call returns.</param>
    /// <param name="timeout">For both halves together; null for the socket's timeouts.</param>
    /// <returns>The reply; the caller's.</returns>
    /// <exception cref="NngException">As for messages.</exception>
    public Message Request(ReadOnlySpan<byte> request, TimeSpan? timeout = null) =>
        Request(Message.Rent(request), timeout);

    /// <summary>A context for a request, which is disposed when there is none to be had.</summary>
    private NngContext Begin(Message request)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return _contexts.Rent();
        }
        catch
        {
            request.Dispose();
            throw;
        }
    }
}
