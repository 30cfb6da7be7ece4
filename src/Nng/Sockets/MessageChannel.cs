using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Sp;

namespace Nng.Sockets;

/// <summary>
/// Sends and receives on a socket or context in all forms: non-blocking, blocking, awaitable, and by aio.
/// </summary>
/// <remarks>
/// Threading: safe from any thread. The fast half of each method completes at once without an operation object; only
/// what has to wait costs one, from a pool.
/// </remarks>
internal sealed class MessageChannel
{
    private readonly SpSocket _socket;

    /// <summary>The context; null for the socket itself.</summary>
    private readonly SpContext? _context;

    private readonly SpChannel _channel;

    private readonly Wording _sending;

    private readonly Wording _receiving;

    public MessageChannel(SpSocket socket)
    {
        _socket = socket;
        _channel = socket.Protocol;
        _sending = new Wording(this, sending: true);
        _receiving = new Wording(this, sending: false);
    }

    public MessageChannel(SpContext context)
    {
        _socket = context.Socket;
        _context = context;
        _channel = context.Inner;
        _sending = new Wording(this, sending: true);
        _receiving = new Wording(this, sending: false);
    }

    private int SendTimeoutMs => _context?.SendTimeoutMs ?? _socket.SendTimeoutMs;

    private int ReceiveTimeoutMs => _context?.ReceiveTimeoutMs ?? _socket.ReceiveTimeoutMs;

    private bool IsClosed => _context?.IsClosed ?? _socket.IsClosing;

    private bool RefusesSends => _socket.RefusesSends || (_context?.IsClosed ?? false);

    /// <summary>Sends without waiting; the message is taken only on <see cref="NngError.None"/>.</summary>
    public NngError TrySend(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        message.Live();
        return RefusesSends ? NngError.Closed : _channel.TrySend(message);
    }

    /// <summary>Receives without waiting.</summary>
    public NngError TryReceive(out Message? message)
    {
        message = null;
        return IsClosed ? NngError.Closed : _channel.TryReceive(out message);
    }

    /// <summary>Sends, blocking the thread for at most the timeout.</summary>
    public void Send(Message message, int timeoutMs)
    {
        NngError error = TrySend(message);
        if (error != NngError.None)
            SendSlow(message, timeoutMs, error);
    }

    /// <summary>Receives, blocking the thread for at most the timeout.</summary>
    public Message Receive(int timeoutMs)
    {
        NngError error = TryReceive(out Message? message);
        return error == NngError.None ? message! : ReceiveSlow(timeoutMs, error);
    }

    /// <summary>Sends like <see cref="Send(Message, int)"/>, with the outcome as a value.</summary>
    public NngError TrySendWithin(Message message, int timeoutMs)
    {
        NngError error = TrySend(message);
        return error == NngError.TryAgain ? SendWaiting(message, timeoutMs) : error;
    }

    /// <summary>Receives like <see cref="Receive(int)"/>, with the outcome as a value.</summary>
    public NngError TryReceiveWithin(int timeoutMs, out Message? message)
    {
        NngError error = TryReceive(out message);
        return error == NngError.TryAgain ? ReceiveWaiting(timeoutMs, out message) : error;
    }

    public ValueTask SendAsync(Message message, bool ownsMessage, CancellationToken token)
    {
        if (token.IsCancellationRequested)
            return Canceled(ownsMessage ? message : null, token);
        NngError error = TrySend(message);
        return error == NngError.None ? default : SendSlowAsync(message, ownsMessage, error, token);
    }

    public ValueTask<Message> ReceiveAsync(CancellationToken token)
    {
        if (token.IsCancellationRequested)
            return ValueTask.FromCanceled<Message>(token);
        NngError error = TryReceive(out Message? message);
        return error == NngError.None ? new ValueTask<Message>(message!) : ReceiveSlowAsync(error, token);
    }

    /// <summary>Submits a send; every outcome goes through the aio.</summary>
    public void Send(Aio aio)
    {
        ArgumentNullException.ThrowIfNull(aio);
        aio.Message?.Live();
        if (aio.Message is null)
            Refuse(aio, NngError.InvalidArgument);
        else if (RefusesSends)
            Refuse(aio, NngError.Closed);
        else
            Submit(aio, SendTimeoutMs, send: true);
    }

