namespace Nng.Core;

/// <summary>Something a thread waits for.</summary>
internal interface IWaitTarget
{
    /// <summary>True once there is nothing left to wait for. Safe from any thread.</summary>
    bool IsDone { get; }
}
