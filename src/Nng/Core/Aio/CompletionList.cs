namespace Nng.Core;

/// <summary>
/// Operations that ended while a lock was held; they are finished by <see cref="Run"/> after the unlock.
/// </summary>
internal struct CompletionList
{
    private Aio? _head;
    private Aio? _tail;

    /// <summary>The operation ends with an error (or none); a message in its slot stays.</summary>
    public void Add(Aio aio, NngError error, long count = 0)
    {
        aio.SetOutcome(error, count);
        aio.NextCompletion = null;
        if (_tail is null)
            _head = aio;
        else
            _tail.NextCompletion = aio;
        _tail = aio;
    }

    /// <summary>A receive ends with a message.</summary>
    public void AddMessage(Aio aio, Message message)
    {
        aio.Message = message;
        Add(aio, NngError.None, message.Length);
    }

    /// <summary>A send ends: its message, of the given body length, is gone.</summary>
    public void AddSent(Aio aio, long length)
    {
        aio.Message = null;
        Add(aio, NngError.None, length);
    }

    /// <summary>Finishes them in order. Call without locks.</summary>
    public void Run()
    {
        while (_head is { } aio)
        {
            _head = aio.NextCompletion;
            aio.NextCompletion = null;
            aio.FinishOutcome();
        }

        _tail = null;
    }
}
