namespace Nng.Http;

/// <summary>Whether a handler serves what lies below its path.</summary>
public enum HttpTreeMode
{
    /// <summary>Its own path only, with or without a trailing slash.</summary>
    None,

    /// <summary>Everything below as well; deeper handlers may be added beside it. C: <c>nng_http_handler_set_tree</c>.</summary>
    Shared,

    /// <summary>
    /// Everything below as well, and no other handler of the same host and method may be added there. C:
    /// <c>nng_http_handler_set_tree_exclusive</c>.
    /// </summary>
    Exclusive,
}
