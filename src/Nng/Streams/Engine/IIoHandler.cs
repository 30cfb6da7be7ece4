namespace Nng.Streams;

/// <summary>Who is told that a channel is ready.</summary>
/// <remarks>
/// Threading: called on a loop, a driving thread or a pool thread, without locks. Each call follows one result that
/// asked to wait, so a method never overlaps itself; the two may overlap each other. Must not block.
/// </remarks>
internal interface IIoHandler
{
    /// <summary>Receiving (or accepting) may be tried again.</summary>
    void OnReadable();

    /// <summary>Sending may be tried again, or a connect has ended.</summary>
    void OnWritable();

    /// <summary>A flush that was requested is due.</summary>
    void OnFlush();
}
