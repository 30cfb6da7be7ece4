using System;
using System.Threading;

namespace Nng.Sp.Protocols;

/// <summary>
/// The sending half of protocols that send each message to every peer (bus, pub, surveyor): a queue per pipe, and no
/// sender ever waits.
/// </summary>
/// <remarks>Threading: the protocol's lock, given at creation, guards everything; kicks come after the unlock.</remarks>
internal sealed class BroadcastSide
{
    private readonly Lock _lock;
    private readonly SpProtocol _owner;
    private readonly bool _dropOldest;

    /// <summary>Attached pipes in the order of attachment; replaced as a whole, so that it can be read unlocked.</summary>
    private BroadcastPipe[] _pipes = [];

    private int _depth;

    /// <param name="gate">The protocol's lock.</param>
    /// <param name="owner">The protocol.</param>
    /// <param name="depth">Messages queued per pipe beside the one in flight.</param>
    /// <param name="dropOldest">A full queue drops its oldest message instead of the new one.</param>
    public BroadcastSide(Lock gate, SpProtocol owner, int depth, bool dropOldest)
    {
        _lock = gate;
        _owner = owner;
        _depth = depth;
        _dropOldest = dropOldest;
    }

    /// <summary>Depth of every pipe's queue; shrinking drops the newest.</summary>
    public int Depth
    {
        get => _depth;
        set
        {
            lock (_lock)
            {
                _depth = value;
                foreach (BroadcastPipe pipe in _pipes)
                {
                    _owner.Socket.Traffic.CountDrop(DropReason.Discarded, pipe.Queue.Count - value);
                    pipe.Queue.Shrink(value);
                }
            }
        }
    }

    public int UnsentCount
    {
        get
        {
            lock (_lock)
            {
                int count = 0;
                foreach (BroadcastPipe pipe in _pipes)
                    count += pipe.Queue.Count;
                return count;
            }
        }
    }

    /// <summary>
    /// Gives every pipe but the excluded one the message, which is taken; the pipes to kick come back. The caller
    /// holds the lock.
    /// </summary>
    public BroadcastPipe[] SendLocked(Message message, int excludedPipe)
    {
        BroadcastPipe[] pipes = _pipes;
        BroadcastPipe? last = null;
        foreach (BroadcastPipe pipe in pipes)
        {
            if (pipe.Pipe.Id == excludedPipe)
                continue;
            if (last is not null)
                Offer(last, message.Share());
            last = pipe;
        }

        if (last is not null)
        {
            Offer(last, message);
            return pipes;
        }

        message.Dispose();
        _owner.Socket.Traffic.CountDrop(DropReason.NoSuchPipe);
        return pipes;
    }

    public static void Kick(BroadcastPipe[] pipes)
    {
        foreach (BroadcastPipe pipe in pipes)
            pipe.Pipe.Kick();
    }

    public void Add(BroadcastPipe pipe)
    {
        lock (_lock)
        {
            if (!pipe.Closed)
                _pipes = [.. _pipes, pipe];
        }
    }

    /// <summary>A pipe is gone, and its queue with it; the caller holds the lock.</summary>
    public void RemoveLocked(BroadcastPipe pipe)
    {
        _owner.Socket.Traffic.CountDrop(DropReason.Unsent, pipe.Queue.Count);
        pipe.Queue.Clear();
        int index = Array.IndexOf(_pipes, pipe);
        if (index >= 0)
            _pipes = [.. _pipes.AsSpan(0, index), .. _pipes.AsSpan(index + 1)];
    }

    public void OnReady(BroadcastPipe pipe)
    {
        lock (_lock)
        {
            if (pipe.Closed)
                return;
            pipe.Queue.OnReady(pipe.Pipe);
        }

        pipe.Pipe.Kick();
    }

    private void Offer(BroadcastPipe pipe, Message message)
    {
        if (!pipe.Queue.Offer(pipe.Pipe, message, _depth, _dropOldest))
            _owner.Socket.Traffic.CountDrop(DropReason.SendQueueFull);
    }
}
