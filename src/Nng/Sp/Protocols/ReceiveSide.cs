using System;
using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>
/// The receiving half of most protocols and contexts: a bounded queue, the receives that wait, and the pipes that
/// hold a message for which there was no room.
/// </summary>
/// <remarks>
/// Threading: the protocol's lock, given at creation, guards everything. Pipes are asked for more and operations
/// completed after the unlock. With capacity 0 messages pass from holding pipes straight to receivers.
/// </remarks>
internal sealed class ReceiveSide : IAioProvider
{
    private readonly Lock _lock;
    private readonly SpProtocol _owner;

    /// <summary>Receives that wait; only while nothing is queued or held.</summary>
    private readonly AioQueue _receivers = new();

    /// <summary>Pipes that hold a message, oldest arrival first.</summary>
    private readonly IntrusiveList<PipeNode> _holding = new();

    private MessageQueue _queue;
    private int _capacity;
    private bool _closed;

    public ReceiveSide(Lock gate, SpProtocol owner, int capacity, ReceiveOverflow overflow)
    {
        _lock = gate;
        _owner = owner;
        _capacity = capacity;
        Overflow = overflow;
    }

    public ReceiveOverflow Overflow { get; set; }

    /// <summary>Why receives are refused now, under the lock; <see cref="NngError.None"/> lets them in.</summary>
    public NngError RefusalLocked { get; set; }

    /// <summary>A waiting receive timed out or was aborted; called under the lock before it is finished.</summary>
    public WaiterHook? WaiterFailedLocked { get; set; }

    /// <summary>Reacts to a failed receive; may complete others.</summary>
    public delegate void WaiterHook(ref CompletionList completions);

    public int Capacity => _capacity;

    public int Count
    {
        get
        {
            lock (_lock)
                return _queue.Count + _holding.Count;
        }
    }

    public bool IsReady
    {
        get
        {
            lock (_lock)
                return !_queue.IsEmpty || !_holding.IsEmpty;
        }
    }

    public NngError TryReceive(out Message? message)
    {
        ProtocolPipe? resume;
        lock (_lock)
        {
            message = null;
            if (_closed || RefusalLocked != NngError.None)
                return _closed ? NngError.Closed : RefusalLocked;
            message = TakeLocked(out resume);
        }

        if (message is null)
            return NngError.TryAgain;
        resume?.Pipe.StartReceive();
        _owner.ReceiveReadiness.Update();
        return NngError.None;
    }

    public void Receive(Aio aio)
    {
        if (!aio.Begin())
            return;
        NngError error = NngError.Closed;
        Message? message = null;
        ProtocolPipe? resume = null;
        lock (_lock)
        {
            if (!_closed && RefusalLocked != NngError.None)
            {
                error = RefusalLocked;
            }
            else if (!_closed)
            {
                message = TakeLocked(out resume);
                error = message is null ? aio.Schedule(this, null) : NngError.None;
                if (message is null && error == NngError.None)
                    _receivers.Enqueue(aio);
            }
        }

        resume?.Pipe.StartReceive();
        if (message is not null)
        {
            aio.FinishMessage(message);
            _owner.ReceiveReadiness.Update();
        }
        else if (error != NngError.None)
        {
            aio.Finish(error);
        }
    }

    /// <summary>
    /// A message has arrived on a pipe: to the first waiting receive, else queued, else by the overflow rule. True
    /// asks the pipe for the next one.
    /// </summary>
    public bool OnReceived(ProtocolPipe pipe, Message message)
    {
        Aio? receiver = null;
        bool more = true;
        lock (_lock)
        {
            if (pipe.Closed || _closed)
            {
                message.Dispose();
                Discarded();
                return false;
            }

            receiver = _receivers.Dequeue();
            if (receiver is not null)
                _owner.Socket.Traffic.CountReceived(message.Length);
            else
                more = StoreLocked(pipe, message);
        }

        receiver?.FinishMessage(message);
        if (receiver is null)
            _owner.ReceiveReadiness.Update();
        return more;
    }

    /// <summary>
    /// Like <see cref="OnReceived"/> for a message that is never held, under the lock: the receive that got it goes
    /// into <paramref name="completions"/>.
    /// </summary>
    public void OfferLocked(Message message, ref CompletionList completions)
    {
        if (_closed)
        {
            message.Dispose();
            Discarded();
        }
        else if (_receivers.Dequeue() is { } receiver)
        {
            _owner.Socket.Traffic.CountReceived(message.Length);
            completions.AddMessage(receiver, message);
        }
        else
        {
            StoreLocked(null, message);
        }
    }

