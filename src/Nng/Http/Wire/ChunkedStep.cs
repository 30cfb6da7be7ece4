namespace Nng.Http;

/// <summary>What one step of a <see cref="ChunkedDecoder"/> found.</summary>
internal enum ChunkedStep
{
    /// <summary>More bytes are needed; what was not consumed must be offered again in front of them.</summary>
    NeedMore,

    /// <summary>Body bytes follow the consumed ones, <see cref="ChunkedDecoder.Remaining"/> of them in all.</summary>
    Data,

    /// <summary>The body has ended, its trailers are parsed; what was not consumed belongs to the next message.</summary>
    Done,

    /// <summary>Malformed, or beyond a limit: <see cref="ChunkedDecoder.Refusal"/>.</summary>
    Refused,
}
