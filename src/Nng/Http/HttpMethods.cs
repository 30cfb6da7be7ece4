using System;

namespace Nng.Http;

/// <summary>The request methods of RFC 9110 section 9 and RFC 5789. A method is any token, case-sensitive.</summary>
public static class HttpMethods
{
    /// <summary>GET.</summary>
    public const string Get = "GET";

    /// <summary>HEAD.</summary>
    public const string Head = "HEAD";

    /// <summary>POST.</summary>
    public const string Post = "POST";

    /// <summary>PUT.</summary>
    public const string Put = "PUT";

    /// <summary>DELETE.</summary>
    public const string Delete = "DELETE";

    /// <summary>CONNECT.</summary>
    public const string Connect = "CONNECT";

    /// <summary>OPTIONS.</summary>
    public const string Options = "OPTIONS";

    /// <summary>TRACE.</summary>
    public const string Trace = "TRACE";

    /// <summary>PATCH.</summary>
    public const string Patch = "PATCH";

    /// <summary>The constant for one of the methods above; null for any other text.</summary>
    internal static string? Known(ReadOnlySpan<byte> method) => method.Length switch
    {
        3 => method.SequenceEqual("GET"u8) ? Get : method.SequenceEqual("PUT"u8) ? Put : null,
        4 => method.SequenceEqual("HEAD"u8) ? Head : method.SequenceEqual("POST"u8) ? Post : null,
        5 => method.SequenceEqual("PATCH"u8) ? Patch : method.SequenceEqual("TRACE"u8) ? Trace : null,
        6 => method.SequenceEqual("DELETE"u8) ? Delete : null,
        7 => method.SequenceEqual("OPTIONS"u8) ? Options : method.SequenceEqual("CONNECT"u8) ? Connect : null,
        _ => null,
    };

    /// <summary>Whether the text is one of the methods above.</summary>
    internal static bool IsKnown(string method) =>
        method is Get or Head or Post or Put or Delete or Connect or Options or Trace or Patch;
}
