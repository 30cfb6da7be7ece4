using System.Collections.Generic;
using System.Threading;
using Nng.Core;
using Nng.Sp;

namespace Nng.Tests.Sp.Mocks;

/// <summary>Attempts that wait for the test, which ends them one by one.</summary>
/// <remarks>Threading: safe from any thread.</remarks>
internal sealed class MockOperations : IAioProvider
{
    private readonly Lock _lock = new();
    private readonly Queue<SpTransportPipe> _ready = new();
    private Aio? _pending;
    private int _count;
    private NngError _canceledWith;

    /// <summary>Aborts are noted but do not end the attempt: it is already past that point.</summary>
    public bool IgnoresCancel { get; set; }

    /// <summary>Attempts begun so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether an attempt waits now.</summary>
    public bool IsPending
    {
        get
        {
            lock (_lock)
                return _pending is not null;
        }
    }

    /// <summary>The reason of the last abort.</summary>
    public NngError CanceledWith
    {
        get
        {
            lock (_lock)
                return _canceledWith;
        }
    }

    /// <summary>The next attempt succeeds with the pipe as soon as it begins, on the caller's thread.</summary>
    public void Prepare(SpTransportPipe pipe)
    {
        lock (_lock)
            _ready.Enqueue(pipe);
    }

    /// <summary>Runs just before an attempt begins.</summary>
    public System.Action? Beginning { get; set; }

    public void Begin(Aio aio)
    {
        Beginning?.Invoke();
        if (!aio.Begin())
            return;
        SpTransportPipe? ready;
        NngError error = NngError.None;
        lock (_lock)
        {
            _count++;
            if (!_ready.TryDequeue(out ready))
            {
                error = aio.Schedule(this, null);
                if (error == NngError.None)
                    _pending = aio;
            }
        }

        if (ready is not null)
            aio.SetOutput(0, ready);
        if (ready is not null || error != NngError.None)
            aio.Finish(error);
    }

    /// <summary>The waiting attempt ends with a pipe.</summary>
    public void Succeed(SpTransportPipe pipe)
    {
        Aio aio = Take()!;
        aio.SetOutput(0, pipe);
        aio.Finish(NngError.None);
    }

    /// <summary>The waiting attempt, if there is one, fails.</summary>
    public void Fail(NngError error) => Take()?.Finish(error);

    void IAioProvider.OnCancel(Aio aio, object? state, NngError reason)
    {
        lock (_lock)
            _canceledWith = reason;
        if (!IgnoresCancel)
            Fail(reason);
    }

    private Aio? Take()
    {
        lock (_lock)
        {
            Aio? aio = _pending;
            _pending = null;
            return aio;
        }
    }
}
