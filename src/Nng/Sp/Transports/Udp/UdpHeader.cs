using System;
using System.Buffers.Binary;

namespace Nng.Sp.Transports;

/// <summary>What a datagram is.</summary>
internal enum UdpOpcode : byte
{
    /// <summary>A message; parameter 0 is its length.</summary>
    Data = 0,

    /// <summary>A dialer connects, or stays connected; parameters: the longest message it takes, refresh seconds.</summary>
    Request = 1,

    /// <summary>The listener's answer; the same parameters.</summary>
    Accept = 2,

    /// <summary>The sender has closed the connection; parameter 0 says why.</summary>
    Disconnect = 3,
}

/// <summary>Why a connection was closed.</summary>
internal enum UdpReason : ushort
{
    Closed = 0,
    WrongType = 1,
    Refused = 3,
    TooLarge = 4,
    Negotiation = 5,
    Inactive = 6,
    Protocol = 7,
    NoResources = 8,
}

/// <summary>The eight bytes in front of every datagram, little-endian (transports sheet, 16.1).</summary>
/// <param name="Opcode">Any value may come.</param>
/// <param name="Type">The sender's protocol number.</param>
/// <param name="First">Parameter 0.</param>
/// <param name="Second">Parameter 1.</param>
internal readonly record struct UdpHeader(UdpOpcode Opcode, ushort Type, ushort First, ushort Second = 0)
{
    public const int Length = 8;

    private const byte Version = 1;

    /// <summary>False for what is no datagram of ours, which is ignored (D-16).</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out UdpHeader header)
    {
        header = default;
        if (datagram.Length < Length || datagram[0] != Version)
            return false;
        header = new UdpHeader(
            (UdpOpcode)datagram[1],
            BinaryPrimitives.ReadUInt16LittleEndian(datagram[2..]),
            BinaryPrimitives.ReadUInt16LittleEndian(datagram[4..]),
            BinaryPrimitives.ReadUInt16LittleEndian(datagram[6..]));
        return true;
    }

    public void Write(Span<byte> datagram)
    {
        datagram[0] = Version;
        datagram[1] = (byte)Opcode;
        BinaryPrimitives.WriteUInt16LittleEndian(datagram[2..], Type);
        BinaryPrimitives.WriteUInt16LittleEndian(datagram[4..], First);
        BinaryPrimitives.WriteUInt16LittleEndian(datagram[6..], Second);
    }
}
