using System.Threading;

namespace Nng.Core;

/// <summary>A pinned byte array with a share count: the storage of a message body or of an I/O buffer.</summary>
/// <remarks>
/// Threading: the share count is atomic. The bytes may be written only by a holder that is alone
/// (<see cref="IsShared"/> false).
/// </remarks>
internal sealed class Chunk
{
    /// <summary>How many holders share the bytes; 0 while pooled.</summary>
    private int _shares;

    public Chunk(byte[] bytes, int sizeClass)
    {
        Bytes = bytes;
        SizeClass = sizeClass;
    }

    /// <summary>The storage, at an address that never moves.</summary>
    public byte[] Bytes { get; }

    /// <summary>The pool's class, or -1 for storage too large to pool.</summary>
    public int SizeClass { get; }

    public bool IsShared => Volatile.Read(ref _shares) > 1;

    /// <summary>Called by the pool when it hands the chunk to its first holder.</summary>
    public void Own() => _shares = 1;

    /// <summary>Adds a holder.</summary>
    public void AddShare() => Interlocked.Increment(ref _shares);

    /// <summary>Removes a holder; true when it was the last and the chunk may go back to the pool.</summary>
    public bool RemoveShare()
    {
        // A lone holder has nobody to race with, so the common case costs no locked instruction.
        if (Volatile.Read(ref _shares) == 1)
        {
            _shares = 0;
            return true;
        }

        return Interlocked.Decrement(ref _shares) == 0;
    }
}
