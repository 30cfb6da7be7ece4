namespace Nng.Http;

/// <summary>The parts of a parsed request line.</summary>
internal struct RequestLine
{
    public HeadRange Method;

    public HeadRange Target;

    /// <summary>The digit after <c>HTTP/1.</c>.</summary>
    public int MinorVersion;
}
