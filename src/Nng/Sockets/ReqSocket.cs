using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
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
    /// <summary>Opens a socket.</summary>
    /// <param name="options">Initial option values; null for the defaults.</param>
    /// <exception cref="NngException"><see cref="NngError.InvalidArgument"/>: an option value is out of range.</exception>
    public ReqSocket(ReqSocketOptions? options = null)
        : base(static socket => new ReqProtocol(socket), options)
    {
    }

    MessageChannel IMessageSender.Channel => Channel;

    MessageChannel IMessageReceiver.Channel => Channel;

    /// <summary>Opens an independent requester on the socket's connections. C function: <c>nng_ctx_open</c>.</summary>
    /// <exception cref="NngException"><see cref="NngError.Closed"/>.</exception>
    public NngContext OpenContext() => new(OpenInnerContext());

    /// <summary>
    /// Sends a request and waits for its reply, on a context of its own: concurrent calls never disturb each other.
    /// </summary>
    /// <param name="request">Taken on success and on failure.</param>
    /// <param name="cancellationToken">Abandons the request; a late reply is discarded.</param>
    /// <returns>The reply; the caller's.</returns>
    /// <exception cref="NngException">The send or receive timed out, or the socket was closed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async ValueTask<Message> RequestAsync(Message request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        NngContext context = _contexts.TryTake(out NngContext? idle) ? idle : OpenContext();
        try
        {
            await context.Channel.SendAsync(request, ownsMessage: true, cancellationToken).ConfigureAwait(false);
            Message reply = await context.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            _contexts.Add(context);
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
    /// <exception cref="NngException">The send or receive timed out, or the socket was closed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public ValueTask<Message> RequestAsync(
        ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default) =>
        RequestAsync(Message.Rent(request.Span), cancellationToken);

    /// <summary>Idle contexts of <see cref="RequestAsync(Message, CancellationToken)"/>, to be used again.</summary>
    private readonly ConcurrentBag<NngContext> _contexts = [];
}
