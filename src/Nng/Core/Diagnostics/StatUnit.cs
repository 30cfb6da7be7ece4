namespace Nng;

/// <summary>What a statistic counts, with the C library's numbers (<c>nng_unit_enum</c>).</summary>
public enum StatUnit
{
    /// <summary>No unit.</summary>
    None = 0,

    /// <summary>Bytes.</summary>
    Bytes = 1,

    /// <summary>Messages.</summary>
    Messages = 2,

    /// <summary>Milliseconds.</summary>
    Milliseconds = 3,

    /// <summary>Events.</summary>
    Events = 4,
}
