namespace Nng.Http;

/// <summary>The forms of a request target (RFC 9112 section 3.2).</summary>
internal enum TargetForm
{
    /// <summary>None was set or recognised.</summary>
    None,

    /// <summary>A path, perhaps with a query.</summary>
    Origin,

    /// <summary>An http or https URL; its authority stands above Host.</summary>
    Absolute,

    /// <summary>Host and port, for CONNECT.</summary>
    Authority,

    /// <summary><c>*</c>, for OPTIONS.</summary>
    Asterisk,
}
