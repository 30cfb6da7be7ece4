namespace Nng.Core;

/// <summary>Who carries out an operation and can be asked to give it up.</summary>
internal interface IAioProvider
{
    /// <summary>
    /// Gives up a pending operation: if <paramref name="aio"/> is still queued, detach it and finish it with
    /// <paramref name="reason"/>; if its completion is under way, do nothing. Called without locks, on any thread,
    /// normally once per operation (stop may ask again).
    /// </summary>
    /// <param name="aio">The operation.</param>
    /// <param name="state">What the provider gave to <see cref="Aio.Schedule"/>.</param>
    /// <param name="reason">Never <see cref="NngError.None"/>.</param>
    void OnCancel(Aio aio, object? state, NngError reason);

    /// <summary>
    /// Follows each call of <see cref="OnCancel"/>, when the operation that ended by it has been told: what ends in its
    /// wake is told after it.
    /// </summary>
    void OnCanceled()
    {
    }
}
