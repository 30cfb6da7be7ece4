using System;
using System.Buffers.Binary;

namespace Nng.Sp.Transports;

/// <summary>The head of a frame: 8 bytes of length, on ipc after a type byte (transports sheet, 6.3).</summary>
/// <remarks>Wire code: no I/O, no state.</remarks>
internal readonly struct FrameFormat
{
    /// <summary>The only frame type: a message (F-12).</summary>
    private const byte MessageType = 1;

    private FrameFormat(bool hasType)
    {
        HeadLength = hasType ? 9 : 8;
    }

    /// <summary>tcp, tls and handed-over descriptors.</summary>
    public static FrameFormat Plain { get; } = new(hasType: false);

    /// <summary>ipc, on every operating system.</summary>
    public static FrameFormat Typed { get; } = new(hasType: true);

    public int HeadLength { get; }

    /// <summary>Writes the head of a frame of <paramref name="length"/> payload bytes.</summary>
    public void WriteHead(Span<byte> head, long length)
    {
        if (HeadLength == 9)
        {
            head[0] = MessageType;
            head = head[1..];
        }

        BinaryPrimitives.WriteInt64BigEndian(head, length);
    }

    /// <summary>
    /// Reads the head, which is all there. The type is checked before the length; a maximum of 0 is the largest array.
    /// </summary>
    public FrameRefusal ReadHead(ReadOnlySpan<byte> head, long maxLength, out ulong length)
    {
        length = BinaryPrimitives.ReadUInt64BigEndian(head[(HeadLength - 8)..]);
        if (HeadLength == 9 && head[0] != MessageType)
            return FrameRefusal.UnknownType;
        ulong limit = maxLength > 0 ? (ulong)Math.Min(maxLength, MaxPayload) : MaxPayload;
        return length > limit ? FrameRefusal.TooLong : FrameRefusal.None;
    }

    /// <summary>What a message object can hold beside its headroom; longer frames are refused even when unlimited.</summary>
    public const int MaxPayload = 0x7fff0000;
}
