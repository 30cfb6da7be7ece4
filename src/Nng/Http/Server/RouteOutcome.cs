namespace Nng.Http;

/// <summary>What routing a request came to.</summary>
internal enum RouteOutcome
{
    /// <summary>A handler serves it.</summary>
    Found,

    /// <summary>No handler has the path: 404.</summary>
    NotFound,

    /// <summary>Handlers have the path, but not the method: 405.</summary>
    MethodNotAllowed,

    /// <summary>The method is none that anybody here knows: 501.</summary>
    MethodUnknown,
}
