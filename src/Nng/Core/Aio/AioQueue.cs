namespace Nng.Core;

/// <summary>
/// A FIFO of waiting operations linked through the operations themselves, with removal from the middle. Not
/// thread-safe; the owner locks. An operation is in at most one queue.
/// </summary>
internal sealed class AioQueue
{
    private Aio? _head;
    private Aio? _tail;

    public int Count { get; private set; }

    public bool IsEmpty => _head is null;

    public Aio? Peek => _head;

    public void Enqueue(Aio aio)
    {
        aio.Queue = this;
        aio.QueuePrevious = _tail;
        aio.QueueNext = null;
        if (_tail is null)
            _head = aio;
        else
            _tail.QueueNext = aio;
        _tail = aio;
        Count++;
    }

    public Aio? Dequeue()
    {
        Aio? aio = _head;
        if (aio is not null)
            Remove(aio);
        return aio;
    }

    /// <summary>Takes an operation out; false when it is not in this queue (any more).</summary>
    public bool Remove(Aio aio)
    {
        if (!ReferenceEquals(aio.Queue, this))
            return false;
        if (aio.QueuePrevious is null)
            _head = aio.QueueNext;
        else
            aio.QueuePrevious.QueueNext = aio.QueueNext;
        if (aio.QueueNext is null)
            _tail = aio.QueuePrevious;
        else
            aio.QueueNext.QueuePrevious = aio.QueuePrevious;
        aio.Queue = null;
        aio.QueuePrevious = null;
        aio.QueueNext = null;
        Count--;
        return true;
    }

    /// <summary>Moves all operations into a completion list with one error.</summary>
    public void FailAll(ref CompletionList completions, NngError error)
    {
        while (Dequeue() is { } aio)
            completions.Add(aio, error);
    }
}
