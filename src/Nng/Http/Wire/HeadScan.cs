namespace Nng.Http;

/// <summary>
/// Where an incremental parser of a head or of trailers stands. Positions count from the first byte of the message,
/// which stays the first byte of every call's input; no byte is looked at twice.
/// </summary>
internal struct HeadScan
{
    public HeadPhase Phase;

    /// <summary>Empty lines seen before the message.</summary>
    public byte BlankLines;

    /// <summary>Bytes below this position need not be looked at again.</summary>
    public int Position;

    /// <summary>Start of the present line.</summary>
    public int Line;

    /// <summary>Start of the part that is being scanned.</summary>
    public int Part;

    /// <summary>Start of the header section.</summary>
    public int Section;

    /// <summary>Where the present header's name ends.</summary>
    public int NameEnd;
}
