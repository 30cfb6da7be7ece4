using System;
using System.Buffers.Binary;

namespace Nng.Sp.Transports;

/// <summary>The 8 bytes each side sends first (transports sheet, 6.1).</summary>
/// <remarks>Wire code: no I/O, no state.</remarks>
internal static class Handshake
{
    public const int Length = 8;

    public static void Write(Span<byte> block, ushort protocol)
    {
        block[0] = 0;
        block[1] = (byte)'S';
        block[2] = (byte)'P';
        block[3] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(block[4..], protocol);
        block[6] = 0;
        block[7] = 0;
    }

    /// <summary>Reads a whole block; false when it is not one of this version (F-3).</summary>
    public static bool TryRead(ReadOnlySpan<byte> block, out ushort protocol)
    {
        protocol = BinaryPrimitives.ReadUInt16BigEndian(block[4..]);
        return block[0] == 0 && block[1] == (byte)'S' && block[2] == (byte)'P' && block[3] == 0
            && block[6] == 0 && block[7] == 0;
    }
}
