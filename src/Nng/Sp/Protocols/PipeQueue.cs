using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>The send queue of one pipe, for protocols that never make a sender wait. The protocol's lock guards it.</summary>
internal struct PipeQueue
{
    private MessageQueue _queue;

    /// <summary>The pipe has taken a message and not yet reported ready.</summary>
    private bool _busy;

    public readonly int Count => _queue.Count;

    /// <summary>The pipe's first <see cref="OnReady"/>, or its next one, has come: nothing is in flight.</summary>
    public readonly bool IsIdle => !_busy;

    /// <summary>
    /// Transmits, queues, or drops: the new message, or the oldest queued one. False when a message was dropped.
    /// </summary>
    public bool Offer(SpPipe pipe, Message message, int capacity, bool dropOldest)
    {
        if (!_busy)
        {
            _busy = !pipe.Post(message);
            return true;
        }

        if (_queue.Count < capacity)
        {
            _queue.Enqueue(message);
            return true;
        }

        if (dropOldest && _queue.Dequeue() is { } oldest)
        {
            oldest.Dispose();
            _queue.Enqueue(message);
        }
        else
        {
            message.Dispose();
        }

        return false;
    }

    /// <summary>The pipe can take a message again: gives it what is queued.</summary>
    public void OnReady(SpPipe pipe)
    {
        _busy = false;
        while (!_busy && _queue.Dequeue() is { } message)
            _busy = !pipe.Post(message);
    }

    /// <summary>Drops the newest messages beyond a depth.</summary>
    public void Shrink(int capacity) => _queue.KeepOldest(capacity);

    public void Clear() => _queue.Clear();
}
