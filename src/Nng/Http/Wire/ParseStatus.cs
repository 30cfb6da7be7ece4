namespace Nng.Http;

/// <summary>How far a parser came.</summary>
internal enum ParseStatus
{
    /// <summary>The bytes are good so far and end too early: call again with the same bytes and more.</summary>
    NeedMore,

    /// <summary>Parsed to the end.</summary>
    Done,

    /// <summary>Malformed, or beyond a limit.</summary>
    Refused,
}
