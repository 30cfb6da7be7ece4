using System;
using System.Runtime.CompilerServices;

namespace Nng.Http;

/// <summary>What a peer may ask of the parser. Exceeding a limit refuses the message and ends the connection.</summary>
/// <remarks>Threading: immutable. Lengths are in bytes.</remarks>
public sealed class HttpLimits
{
    private readonly int _maxRequestLine = 8192;
    private readonly int _maxHeaderLine = 8192;
    private readonly int _maxHeaderSection = 32768;
    private readonly int _maxHeaderCount = 100;
    private readonly int _maxChunkLine = 256;
    private readonly int _maxChunkExtensions = 4096;
    private readonly int _maxTrailerSection = 8192;
    private readonly int _maxTrailerCount = 32;
    private readonly int _maxInterimResponses = 16;
    private readonly long _maxResponseBody = 64L << 20;

    /// <summary>The defaults.</summary>
    public static HttpLimits Default { get; } = new();

    /// <summary>Longest request line, without its CR LF. Default 8192; above it a server answers 414.</summary>
    public int MaxRequestLine
    {
        get => _maxRequestLine;
        init => _maxRequestLine = Positive(value);
    }

    /// <summary>Longest header, trailer or status line, without its CR LF. Default 8192; above it 431.</summary>
    public int MaxHeaderLine
    {
        get => _maxHeaderLine;
        init => _maxHeaderLine = Positive(value);
    }

    /// <summary>All header lines of a message together, with their line ends. Default 32768; above it 431.</summary>
    public int MaxHeaderSection
    {
        get => _maxHeaderSection;
        init => _maxHeaderSection = Positive(value);
    }

    /// <summary>Header lines of a message. Default 100; above it 431.</summary>
    public int MaxHeaderCount
    {
        get => _maxHeaderCount;
        init => _maxHeaderCount = Positive(value);
    }

    /// <summary>Longest chunk-size line with its extensions, without CR LF. Default 256; above it 400.</summary>
    public int MaxChunkLine
    {
        get => _maxChunkLine;
        init => _maxChunkLine = Positive(value);
    }

    /// <summary>All chunk extensions of a message together. Default 4096; above it 400.</summary>
    public int MaxChunkExtensions
    {
        get => _maxChunkExtensions;
        init => _maxChunkExtensions = Positive(value);
    }

    /// <summary>All trailer lines of a message together. Default 8192; above it 431.</summary>
    public int MaxTrailerSection
    {
        get => _maxTrailerSection;
        init => _maxTrailerSection = Positive(value);
    }

    /// <summary>Trailer lines of a message. Default 32; above it 431.</summary>
    public int MaxTrailerCount
    {
        get => _maxTrailerCount;
        init => _maxTrailerCount = Positive(value);
    }

    /// <summary>Interim (1xx) responses that a transaction skips. Default 16.</summary>
    public int MaxInterimResponses
    {
        get => _maxInterimResponses;
        init => _maxInterimResponses = Positive(value);
    }

    /// <summary>Longest response body that a transaction collects. Default 64 MiB.</summary>
    public long MaxResponseBody
    {
        get => _maxResponseBody;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _maxResponseBody = value;
        }
    }

    /// <summary>
    /// Accept lines that end with LF alone (RFC 9112 section 2.2 allows it; request smuggling lives on it). Default
    /// false.
    /// </summary>
    public bool AllowBareLf { get; init; }

    private static int Positive(int value, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, name);
        return value;
    }
}
