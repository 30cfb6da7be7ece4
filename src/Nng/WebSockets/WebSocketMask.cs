using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nng.WebSockets;

/// <summary>Masking, which is its own inverse (RFC 6455, 5.3), many bytes at a time.</summary>
/// <remarks>Wire code: no I/O, no state.</remarks>
internal static class WebSocketMask
{
    /// <summary>Copies bytes and masks the copy; source and target may be the same, but not overlap otherwise.</summary>
    /// <param name="source">Payload bytes.</param>
    /// <param name="target">At least as long.</param>
    /// <param name="key">The mask, in the order of the wire as a little-endian number.</param>
    /// <param name="phase">How many payload bytes of the frame come before; only its rest modulo 4 matters.</param>
    public static void Apply(ReadOnlySpan<byte> source, Span<byte> target, uint key, int phase)
    {
        int length = source.Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, length, nameof(target));
        uint turned = Turn(key, phase);
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref byte to = ref MemoryMarshal.GetReference(target);
        int at = 0;
        if (Vector256.IsHardwareAccelerated && length >= Vector256<byte>.Count)
        {
            Vector256<byte> wide = Vector256.Create(turned).AsByte();
            for (; at <= length - Vector256<byte>.Count; at += Vector256<byte>.Count)
                (Vector256.LoadUnsafe(ref from, (nuint)at) ^ wide).StoreUnsafe(ref to, (nuint)at);
        }

        if (length - at >= Vector128<byte>.Count)
        {
            Vector128<byte> narrow = Vector128.Create(turned).AsByte();
            for (; at <= length - Vector128<byte>.Count; at += Vector128<byte>.Count)
                (Vector128.LoadUnsafe(ref from, (nuint)at) ^ narrow).StoreUnsafe(ref to, (nuint)at);
        }

        for (; at <= length - sizeof(uint); at += sizeof(uint))
        {
            uint word = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref from, at));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, at), word ^ turned);
        }

        for (; at < length; at++)
            Unsafe.Add(ref to, at) = (byte)(Unsafe.Add(ref from, at) ^ (byte)(key >> (((phase + at) & 3) * 8)));
    }

    /// <summary>Masks bytes where they are.</summary>
    public static void Apply(Span<byte> bytes, uint key, int phase) => Apply(bytes, bytes, key, phase);

    /// <summary>The mask as it is in memory, beginning with the byte that is due.</summary>
    private static uint Turn(uint key, int phase)
    {
        uint turned = BitOperations.RotateRight(key, (phase & 3) * 8);
        return BitConverter.IsLittleEndian ? turned : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(turned);
    }
}
