using System;
using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>
/// The sending half of protocols that wait for an idle pipe (push, pair, raw req): idle pipes take turns, then the
/// buffer fills, then senders wait in order.
/// </summary>
/// <remarks>
/// Threading: the protocol's lock, given at creation, guards everything. Pipes are kicked and operations completed
/// after the unlock.
/// </remarks>
internal sealed class SendSide : IAioProvider
{
    private readonly Lock _lock;
    private readonly SpProtocol _owner;

    /// <summary>Refuses a message, or shapes its header; called once, when the message is accepted.</summary>
    private readonly Func<Message, NngError>? _check;

    private readonly Action<Message>? _shape;

    /// <summary>A smaller buffer drops its oldest messages instead of the newest.</summary>
    private readonly bool _keepsNewest;

    /// <summary>Pipes that can take a message, longest idle first.</summary>
    private readonly IntrusiveList<PipeNode> _idle = new();

    /// <summary>Sends that wait for a pipe or for room, oldest first.</summary>
    private readonly AioQueue _senders = new();

    /// <summary>Accepted messages that no pipe has taken; only while no pipe is idle.</summary>
    private MessageQueue _buffer;

    private int _capacity;
    private bool _closed;

    /// <param name="gate">The protocol's lock.</param>
    /// <param name="owner">The protocol.</param>
    /// <param name="check">Says whether a message may be sent; null accepts all.</param>
    /// <param name="shape">Gives an accepted message its protocol header; null leaves it as it is.</param>
    /// <param name="keepsNewest">A smaller buffer drops its oldest messages instead of the newest (C-30).</param>
    public SendSide(
        Lock gate,
        SpProtocol owner,
        Func<Message, NngError>? check,
        Action<Message>? shape,
        bool keepsNewest = false)
    {
        _keepsNewest = keepsNewest;
        _lock = gate;
        _owner = owner;
        _check = check;
        _shape = shape;
    }

    /// <summary>Depth of the buffer. Growing admits waiting senders (W-4); shrinking drops messages.</summary>
    public int Capacity
    {
        get => _capacity;
        set => Resize(value);
    }

    public int UnsentCount
    {
        get
        {
            lock (_lock)
                return _buffer.Count;
        }
    }

    public bool IsReady
    {
        get
        {
            lock (_lock)
                return !_idle.IsEmpty || _buffer.Count < _capacity;
        }
    }

    public NngError TrySend(Message message)
    {
        NngError error = _check?.Invoke(message) ?? NngError.None;
        if (error != NngError.None)
            return error;
        ProtocolPipe? pipe;
        lock (_lock)
        {
            if (_closed)
                return NngError.Closed;
            if (!TryAcceptLocked(message, out pipe))
                return NngError.TryAgain;
        }

        pipe?.Pipe.Kick();
        _owner.SendReadiness.Update();
        return NngError.None;
    }

    public void Send(Aio aio)
    {
        if (!aio.Begin())
            return;
        Message message = aio.Message!;
        long length = message.Length;
        NngError error = _check?.Invoke(message) ?? NngError.None;
        ProtocolPipe? pipe = null;
        bool accepted = false;
        if (error == NngError.None)
        {
            lock (_lock)
            {
                accepted = !_closed && TryAcceptLocked(message, out pipe);
                if (!accepted)
                    error = _closed ? NngError.Closed : aio.Schedule(this, null);
                if (!accepted && error == NngError.None)
                    _senders.Enqueue(aio);
            }
        }

        if (accepted)
        {
            pipe?.Pipe.Kick();
            aio.FinishSent(length);
            _owner.SendReadiness.Update();
        }
        else if (error != NngError.None)
        {
            aio.Finish(error);
        }
    }

    /// <summary>A pipe can take a message: gives it what waits, or it waits its turn.</summary>
    public void OnIdle(ProtocolPipe pipe)
    {
        var completions = default(CompletionList);
        bool posted = false;
        lock (_lock)
        {
            if (pipe.Closed || _closed)
                return;
            bool idle = true;
            while (idle && NextLocked(ref completions) is { } message)
            {
                posted = true;
                idle = pipe.Pipe.Post(message);
            }

            if (idle)
                _idle.Append(pipe.Idle);
        }

        if (posted)
            pipe.Pipe.Kick();
        completions.Run();
        _owner.SendReadiness.Update();
    }

    /// <summary>A pipe is gone; the caller holds the lock.</summary>
    public void RemoveLocked(ProtocolPipe pipe) => _idle.Remove(pipe.Idle);

    public void CloseLocked(ref CompletionList completions)
    {
        _closed = true;
        _senders.FailAll(ref completions, NngError.Closed);
        _owner.Socket.Traffic.CountDrop(DropReason.Unsent, _buffer.Count);
        _buffer.Clear();
    }

    void IAioProvider.OnCancel(Aio aio, object? state, NngError reason)
    {
        lock (_lock)
        {
            if (!_senders.Remove(aio))
                return;
        }

        aio.Finish(reason);
    }

    /// <summary>Takes a message if it need not wait; the pipe to kick comes back.</summary>
    private bool TryAcceptLocked(Message message, out ProtocolPipe? pipe)
    {
        PipeNode? node = _idle.First;
        pipe = node?.Pipe;
        if (node is null && _buffer.Count >= _capacity)
            return false;
        ShapeLocked(message);
        if (node is null)
            _buffer.Enqueue(message);
        else if (node.Pipe.Pipe.Post(message))
            _idle.RotateFirst();
        else
            _idle.Remove(node);
        return true;
    }

    /// <summary>The next message to transmit; a waiting sender's moves up into the buffer.</summary>
    private Message? NextLocked(ref CompletionList completions)
    {
        Message? message = _buffer.Dequeue();
        if (_senders.IsEmpty)
            return message;
        Message moved = AcceptWaiterLocked(ref completions);
        if (message is null)
            return moved;
        _buffer.Enqueue(moved);
        return message;
    }

    private Message AcceptWaiterLocked(ref CompletionList completions)
    {
        Aio sender = _senders.Dequeue()!;
        Message message = sender.Message!;
        ShapeLocked(message);
        completions.AddSent(sender, message.Length);
        return message;
    }

    private void ShapeLocked(Message message)
    {
        _shape?.Invoke(message);
        _owner.Socket.Traffic.CountSent(message.Length);
    }

    private void Resize(int capacity)
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            _capacity = capacity;
            while (_buffer.Count < capacity && !_senders.IsEmpty)
                _buffer.Enqueue(AcceptWaiterLocked(ref completions));
            _owner.Socket.Traffic.CountDrop(DropReason.Discarded, _buffer.Count - capacity);
            if (_keepsNewest)
                _buffer.KeepNewest(capacity);
            else
                _buffer.KeepOldest(capacity);
        }

        completions.Run();
        _owner.SendReadiness.Update();
    }
}
