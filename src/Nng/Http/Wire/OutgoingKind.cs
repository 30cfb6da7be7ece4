namespace Nng.Http;

/// <summary>What becomes of Content-Length and Transfer-Encoding when a message is written.</summary>
internal enum OutgoingKind
{
    /// <summary>Both stand as the application set them.</summary>
    AsSet,

    /// <summary>Neither is sent.</summary>
    Bodiless,

    /// <summary>Content-Length with the true length, and no Transfer-Encoding.</summary>
    Length,

    /// <summary>Transfer-Encoding <c>chunked</c>, and no Content-Length.</summary>
    Chunked,
}
