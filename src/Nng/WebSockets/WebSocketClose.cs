namespace Nng.WebSockets;

/// <summary>Close codes (RFC 6455, 7.4.1) and what they come from.</summary>
internal static class WebSocketClose
{
    public const int Normal = 1000;
    public const int GoingAway = 1001;
    public const int ProtocolError = 1002;
    public const int UnsupportedData = 1003;
    public const int InvalidPayload = 1007;
    public const int TooBig = 1009;
    public const int InternalError = 1011;

    /// <summary>The code that a refusal is answered with.</summary>
    public static int CodeOf(WebSocketRefusal refusal) => refusal switch
    {
        WebSocketRefusal.FrameTooLong or WebSocketRefusal.MessageTooLong => TooBig,
        WebSocketRefusal.UnexpectedText => UnsupportedData,
        WebSocketRefusal.InvalidText or WebSocketRefusal.InvalidDeflate => InvalidPayload,
        WebSocketRefusal.NoMemory => InternalError,
        _ => ProtocolError,
    };

    /// <summary>What the refusal is to this side.</summary>
    public static NngError ErrorOf(WebSocketRefusal refusal) => refusal switch
    {
        WebSocketRefusal.FrameTooLong or WebSocketRefusal.MessageTooLong => NngError.MessageTooLarge,
        WebSocketRefusal.NoMemory => NngError.OutOfMemory,
        _ => NngError.Protocol,
    };
}
