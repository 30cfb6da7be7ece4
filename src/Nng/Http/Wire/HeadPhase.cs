namespace Nng.Http;

/// <summary>What a head parser expects next.</summary>
internal enum HeadPhase : byte
{
    /// <summary>The first byte of the message, or an empty line before it.</summary>
    Start,

    Method,

    Target,

    /// <summary>The version of a request line, up to its line end.</summary>
    RequestVersion,

    /// <summary>Version and code of a status line.</summary>
    StatusCode,

    /// <summary>The reason phrase, up to the line end.</summary>
    Reason,

    /// <summary>The first byte of a header line, or the empty line that ends the section.</summary>
    Line,

    /// <summary>A header name, up to its colon.</summary>
    Name,

    /// <summary>A header value, up to the line end.</summary>
    Value,
}
