namespace Nng.Core;

/// <summary>A FIFO of messages linked through the messages themselves. Not thread-safe; the owner locks.</summary>
internal struct MessageQueue
{
    private Message? _head;
    private Message? _tail;

    public int Count { get; private set; }

    public readonly bool IsEmpty => _head is null;

    public readonly Message? Peek => _head;

    public void Enqueue(Message message)
    {
        message.Next = null;
        if (_tail is null)
            _head = message;
        else
            _tail.Next = message;
        _tail = message;
        Count++;
    }

    /// <summary>Puts a message in front of all others.</summary>
    public void Requeue(Message message)
    {
        message.Next = _head;
        _head = message;
        _tail ??= message;
        Count++;
    }

    public Message? Dequeue()
    {
        Message? message = _head;
        if (message is null)
            return null;
        _head = message.Next;
        if (_head is null)
            _tail = null;
        message.Next = null;
        Count--;
        return message;
    }

    /// <summary>Keeps the oldest <paramref name="count"/> messages; disposes the rest.</summary>
    public void KeepOldest(int count)
    {
        var kept = default(MessageQueue);
        while (Dequeue() is { } message)
        {
            if (kept.Count < count)
                kept.Enqueue(message);
            else
                message.Dispose();
        }

        this = kept;
    }

    /// <summary>Keeps the newest <paramref name="count"/> messages; disposes the rest.</summary>
    public void KeepNewest(int count)
    {
        while (Count > count)
            Dequeue()!.Dispose();
    }

    /// <summary>Disposes all messages.</summary>
    public void Clear() => KeepOldest(0);
}
