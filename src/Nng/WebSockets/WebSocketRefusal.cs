namespace Nng.WebSockets;

/// <summary>Why a peer's bytes are refused; each ends the connection with a close code (transports sheet, 13.8).</summary>
internal enum WebSocketRefusal
{
    /// <summary>They are accepted.</summary>
    None,

    /// <summary>A length in more bytes than it needs (RFC 6455, 5.2).</summary>
    LengthNotMinimal,

    /// <summary>A frame above <c>ws:rxframe-max</c>.</summary>
    FrameTooLong,

    /// <summary>A message above <c>recv-size-max</c>, or what can be held at all.</summary>
    MessageTooLong,

    /// <summary>A client that does not mask, or a server that does (RFC 6455, 5.1).</summary>
    WrongMasking,

    /// <summary>A reserved bit without an extension that gives it a meaning.</summary>
    ReservedBits,

    /// <summary>An opcode that is not known.</summary>
    UnknownOpcode,

    /// <summary>A continuation while no message is open.</summary>
    NothingToContinue,

    /// <summary>A new message while one is open.</summary>
    MessageOpen,

    /// <summary>Text where only binary messages are taken.</summary>
    UnexpectedText,

    /// <summary>A control frame above 125 bytes (RFC 6455, 5.5).</summary>
    ControlTooLong,

    /// <summary>A control frame that is not the last of its message.</summary>
    ControlFragmented,

    /// <summary>Text that is not UTF-8, where that is checked.</summary>
    InvalidText,

    /// <summary>Compressed bytes that are none.</summary>
    InvalidDeflate,

    /// <summary>There is no memory for it.</summary>
    NoMemory,
}
