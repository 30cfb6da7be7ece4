namespace Nng.Http;

/// <summary>The limits of one section of header or trailer lines.</summary>
internal readonly record struct HeadLimits(int MaxLine, int MaxSection, int MaxCount, bool AllowBareLf)
{
    public static HeadLimits Headers(HttpLimits limits) =>
        new(limits.MaxHeaderLine, limits.MaxHeaderSection, limits.MaxHeaderCount, limits.AllowBareLf);

    public static HeadLimits Trailers(HttpLimits limits) =>
        new(limits.MaxHeaderLine, limits.MaxTrailerSection, limits.MaxTrailerCount, limits.AllowBareLf);
}
