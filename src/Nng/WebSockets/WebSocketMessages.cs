using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.WebSockets;

/// <summary>
/// A connection as its application sees it: operations that send and receive whole messages, in the order they were
/// asked for.
/// </summary>
/// <remarks>
/// Threading: safe from any thread. <see cref="_lock"/> guards the queues; a message is posted to the link under it, so that
/// the order of sends is that of the wire.
/// </remarks>
internal sealed class WebSocketMessages : IWebSocketOwner, IAioProvider
{
    /// <summary>Bytes kept for a receiver before reading stops.</summary>
    private const int KeptBytes = 64 * 1024;

    /// <summary>What a kept message counts beside its bytes: those without any are limited too.</summary>
    private const int MessageBytes = 64;

    private readonly WebSocketLink _link;
    private readonly Lock _lock = new();
    private readonly AioQueue _senders = new();
    private readonly AioQueue _receivers = new();
    private readonly Wording _sending;
    private readonly Wording _receiving;
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MessageQueue _received;

    /// <summary>What the received messages count.</summary>
    private long _kept;

    /// <summary>The link has been asked for messages and not been refused one.</summary>
    private bool _asked = true;

    /// <summary>The link takes no more before it calls.</summary>
    private bool _full;

    /// <summary>How the connection ended; none while it is open.</summary>
    private NngError _end;

    /// <param name="link">Owned from now on.</param>
    /// <param name="name">Who it is, for failures.</param>
    public WebSocketMessages(WebSocketLink link, string name)
    {
        _link = link;
        _sending = new Wording($"Cannot send to {name}");
        _receiving = new Wording($"Cannot receive from {name}");
        link.Owner = this;
    }

    /// <summary>Completes when the connection is over, and so is its close.</summary>
    public Task Finished => _finished.Task;

    public bool IsOpen
    {
        get
        {
            lock (_lock)
                return _end == NngError.None;
        }
    }

    /// <summary>Begins to receive; once, before anything else.</summary>
    public void Start() => _link.StartReceive();

    /// <param name="message">Taken when the send succeeds.</param>
    /// <param name="isOwn">The library's own copy, disposed when the send fails.</param>
    /// <param name="token">Ends the wait.</param>
    public ValueTask SendAsync(Message message, bool isOwn, CancellationToken token)
    {
        NngError error = token.IsCancellationRequested ? NngError.Canceled : TrySend(message);
        if (error == NngError.None)
            return default;
        if (error != NngError.TryAgain)
        {
            if (isOwn)
                message.Dispose();
            return error == NngError.Canceled
                ? ValueTask.FromCanceled(token) : ValueTask.FromException(_sending.FailureOf(error));
        }

        Aio aio = Aio.RentAwaited(_sending, Aio.Infinite, token);
        if (isOwn)
            aio.OwnMessage();
        aio.Message = message;
        ValueTask task = aio.PrepareTask();
        Send(aio);
        aio.RegisterToken();
        return task;
    }

    public ValueTask<Message> ReceiveAsync(CancellationToken token)
    {
        if (token.IsCancellationRequested)
            return ValueTask.FromCanceled<Message>(token);
        NngError error = TryReceive(out Message? message);
        if (error == NngError.None)
            return new ValueTask<Message>(message!);
        if (error != NngError.TryAgain)
            return ValueTask.FromException<Message>(_receiving.FailureOf(error));
        Aio aio = Aio.RentAwaited(_receiving, Aio.Infinite, token);
        ValueTask<Message> task = aio.PrepareMessageTask();
        Receive(aio);
        aio.RegisterToken();
        return task;
    }

    /// <summary>Makes a message that was received the next one to be received.</summary>
    public void PutBack(Message message)
    {
        Aio? aio;
        lock (_lock)
        {
            aio = _receivers.Dequeue();
            if (aio is null && _end == NngError.Closed)
            {
                message.Dispose();
            }
            else if (aio is null)
            {
                _received.Requeue(message);
                _kept += CostOf(message);
            }
        }

        aio?.FinishMessage(message);
    }

    /// <summary>Ends the connection: what was sent before goes out, what was received is dropped.</summary>
    public void Close(int code, ReadOnlySpan<byte> reason)
    {
        End(NngError.Closed);
        _link.Close(code, reason);
    }

