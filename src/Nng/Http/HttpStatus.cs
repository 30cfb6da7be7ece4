namespace Nng.Http;

/// <summary>Status codes and their reason phrases, as registered with IANA (RFC 9110 section 15).</summary>
public static class HttpStatus
{
    /// <summary>Smallest status code.</summary>
    public const int Minimum = 100;

    /// <summary>Largest status code.</summary>
    public const int Maximum = 999;

    /// <summary>100 Continue.</summary>
    public const int Continue = 100;

    /// <summary>101 Switching Protocols.</summary>
    public const int SwitchingProtocols = 101;

    /// <summary>102 Processing.</summary>
    public const int Processing = 102;

    /// <summary>103 Early Hints.</summary>
    public const int EarlyHints = 103;

    /// <summary>200 OK.</summary>
    public const int Ok = 200;

    /// <summary>201 Created.</summary>
    public const int Created = 201;

    /// <summary>202 Accepted.</summary>
    public const int Accepted = 202;

    /// <summary>203 Non-Authoritative Information.</summary>
    public const int NonAuthoritativeInformation = 203;

    /// <summary>204 No Content.</summary>
    public const int NoContent = 204;

    /// <summary>205 Reset Content.</summary>
    public const int ResetContent = 205;

    /// <summary>206 Partial Content.</summary>
    public const int PartialContent = 206;

    /// <summary>207 Multi-Status.</summary>
    public const int MultiStatus = 207;

    /// <summary>208 Already Reported.</summary>
    public const int AlreadyReported = 208;

    /// <summary>226 IM Used.</summary>
    public const int ImUsed = 226;

    /// <summary>300 Multiple Choices.</summary>
    public const int MultipleChoices = 300;

    /// <summary>301 Moved Permanently.</summary>
    public const int MovedPermanently = 301;

    /// <summary>302 Found.</summary>
    public const int Found = 302;

    /// <summary>303 See Other.</summary>
    public const int SeeOther = 303;

    /// <summary>304 Not Modified.</summary>
    public const int NotModified = 304;

    /// <summary>305 Use Proxy.</summary>
    public const int UseProxy = 305;

    /// <summary>307 Temporary Redirect.</summary>
    public const int TemporaryRedirect = 307;

    /// <summary>308 Permanent Redirect.</summary>
    public const int PermanentRedirect = 308;

    /// <summary>400 Bad Request.</summary>
    public const int BadRequest = 400;

    /// <summary>401 Unauthorized.</summary>
    public const int Unauthorized = 401;

    /// <summary>402 Payment Required.</summary>
    public const int PaymentRequired = 402;

    /// <summary>403 Forbidden.</summary>
    public const int Forbidden = 403;

    /// <summary>404 Not Found.</summary>
    public const int NotFound = 404;

    /// <summary>405 Method Not Allowed.</summary>
    public const int MethodNotAllowed = 405;

    /// <summary>406 Not Acceptable.</summary>
    public const int NotAcceptable = 406;

    /// <summary>407 Proxy Authentication Required.</summary>
    public const int ProxyAuthenticationRequired = 407;

    /// <summary>408 Request Timeout.</summary>
    public const int RequestTimeout = 408;

    /// <summary>409 Conflict.</summary>
    public const int Conflict = 409;

    /// <summary>410 Gone.</summary>
    public const int Gone = 410;

    /// <summary>411 Length Required.</summary>
    public const int LengthRequired = 411;

    /// <summary>412 Precondition Failed.</summary>
    public const int PreconditionFailed = 412;

    /// <summary>413 Content Too Large.</summary>
    public const int ContentTooLarge = 413;

    /// <summary>414 URI Too Long.</summary>
    public const int UriTooLong = 414;

    /// <summary>415 Unsupported Media Type.</summary>
    public const int UnsupportedMediaType = 415;

    /// <summary>416 Range Not Satisfiable.</summary>
    public const int RangeNotSatisfiable = 416;

    /// <summary>417 Expectation Failed.</summary>
    public const int ExpectationFailed = 417;

    /// <summary>418 I Am A Teapot.</summary>
    public const int Teapot = 418;

    /// <summary>421 Misdirected Request.</summary>
    public const int MisdirectedRequest = 421;

    /// <summary>422 Unprocessable Content.</summary>
    public const int UnprocessableContent = 422;

    /// <summary>423 Locked.</summary>
    public const int Locked = 423;

    /// <summary>424 Failed Dependency.</summary>
    public const int FailedDependency = 424;

    /// <summary>425 Too Early.</summary>
    public const int TooEarly = 425;

    /// <summary>426 Upgrade Required.</summary>
    public const int UpgradeRequired = 426;

