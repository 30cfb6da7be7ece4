namespace Nng.Streams;

/// <summary>Whether what was posted to an idle pipe is written at once or gathered (style: pure, with its own test).</summary>
internal static class WritePolicy
{
    /// <summary>A gathered batch of this size is written by whoever fills it.</summary>
    public const int BatchBytes = 32 * 1024;

    /// <summary>Inline writes in a row, nothing received between, before a pipe gathers.</summary>
    public const int InlineWrites = 3;

    /// <summary>A pause this long ends gathering: the flood is over.</summary>
    public const int FloodGapUs = 100;

    /// <summary>
    /// True to write now. A ping-pong writes inline always, because it receives between its writes; a one-way flood
    /// gathers until the batch is full or the loop flushes it.
    /// </summary>
    /// <param name="writesSinceReceive">Writes since something was received.</param>
    /// <param name="usSinceWrite">Microseconds since the last write.</param>
    /// <param name="pendingBytes">Bytes in the batch.</param>
    public static bool WritesNow(int writesSinceReceive, long usSinceWrite, int pendingBytes) =>
        pendingBytes >= BatchBytes || writesSinceReceive < InlineWrites || usSinceWrite > FloodGapUs;
}
