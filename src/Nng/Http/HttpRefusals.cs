using System;

namespace Nng.Http;

/// <summary>What a refusal means to a server, to a connection and to a reader.</summary>
public static class HttpRefusals
{
    /// <summary>The status a server answers with before it closes the connection: 400, 413, 414, 431, 501 or 505.</summary>
    /// <param name="refusal">Any reason but <see cref="HttpRefusal.None"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no refusal.</exception>
    public static int ToStatus(this HttpRefusal refusal) => refusal switch
    {
        HttpRefusal.None => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "Nothing was refused."),
        HttpRefusal.RequestLineTooLong => HttpStatus.UriTooLong,
        HttpRefusal.VersionUnsupported => HttpStatus.HttpVersionNotSupported,
        HttpRefusal.HeaderLineTooLong or HttpRefusal.HeadersTooLarge or HttpRefusal.TooManyHeaders =>
            HttpStatus.RequestHeaderFieldsTooLarge,
        HttpRefusal.TransferEncodingUnsupported => HttpStatus.NotImplemented,
        HttpRefusal.BodyTooLarge => HttpStatus.ContentTooLarge,
        _ => HttpStatus.BadRequest,
    };

    /// <summary>The error of an operation that met the refusal: <see cref="NngError.MessageTooLarge"/> for an exceeded
    /// limit, else <see cref="NngError.Protocol"/>; <see cref="NngError.None"/> for none.</summary>
    /// <param name="refusal">Any reason.</param>
    public static NngError ToError(this HttpRefusal refusal) => refusal switch
    {
        HttpRefusal.None => NngError.None,
        HttpRefusal.RequestLineTooLong or HttpRefusal.StatusLineTooLong or HttpRefusal.HeaderLineTooLong
            or HttpRefusal.HeadersTooLarge or HttpRefusal.TooManyHeaders or HttpRefusal.ChunkSizeTooLarge
            or HttpRefusal.BodyTooLarge => NngError.MessageTooLarge,
        _ => NngError.Protocol,
    };

    /// <summary>A sentence for logs and error pages, in English, without the peer's bytes.</summary>
    /// <param name="refusal">Any value.</param>
    public static string ToText(this HttpRefusal refusal) => refusal switch
    {
        HttpRefusal.None => "Nothing was refused.",
        HttpRefusal.BlankLines => "Empty lines stand in the place of a message.",
        HttpRefusal.RequestLineMalformed => "The request line is not a method, a target and a version.",
        HttpRefusal.RequestLineTooLong => "The request line is too long.",
        HttpRefusal.MethodCharacter => "The method has a character that is not allowed.",
        HttpRefusal.TargetCharacter => "The target has a character that is not allowed.",
        HttpRefusal.TargetFragment => "The target has a fragment.",
        HttpRefusal.TargetForm => "The target has no form that the method allows.",
        HttpRefusal.TargetEscape => "The target has a malformed percent escape.",
        HttpRefusal.TargetNul => "The path has an encoded NUL.",
        HttpRefusal.TargetNotUtf8 => "The path is not UTF-8.",
        HttpRefusal.TargetAboveRoot => "The path climbs above the root.",
        HttpRefusal.VersionMalformed => "The HTTP version is malformed.",
        HttpRefusal.VersionUnsupported => "The HTTP version is not supported.",
        HttpRefusal.StatusMalformed => "The status code is malformed.",
        HttpRefusal.StatusLineTooLong => "The status line is too long.",
        HttpRefusal.ReasonCharacter => "The reason phrase has a control character.",
        HttpRefusal.BareLineFeed => "A line ends with LF instead of CR LF.",
        HttpRefusal.BareCarriageReturn => "A CR stands without LF.",
        HttpRefusal.LineFolding => "A header line starts with white space.",
        HttpRefusal.HeaderWithoutColon => "A header line has no colon.",
        HttpRefusal.HeaderNameEmpty => "A header has no name.",
        HttpRefusal.HeaderNameCharacter => "A header name has a character that is not allowed.",
        HttpRefusal.HeaderNameSpace => "A header name is followed by white space.",
        HttpRefusal.HeaderValueCharacter => "A header value has a control character.",
        HttpRefusal.HeaderLineTooLong => "A header line is too long.",
        HttpRefusal.HeadersTooLarge => "The header lines are too long together.",
        HttpRefusal.TooManyHeaders => "There are too many header lines.",
        HttpRefusal.HostMissing => "The Host header is missing.",
        HttpRefusal.HostRepeated => "There is more than one Host header.",
        HttpRefusal.HostMalformed => "The host is malformed.",
        HttpRefusal.ContentLengthMalformed => "The Content-Length is not a number.",
        HttpRefusal.ContentLengthRepeated => "There is more than one Content-Length.",
        HttpRefusal.ContentLengthWithTransferEncoding => "Content-Length and Transfer-Encoding exclude each other.",
        HttpRefusal.TransferEncodingMalformed => "The Transfer-Encoding is malformed.",
        HttpRefusal.TransferEncodingUnsupported => "The Transfer-Encoding is not supported.",
        HttpRefusal.TransferEncodingNotChunked => "The last transfer coding is not chunked.",
        HttpRefusal.TransferEncodingInHttp10 => "HTTP/1.0 has no Transfer-Encoding.",
        HttpRefusal.ChunkSizeMalformed => "A chunk has no size.",
        HttpRefusal.ChunkSizeTooLarge => "A chunk size is too large.",
        HttpRefusal.ChunkExtensionMalformed => "A chunk extension is malformed.",
        HttpRefusal.ChunkLineTooLong => "A chunk-size line is too long.",
        HttpRefusal.ChunkExtensionsTooLarge => "The chunk extensions are too long together.",
        HttpRefusal.ChunkDataUnterminated => "Chunk data is not followed by CR LF.",
        HttpRefusal.BodyTooLarge => "The body is too large.",
        _ => "The message was refused.",
    };
}
