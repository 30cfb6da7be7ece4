using System;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Nng.WebSockets;

/// <summary>Close codes (RFC 6455, 7.4.1), what they come from, and what a close frame says.</summary>
internal static class WebSocketClose
{
    public const int Normal = 1000;
    public const int GoingAway = 1001;
    public const int ProtocolError = 1002;
    public const int UnsupportedData = 1003;
    public const int InvalidPayload = 1007;
    public const int TooBig = 1009;
    public const int InternalError = 1011;

    /// <summary>Stands for the code of a close frame without one; never sent.</summary>
    public const int NoCode = 1005;

    /// <summary>Bytes of a reason (RFC 6455, 5.5).</summary>
    public const int MaxReason = WebSocketFrame.MaxControl - 2;

    /// <summary>The code may stand in a close frame (RFC 6455, 7.4, and its registry).</summary>
    public static bool MayBeSent(int code) =>
        code is (>= Normal and <= UnsupportedData) or (>= InvalidPayload and <= 1014) or (>= 3000 and <= 4999);

    /// <summary>Reads the payload of a close frame; false when it breaks a rule, with what could be read.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out int code, out string reason)
    {
        code = NoCode;
        reason = string.Empty;
        if (payload.Length < 2)
            return payload.IsEmpty;
        code = BinaryPrimitives.ReadUInt16BigEndian(payload);
        payload = payload[2..];
        if (!payload.IsEmpty)
            reason = Encoding.UTF8.GetString(payload);
        return MayBeSent(code) && Utf8.IsValid(payload);
    }

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
