namespace Nng.Http;

/// <summary>What a request expects before it sends its body (RFC 9110 section 10.1.1).</summary>
internal enum Expectation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary><c>100 Continue</c>, or a final answer without the body.</summary>
    Continue,

    /// <summary>Something unknown: 417.</summary>
    Unknown,
}