    /// <summary>428 Precondition Required.</summary>
    public const int PreconditionRequired = 428;

    /// <summary>429 Too Many Requests.</summary>
    public const int TooManyRequests = 429;

    /// <summary>431 Request Header Fields Too Large.</summary>
    public const int RequestHeaderFieldsTooLarge = 431;

    /// <summary>451 Unavailable For Legal Reasons.</summary>
    public const int UnavailableForLegalReasons = 451;

    /// <summary>500 Internal Server Error.</summary>
    public const int InternalServerError = 500;

    /// <summary>501 Not Implemented.</summary>
    public const int NotImplemented = 501;

    /// <summary>502 Bad Gateway.</summary>
    public const int BadGateway = 502;

    /// <summary>503 Service Unavailable.</summary>
    public const int ServiceUnavailable = 503;

    /// <summary>504 Gateway Timeout.</summary>
    public const int GatewayTimeout = 504;

    /// <summary>505 HTTP Version Not Supported.</summary>
    public const int HttpVersionNotSupported = 505;

    /// <summary>506 Variant Also Negotiates.</summary>
    public const int VariantAlsoNegotiates = 506;

    /// <summary>507 Insufficient Storage.</summary>
    public const int InsufficientStorage = 507;

    /// <summary>508 Loop Detected.</summary>
    public const int LoopDetected = 508;

    /// <summary>510 Not Extended.</summary>
    public const int NotExtended = 510;

    /// <summary>511 Network Authentication Required.</summary>
    public const int NetworkAuthenticationRequired = 511;

    /// <summary>The reason phrase of a code; "Unknown HTTP Status" for one that has none.</summary>
    /// <param name="status">Any number.</param>
    public static string ReasonPhrase(int status) => status switch
    {
        Continue => "Continue",
        SwitchingProtocols => "Switching Protocols",
        Processing => "Processing",
        EarlyHints => "Early Hints",
        Ok => "OK",
        Created => "Created",
        Accepted => "Accepted",
        NonAuthoritativeInformation => "Non-Authoritative Information",
        NoContent => "No Content",
        ResetContent => "Reset Content",
        PartialContent => "Partial Content",
        MultiStatus => "Multi-Status",
        AlreadyReported => "Already Reported",
        ImUsed => "IM Used",
        MultipleChoices => "Multiple Choices",
        MovedPermanently => "Moved Permanently",
        Found => "Found",
        SeeOther => "See Other",
        NotModified => "Not Modified",
        UseProxy => "Use Proxy",
        TemporaryRedirect => "Temporary Redirect",
        PermanentRedirect => "Permanent Redirect",
        BadRequest => "Bad Request",
        Unauthorized => "Unauthorized",
        PaymentRequired => "Payment Required",
        Forbidden => "Forbidden",
        NotFound => "Not Found",
        MethodNotAllowed => "Method Not Allowed",
        NotAcceptable => "Not Acceptable",
        ProxyAuthenticationRequired => "Proxy Authentication Required",
        RequestTimeout => "Request Timeout",
        Conflict => "Conflict",
        Gone => "Gone",
        LengthRequired => "Length Required",
        PreconditionFailed => "Precondition Failed",
        ContentTooLarge => "Content Too Large",
        UriTooLong => "URI Too Long",
        UnsupportedMediaType => "Unsupported Media Type",
        RangeNotSatisfiable => "Range Not Satisfiable",
        ExpectationFailed => "Expectation Failed",
        Teapot => "I Am A Teapot",
        MisdirectedRequest => "Misdirected Request",
        UnprocessableContent => "Unprocessable Content",
        Locked => "Locked",
        FailedDependency => "Failed Dependency",
        TooEarly => "Too Early",
        UpgradeRequired => "Upgrade Required",
        PreconditionRequired => "Precondition Required",
        TooManyRequests => "Too Many Requests",
        RequestHeaderFieldsTooLarge => "Request Header Fields Too Large",
        UnavailableForLegalReasons => "Unavailable For Legal Reasons",
        InternalServerError => "Internal Server Error",
        NotImplemented => "Not Implemented",
        BadGateway => "Bad Gateway",
        ServiceUnavailable => "Service Unavailable",
        GatewayTimeout => "Gateway Timeout",
        HttpVersionNotSupported => "HTTP Version Not Supported",
        VariantAlsoNegotiates => "Variant Also Negotiates",
        InsufficientStorage => "Insufficient Storage",
        LoopDetected => "Loop Detected",
        NotExtended => "Not Extended",
        NetworkAuthenticationRequired => "Network Authentication Required",
        _ => "Unknown HTTP Status",
    };
}
