namespace Nng.Streams;

/// <summary>What a transfer did: moved bytes, must wait, or failed.</summary>
/// <param name="Count">Bytes moved; 0 from a receive is the end of the stream.</param>
/// <param name="Error"><see cref="NngError.TryAgain"/>: nothing moved; the channel can be asked to call when it is time to try again.</param>
internal readonly record struct IoResult(int Count, NngError Error)
{
    public static IoResult Wait => new(0, NngError.TryAgain);

    public static IoResult Moved(int count) => new(count, NngError.None);

    public static IoResult Failed(NngError error) => new(0, error);
}
