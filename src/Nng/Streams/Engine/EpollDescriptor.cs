using System.Net.Sockets;
using System.Threading;

namespace Nng.Streams;

/// <summary>
/// A descriptor that is closed only when no thread is inside a system call on it, so that its number cannot be reused
/// under somebody's hands.
/// </summary>
/// <remarks>Threading: atomic.</remarks>
internal struct EpollDescriptor
{
    private const int ClosedFlag = 1 << 30;

    private readonly Socket _socket;

    /// <summary>Threads inside, plus the flag.</summary>
    private int _uses;

    public EpollDescriptor(Socket socket)
    {
        _socket = socket;
        Number = (int)socket.SafeHandle.DangerousGetHandle();
    }

    public int Number { get; }

    public bool IsClosed => (Volatile.Read(ref _uses) & ClosedFlag) != 0;

    /// <summary>Enters a system call; false when closed.</summary>
    public bool TryEnter()
    {
        if ((Interlocked.Increment(ref _uses) & ClosedFlag) == 0)
            return true;
        Leave();
        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _uses) == ClosedFlag && TryClaim())
            _socket.Dispose();
    }

    /// <summary>Closes now or when the last thread leaves; false when closed before.</summary>
    public bool Close()
    {
        int before = Interlocked.Or(ref _uses, ClosedFlag);
        if ((before & ClosedFlag) != 0)
            return false;
        if (before == 0 && TryClaim())
            _socket.Dispose();
        return true;
    }

    /// <summary>One thread disposes: the one that moves the count away from "closed, nobody inside".</summary>
    private bool TryClaim() => Interlocked.CompareExchange(ref _uses, ClosedFlag | (1 << 29), ClosedFlag) == ClosedFlag;
}
