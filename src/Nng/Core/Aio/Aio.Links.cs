using Nng.Core;

namespace Nng;

/// <content>Intrusive links; guarded by the lock of whoever queues the operation.</content>
public sealed partial class Aio
{
    private NngError _outcome;
    private long _outcomeCount;

    /// <summary>The queue the operation waits in; null for none.</summary>
    internal AioQueue? Queue { get; set; }

    internal Aio? QueuePrevious { get; set; }

    internal Aio? QueueNext { get; set; }

    /// <summary>What the provider keeps with the waiting operation; guarded by its lock.</summary>
    internal object? ProviderTag { get; private set; }

    internal void SetProviderTag(object? tag) => ProviderTag = tag;

    /// <summary>Notes how the operation will be finished after the unlock.</summary>
    internal void SetOutcome(NngError error, long count)
    {
        _outcome = error;
        _outcomeCount = count;
    }

    internal void FinishOutcome() => Finish(_outcome, _outcomeCount);
}
