using System;
using System.Buffers.Binary;
using Xunit.Sdk;

namespace Nng.TestKit;

/// <summary>The 8-byte block both sides of a stream connection send first: <c>00 'SP' 00 nnnn 0000</c>.</summary>
public static class SpHandshake
{
    /// <summary>Length of the block.</summary>
    public const int Length = 8;

    /// <summary>The block a side of the given protocol number sends.</summary>
    public static byte[] Block(int protocol)
    {
        byte[] block = [0x00, (byte)'S', (byte)'P', 0x00, 0, 0, 0x00, 0x00];
        BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(4), checked((ushort)protocol));
        return block;
    }

    /// <summary>The protocol number in a block; fails the test when the block is malformed.</summary>
    public static int ReadProtocol(byte[] block)
    {
        bool wellFormed = block is [0x00, (byte)'S', (byte)'P', 0x00, _, _, 0x00, 0x00];
        return wellFormed
            ? BinaryPrimitives.ReadUInt16BigEndian(block.AsSpan(4))
            : throw new XunitException($"Malformed handshake: {WireText.Hex(block)}.");
    }
}
