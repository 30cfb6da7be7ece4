using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

namespace Nng.Http;

/// <summary>Wakes one awaiter, on the thread pool; reusable.</summary>
/// <remarks>Threading: <see cref="Reset"/> before the wait is made known, <see cref="Set"/> once after it.</remarks>
internal sealed class ServerSignal : IValueTaskSource<NngError>
{
    private ManualResetValueTaskSourceCore<NngError> _core = new() { RunContinuationsAsynchronously = true };

    public void Reset() => _core.Reset();

    public void Set(NngError error) => _core.SetResult(error);

    public ValueTask<NngError> WaitAsync() => new(this, _core.Version);

    NngError IValueTaskSource<NngError>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<NngError>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<NngError>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