    /// <summary>The queue is full and would drop a new message: it need not even be offered.</summary>
    public bool WouldDropNewestLocked =>
        Overflow == ReceiveOverflow.DropNewest && _queue.Count >= _capacity && _receivers.IsEmpty;

    /// <summary>A pipe is gone, and what it held with it; the caller holds the lock.</summary>
    public void RemoveLocked(ProtocolPipe pipe)
    {
        if (!_holding.Remove(pipe.Holding))
            return;
        pipe.Held!.Dispose();
        pipe.Held = null;
        Discarded();
    }

    /// <summary>Fails what waits and drops what is queued; the caller holds the lock.</summary>
    public void CloseLocked(ref CompletionList completions)
    {
        _closed = true;
        _receivers.FailAll(ref completions, NngError.Closed);
        ClearLocked();
    }

    /// <summary>Fails what waits with an error and drops what is queued; later receives are still accepted.</summary>
    public void ResetLocked(ref CompletionList completions, NngError error)
    {
        _receivers.FailAll(ref completions, error);
        ClearLocked();
    }

    /// <summary>
    /// Changes the depth: held messages move into new room (W-4); what no longer fits is dropped at the newest or at
    /// the oldest end.
    /// </summary>
    public void Resize(int capacity, bool keepNewest)
    {
        ProtocolPipe? resume;
        lock (_lock)
        {
            _capacity = capacity;
            _owner.Socket.Traffic.CountDrop(DropReason.Discarded, _queue.Count - capacity);
            if (keepNewest)
                _queue.KeepNewest(capacity);
            else
                _queue.KeepOldest(capacity);
            resume = PromoteLocked();
        }

        while (resume is not null)
        {
            resume.Pipe.StartReceive();
            lock (_lock)
                resume = PromoteLocked();
        }

        _owner.ReceiveReadiness.Update();
    }

    /// <summary>Drops the queued messages that do not match; the caller holds the lock.</summary>
    public void FilterLocked(Predicate<Message> keep)
    {
        for (int n = _queue.Count; n > 0; n--)
        {
            Message message = _queue.Dequeue()!;
            if (keep(message))
            {
                _queue.Enqueue(message);
                continue;
            }

            message.Dispose();
            Discarded();
        }
    }

    void IAioProvider.OnCancel(Aio aio, object? state, NngError reason)
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            if (!_receivers.Remove(aio))
                return;
            WaiterFailedLocked?.Invoke(ref completions);
        }

        aio.Finish(reason);
        completions.Run();
    }

    /// <summary>Takes the oldest message; the pipe whose held message moved up, if any, may read on.</summary>
    private Message? TakeLocked(out ProtocolPipe? resume)
    {
        resume = null;
        Message? message = _queue.Dequeue();
        if (!_holding.IsEmpty)
        {
            if (message is null)
                message = ReleaseLocked(resume = _holding.First!.Pipe);
            else
                resume = PromoteLocked();
        }

        if (message is not null)
            _owner.Socket.Traffic.CountReceived(message.Length);
        return message;
    }

    /// <summary>Moves the longest-held message into the queue if there is room.</summary>
    private ProtocolPipe? PromoteLocked()
    {
        if (_holding.IsEmpty || _queue.Count >= _capacity)
            return null;
        ProtocolPipe pipe = _holding.First!.Pipe;
        _queue.Enqueue(ReleaseLocked(pipe));
        return pipe;
    }

    private Message ReleaseLocked(ProtocolPipe pipe)
    {
        _holding.Remove(pipe.Holding);
        Message message = pipe.Held!;
        pipe.Held = null;
        return message;
    }

    private bool StoreLocked(ProtocolPipe? pipe, Message message)
    {
        if (_queue.Count < _capacity)
        {
            _queue.Enqueue(message);
            return true;
        }

        switch (Overflow)
        {
            case ReceiveOverflow.Hold:
                pipe!.Held = message;
                _holding.Append(pipe.Holding);
                return false;
            case ReceiveOverflow.DropOldest:
                _queue.Dequeue()?.Dispose();
                _queue.Enqueue(message);
                break;
            default:
                message.Dispose();
                break;
        }

        _owner.Socket.Traffic.CountDrop(DropReason.ReceiveQueueFull);
        return true;
    }

    private void ClearLocked()
    {
        while (_queue.Dequeue() is { } message)
        {
            message.Dispose();
            Discarded();
        }

        while (_holding.First is { } node)
            RemoveLocked(node.Pipe);
    }

    private void Discarded() => _owner.Socket.Traffic.CountDrop(DropReason.Discarded);
}
