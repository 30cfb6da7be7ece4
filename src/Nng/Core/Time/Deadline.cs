namespace Nng.Core;

/// <summary>Something that happens at a time: an operation's deadline or a protocol's timer.</summary>
/// <remarks>
/// Threading: owned by the <see cref="Expirer"/> it is armed on, whose lock guards the fields. <see cref="OnExpired"/>
/// runs on the expirer's thread without locks, at most once per arming; it must not block.
/// </remarks>
internal abstract class Deadline
{
    /// <summary>Position in the expirer's heap; -1 while not armed.</summary>
    internal int HeapIndex = -1;

    /// <summary>Clock milliseconds after which it expires.</summary>
    internal long DueMs;

    /// <summary>What the present arming is for.</summary>
    internal long Tag;

    /// <summary>
    /// For <see cref="OnExpired"/>: the tag of the arming that expired. By then the deadline may have been armed again
    /// for something else, which must not be mistaken for it.
    /// </summary>
    internal long FiredTag { get; set; }

    /// <summary>The time has passed and the deadline is no longer armed.</summary>
    public abstract void OnExpired();
}