    /// <summary>Submits a receive; every outcome goes through the aio.</summary>
    public void Receive(Aio aio)
    {
        ArgumentNullException.ThrowIfNull(aio);
        if (IsClosed)
            Refuse(aio, NngError.Closed);
        else
            Submit(aio, ReceiveTimeoutMs, send: false);
    }

    /// <summary>The exception for a failed send.</summary>
    public NngException SendFailure(NngError error) => MessageFailure.Of(error, sending: true, _socket, _context);

    /// <summary>The exception for a failed receive.</summary>
    public NngException ReceiveFailure(NngError error) => MessageFailure.Of(error, sending: false, _socket, _context);

    private void Submit(Aio aio, int timeoutMs, bool send)
    {
        aio.SetOwnerTimeout(timeoutMs);
        if (send)
            _channel.Send(aio);
        else
            _channel.Receive(aio);
    }

    private static void Refuse(Aio aio, NngError error)
    {
        if (aio.Begin())
            aio.Finish(error);
    }

    private void SendSlow(Message message, int timeoutMs, NngError error)
    {
        if (error == NngError.TryAgain)
            error = SendWaiting(message, timeoutMs);
        if (error != NngError.None)
            throw SendFailure(error);
    }

    private NngError SendWaiting(Message message, int timeoutMs)
    {
        Aio aio = Aio.RentWaited(timeoutMs);
        aio.Message = message;
        Submit(aio, SendTimeoutMs, send: true);
        aio.Wait(_socket.Driver);
        NngError error = aio.Result;
        Aio.ReturnWaited(aio);
        return error;
    }

    private Message ReceiveSlow(int timeoutMs, NngError error)
    {
        Message? message = null;
        if (error == NngError.TryAgain)
            error = ReceiveWaiting(timeoutMs, out message);
        return error == NngError.None ? message! : throw ReceiveFailure(error);
    }

    private NngError ReceiveWaiting(int timeoutMs, out Message? message)
    {
        Aio aio = Aio.RentWaited(timeoutMs);
        Submit(aio, ReceiveTimeoutMs, send: false);
        aio.Wait(_socket.Driver);
        NngError error = aio.Result;
        message = error == NngError.None ? aio.Message : null;
        Aio.ReturnWaited(aio);
        return error;
    }

    private ValueTask SendSlowAsync(Message message, bool ownsMessage, NngError error, CancellationToken token)
    {
        if (error != NngError.TryAgain)
        {
            if (ownsMessage)
                message.Dispose();
            return ValueTask.FromException(SendFailure(error));
        }

        Aio aio = Aio.RentAwaited(_sending, Aio.DefaultTimeout, token);
        if (ownsMessage)
            aio.OwnMessage();
        aio.Message = message;
        ValueTask task = aio.PrepareTask();
        Submit(aio, SendTimeoutMs, send: true);
        aio.RegisterToken();
        return task;
    }

    private ValueTask<Message> ReceiveSlowAsync(NngError error, CancellationToken token)
    {
        if (error != NngError.TryAgain)
            return ValueTask.FromException<Message>(ReceiveFailure(error));
        Aio aio = Aio.RentAwaited(_receiving, Aio.DefaultTimeout, token);
        ValueTask<Message> task = aio.PrepareMessageTask();
        Submit(aio, ReceiveTimeoutMs, send: false);
        aio.RegisterToken();
        return task;
    }

    private static ValueTask Canceled(Message? owned, CancellationToken token)
    {
        owned?.Dispose();
        return ValueTask.FromCanceled(token);
    }

    /// <summary>Words the failures of one direction.</summary>
    private sealed class Wording(MessageChannel channel, bool sending) : IAioOwner
    {
        [DoesNotReturn]
        public void ThrowFailure(NngError error, CancellationToken token)
        {
            if (error == NngError.Canceled && token.IsCancellationRequested)
                throw new OperationCanceledException(token);
            throw sending ? channel.SendFailure(error) : channel.ReceiveFailure(error);
        }
    }
}