    public void OnCancel(Aio aio, object? state, NngError reason)
    {
        lock (_lock)
        {
            if (!((AioQueue)state!).Remove(aio))
                return;
        }

        aio.Finish(reason);
    }

    bool IWebSocketOwner.OnMessage(Message message)
    {
        Aio? aio;
        bool more = true;
        lock (_lock)
        {
            if (_end != NngError.None)
            {
                message.Dispose();
                return false;
            }

            aio = _receivers.Dequeue();
            if (aio is null)
            {
                _received.Enqueue(message);
                _kept += CostOf(message);
                _asked = more = _kept < KeptBytes;
            }
        }

        aio?.FinishMessage(message);
        return more;
    }

    void IWebSocketOwner.OnSendReady()
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            _full = false;
            while (!_full && _senders.Dequeue() is { } aio)
            {
                Message message = aio.Message!;
                completions.AddSent(aio, message.Length);
                _full = !_link.Post(message);
            }
        }

        _link.Kick();
        completions.Run();
    }

    void IWebSocketOwner.OnEnded(NngError reason) =>
        End(reason == NngError.Closed ? NngError.ConnectionShutdown : reason);

    void IWebSocketOwner.OnUnsent(int messages)
    {
    }

    void IWebSocketOwner.OnFinished() => _finished.TrySetResult();

    private static long CostOf(Message message) => MessageBytes + message.Length;

    private NngError TrySend(Message message)
    {
        lock (_lock)
        {
            if (_end != NngError.None)
                return _end;
            if (_full || !_senders.IsEmpty)
                return NngError.TryAgain;
            _full = !_link.Post(message);
        }

        _link.Kick();
        return NngError.None;
    }

    private void Send(Aio aio)
    {
        if (!aio.Begin())
            return;
        NngError error;
        lock (_lock)
        {
            error = _end != NngError.None ? _end
                : _full || !_senders.IsEmpty ? aio.Schedule(this, _senders) : NngError.TryAgain;
            if (error == NngError.None)
            {
                _senders.Enqueue(aio);
                return;
            }

            // Room has come meanwhile.
            if (error == NngError.TryAgain)
                _full = !_link.Post(aio.Message!);
        }

        if (error == NngError.TryAgain)
        {
            _link.Kick();
            aio.FinishSent(0);
        }
        else
        {
            aio.Finish(error);
        }
    }

    private NngError TryReceive(out Message? message)
    {
        bool asks;
        lock (_lock)
        {
            message = TakeLocked(out asks);
            if (message is null)
                return _end == NngError.None ? NngError.TryAgain : _end;
        }

        if (asks)
            _link.StartReceive();
        return NngError.None;
    }

    private void Receive(Aio aio)
    {
        if (!aio.Begin())
            return;
        NngError error;
        Message? message;
        bool asks;
        lock (_lock)
        {
            message = TakeLocked(out asks);
            error = message is not null ? NngError.None
                : _end != NngError.None ? _end : aio.Schedule(this, _receivers);
            if (message is null && error == NngError.None)
            {
                _receivers.Enqueue(aio);
                return;
            }
        }

        if (message is null)
            aio.Finish(error);
        else
            aio.FinishMessage(message);
        if (asks)
            _link.StartReceive();
    }

    /// <summary>Takes the oldest message; with few enough left the link is to be asked for more.</summary>
    private Message? TakeLocked(out bool asks)
    {
        Message? message = _received.Dequeue();
        if (message is not null)
            _kept -= CostOf(message);
        asks = !_asked && _end == NngError.None && _kept < KeptBytes;
        _asked |= asks;
        return message;
    }

    private void End(NngError error)
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            bool isClose = error == NngError.Closed;
            if (_end != NngError.None && !isClose)
                return;
            _end = error;
            _senders.FailAll(ref completions, error);
            _receivers.FailAll(ref completions, error);
            if (isClose)
            {
                _received.Clear();
                _kept = 0;
            }
        }

        completions.Run();
    }

    /// <summary>Words the failures of one direction.</summary>
    private sealed class Wording(string what) : IAioOwner
    {
        public NngException FailureOf(NngError error) => new(error, $"{what}: {error.Text()}.");

        [DoesNotReturn]
        public void ThrowFailure(NngError error, CancellationToken token)
        {
            if (error == NngError.Canceled && token.IsCancellationRequested)
                throw new OperationCanceledException(token);
            throw FailureOf(error);
        }
    }
}
