namespace Nng.Streams;

/// <summary>A descriptor registered with a loop.</summary>
internal interface IEpollTarget
{
    /// <summary>Events of the descriptor; on the loop.</summary>
    void OnEvents(uint events);

    /// <summary>A flush was requested; on the loop.</summary>
    void OnFlush();
}
