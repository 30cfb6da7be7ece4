namespace Nng.Http;

/// <summary>How files are served.</summary>
/// <remarks>Threading: immutable.</remarks>
public sealed class HttpFileOptions
{
    /// <summary>The defaults.</summary>
    public static HttpFileOptions Default { get; } = new();

    /// <summary>Media types by file name. Default <see cref="HttpMediaTypes.Default"/>.</summary>
    public HttpMediaTypes MediaTypes { get; init; } = HttpMediaTypes.Default;

    /// <summary>The type of every file; null, the default, to go by the name.</summary>
    public string? MediaType { get; init; }

    /// <summary>
    /// Serve <c>name.br</c> or <c>name.gz</c>, where it exists, to clients that accept that coding. Default false.
    /// </summary>
    public bool Precompressed { get; init; }

    /// <summary>The value of <c>Cache-Control</c>; null, the default, for none.</summary>
    public string? CacheControl { get; init; }

    /// <summary>Send <c>X-Content-Type-Options: nosniff</c>. Default false.</summary>
    public bool NoSniff { get; init; }

    /// <summary>
    /// Directories: answer a path without its last slash with a redirect to the one with it, so that relative links
    /// work. Default true; false serves the index.
    /// </summary>
    public bool RedirectToSlash { get; init; } = true;

    /// <summary>Directories: serve names that start with a dot. Default false.</summary>
    public bool DotFiles { get; init; }

    /// <summary>Directories: follow symbolic links that lead out of the directory. Default false.</summary>
    public bool LinksOutside { get; init; }
}
