namespace Nng.Http;

/// <summary>
/// Why bytes from a peer were refused as an HTTP message. One member per reason; the first offending byte decides,
/// however the bytes were cut on their way.
/// </summary>
/// <remarks>
/// Each reason stands for a status that a server answers with and an <see cref="NngError"/> that a connection fails
/// with: <see cref="HttpRefusals"/>.
/// </remarks>
public enum HttpRefusal
{
    /// <summary>Nothing was refused.</summary>
    None = 0,

    /// <summary>More than two empty lines before a request (RFC 9112 section 2.2), or any before a response.</summary>
    BlankLines,

    /// <summary>A request line that is not three parts separated by single spaces (RFC 9112 section 3).</summary>
    RequestLineMalformed,

    /// <summary>A request line longer than <see cref="HttpLimits.MaxRequestLine"/>: 414.</summary>
    RequestLineTooLong,

    /// <summary>A method with a byte that no token has (RFC 9110 section 5.6.2).</summary>
    MethodCharacter,

    /// <summary>A target with a control, space, DEL or non-ASCII byte (RFC 9112 section 3.2).</summary>
    TargetCharacter,

    /// <summary>A target with a fragment, which is never sent (RFC 9110 section 7.1).</summary>
    TargetFragment,

    /// <summary>A target that is neither a path, an http URL, <c>*</c> for OPTIONS nor an authority for CONNECT.</summary>
    TargetForm,

    /// <summary>A target with a <c>%</c> that two hexadecimal digits do not follow.</summary>
    TargetEscape,

    /// <summary>A path that contains an encoded NUL.</summary>
    TargetNul,

    /// <summary>A path that does not decode to UTF-8: overlong forms and surrogates included.</summary>
    TargetNotUtf8,

    /// <summary>A path whose dot segments climb above the root.</summary>
    TargetAboveRoot,

    /// <summary>Not <c>HTTP/</c>, digit, dot, digit (RFC 9112 section 2.3).</summary>
    VersionMalformed,

    /// <summary>A well-formed version other than 1.x: 505.</summary>
    VersionUnsupported,

    /// <summary>A status code that is not three digits from 100 to 999.</summary>
    StatusMalformed,

    /// <summary>A status line longer than <see cref="HttpLimits.MaxHeaderLine"/>.</summary>
    StatusLineTooLong,

    /// <summary>A control byte in a reason phrase.</summary>
    ReasonCharacter,

    /// <summary>A line that ends with LF alone; see <see cref="HttpLimits.AllowBareLf"/>.</summary>
    BareLineFeed,

    /// <summary>A CR that LF does not follow.</summary>
    BareCarriageReturn,

    /// <summary>A line that starts with white space: a folded or smuggled header line (RFC 9112 section 5.2).</summary>
    LineFolding,

    /// <summary>A header line without a colon.</summary>
    HeaderWithoutColon,

    /// <summary>A header line that starts with its colon.</summary>
    HeaderNameEmpty,

    /// <summary>A header name with a byte that no token has.</summary>
    HeaderNameCharacter,

    /// <summary>White space inside or after a header name (RFC 9112 section 5.1).</summary>
    HeaderNameSpace,

    /// <summary>A control byte other than TAB in a header value (RFC 9110 section 5.5).</summary>
    HeaderValueCharacter,

    /// <summary>A header line longer than <see cref="HttpLimits.MaxHeaderLine"/>: 431.</summary>
    HeaderLineTooLong,

    /// <summary>Header lines longer together than their limit: 431.</summary>
    HeadersTooLarge,

    /// <summary>More header lines than their limit: 431.</summary>
    TooManyHeaders,

    /// <summary>An HTTP/1.1 request without Host (RFC 9112 section 3.2).</summary>
    HostMissing,

    /// <summary>Two Host lines.</summary>
    HostRepeated,

    /// <summary>A Host, or an authority in the target, that is not a host with an optional port.</summary>
    HostMalformed,

    /// <summary>A Content-Length that is not a decimal number of at most 63 bits.</summary>
    ContentLengthMalformed,

    /// <summary>Two Content-Length lines in a request, or two of different value in a response.</summary>
    ContentLengthRepeated,

    /// <summary>Content-Length beside Transfer-Encoding (RFC 9112 section 6.1).</summary>
    ContentLengthWithTransferEncoding,

    /// <summary>A Transfer-Encoding that is not a list of codings.</summary>
    TransferEncodingMalformed,

    /// <summary>A Transfer-Encoding other than <c>chunked</c>, once: 501.</summary>
    TransferEncodingUnsupported,

    /// <summary>A request whose last transfer coding is not <c>chunked</c> (RFC 9112 section 6.3).</summary>
    TransferEncodingNotChunked,

    /// <summary>A Transfer-Encoding in an HTTP/1.0 message.</summary>
    TransferEncodingInHttp10,

    /// <summary>A chunk that does not start with its size in hexadecimal.</summary>
    ChunkSizeMalformed,

    /// <summary>A chunk size of more than 16 digits or 63 bits.</summary>
    ChunkSizeTooLarge,

    /// <summary>A control byte in a chunk extension, or something else than an extension after a chunk size.</summary>
    ChunkExtensionMalformed,

    /// <summary>A chunk-size line longer than <see cref="HttpLimits.MaxChunkLine"/>.</summary>
    ChunkLineTooLong,

    /// <summary>Chunk extensions longer together than <see cref="HttpLimits.MaxChunkExtensions"/>.</summary>
    ChunkExtensionsTooLarge,

    /// <summary>Chunk data that CR LF does not follow.</summary>
    ChunkDataUnterminated,

    /// <summary>A body longer than its limit: 413.</summary>
    BodyTooLarge,
}
