using System;
using System.Buffers.Binary;

namespace Nng.WebSockets;

/// <summary>The head of a frame (RFC 6455, 5.2).</summary>
/// <remarks>Wire code: no I/O, no state.</remarks>
internal static class WebSocketFrame
{
    public const byte Fin = 0x80;

    /// <summary>Per-message compression (RFC 7692, 6).</summary>
    public const byte Rsv1 = 0x40;

    public const byte RsvMask = 0x70;
    public const byte OpcodeMask = 0x0f;
    public const byte ControlBit = 0x08;

    /// <summary>Longest payload of a control frame (RFC 6455, 5.5).</summary>
    public const int MaxControl = 125;

    /// <summary>Two bytes, eight of length, four of the mask.</summary>
    public const int MaxHead = 14;

    private const byte MaskBit = 0x80;

    /// <summary>The 7-bit length that announces two bytes of length.</summary>
    private const int Length16 = 126;

    /// <summary>The 7-bit length that announces eight bytes of length.</summary>
    private const int Length64 = 127;

    /// <summary>Reads a head; false when not all of it is there.</summary>
    /// <param name="bytes">What has been received.</param>
    /// <param name="head">The head; valid after success.</param>
    /// <param name="isMinimal">The length is in as few bytes as it needs.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out WebSocketHead head, out bool isMinimal)
    {
        head = default;
        isMinimal = true;
        if (bytes.Length < 2)
            return false;
        bool masked = (bytes[1] & MaskBit) != 0;
        int length7 = bytes[1] & ~MaskBit;
        int at = length7 switch { Length16 => 4, Length64 => 10, _ => 2 };
        int end = masked ? at + 4 : at;
        if (bytes.Length < end)
            return false;
        ulong length = (uint)length7;
        if (length7 == Length16)
        {
            length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
            isMinimal = length >= Length16;
        }
        else if (length7 == Length64)
        {
            length = BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]);
            isMinimal = length > ushort.MaxValue;
        }

        uint key = masked ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) : 0;
        head = new WebSocketHead(bytes[0], masked, length, key, end);
        return true;
    }

    /// <summary>Writes a head in as few bytes as possible; returns how many.</summary>
    /// <param name="target">At least <see cref="MaxHead"/> bytes.</param>
    /// <param name="first">FIN, the reserved bits and the opcode.</param>
    /// <param name="length">Payload bytes.</param>
    /// <param name="masked">The payload is masked.</param>
    /// <param name="key">With what.</param>
    public static int Write(Span<byte> target, byte first, long length, bool masked, uint key)
    {
        byte mask = masked ? MaskBit : (byte)0;
        target[0] = first;
        int at;
        if (length < Length16)
        {
            target[1] = (byte)(mask | (byte)length);
            at = 2;
        }
        else if (length <= ushort.MaxValue)
        {
            target[1] = (byte)(mask | Length16);
            BinaryPrimitives.WriteUInt16BigEndian(target[2..], (ushort)length);
            at = 4;
        }
        else
        {
            target[1] = (byte)(mask | Length64);
            BinaryPrimitives.WriteInt64BigEndian(target[2..], length);
            at = 10;
        }

        if (!masked)
            return at;
        BinaryPrimitives.WriteUInt32LittleEndian(target[at..], key);
        return at + 4;
    }
}
