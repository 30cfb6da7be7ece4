using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nng.Streams;

/// <summary>Sends on a descriptor without blocking, from one piece or many, with one system call.</summary>
/// <remarks>
/// Memory that may move is pinned by <c>fixed</c> statements, four a frame of a recursion: a pinned local costs
/// nothing until a collection happens to come, while a pinning handle costs some 40 ns each.
/// </remarks>
internal static unsafe class EpollGather
{
    /// <summary>Elements of one call for memory that is pinned on the stack: 64 frames, and 4 KiB of vectors.</summary>
    public const int MaxPinned = 256;

    private const int Flags = LinuxNative.MsgDontWait | LinuxNative.MsgNoSignal;

    /// <summary>Elements pinned by one frame.</summary>
    private const int PerFrame = 4;

    /// <summary>Sends one piece.</summary>
    public static nint Send(int descriptor, ReadOnlySpan<byte> bytes, out int errno)
    {
        fixed (byte* first = bytes)
        {
            nint count = LinuxNative.Send(descriptor, first, (nuint)bytes.Length, Flags);
            errno = count < 0 ? Marshal.GetLastPInvokeError() : 0;
            return count;
        }
    }

    /// <summary>Sends pieces of pinned arrays, whose addresses hold without further ado.</summary>
    public static nint Send(int descriptor, ReadOnlySpan<IoSegment> segments, out int errno)
    {
        if (segments.Length == 1)
        {
            ref readonly IoSegment only = ref segments[0];
            nint count = LinuxNative.Send(descriptor, Address(only), (nuint)only.Count, Flags);
            errno = count < 0 ? Marshal.GetLastPInvokeError() : 0;
            return count;
        }

        LinuxNative.IoVector* vectors = stackalloc LinuxNative.IoVector[segments.Length];
        for (int i = 0; i < segments.Length; i++)
        {
            vectors[i].Base = Address(segments[i]);
            vectors[i].Length = (nuint)segments[i].Count;
        }

        return SendVectors(descriptor, vectors, segments.Length, out errno);
    }

    /// <summary>Sends up to <see cref="MaxPinned"/> elements of memory that may move; empty ones are skipped.</summary>
    [SkipLocalsInit]
    public static nint Send(int descriptor, ReadOnlySpan<ReadOnlyMemory<byte>> segments, int offset, out int errno)
    {
        LinuxNative.IoVector* vectors = stackalloc LinuxNative.IoVector[MaxPinned];
        return SendPinned(descriptor, segments, offset, vectors, 0, out errno);
    }

    private static nint SendPinned(
        int descriptor,
        ReadOnlySpan<ReadOnlyMemory<byte>> rest,
        int offset,
        LinuxNative.IoVector* vectors,
        int used,
        out int errno)
    {
        int next = 0;
        fixed (byte* a = Next(rest, ref next, offset, ref vectors[used].Length),
            b = Next(rest, ref next, 0, ref vectors[used + 1].Length),
            c = Next(rest, ref next, 0, ref vectors[used + 2].Length),
            d = Next(rest, ref next, 0, ref vectors[used + 3].Length))
        {
            vectors[used].Base = a;
            vectors[used + 1].Base = b;
            vectors[used + 2].Base = c;
            vectors[used + 3].Base = d;
            used += PerFrame;
            if (next < rest.Length && used < MaxPinned)
                return SendPinned(descriptor, rest[next..], 0, vectors, used, out errno);
            while (used > 1 && vectors[used - 1].Length == 0)
                used--;
            return SendVectors(descriptor, vectors, used, out errno);
        }
    }

    /// <summary>The next element that is not empty; an empty span behind the last one.</summary>
    private static ReadOnlySpan<byte> Next(
        ReadOnlySpan<ReadOnlyMemory<byte>> rest, ref int next, int offset, ref nuint length)
    {
        ReadOnlySpan<byte> bytes = default;
        while (bytes.IsEmpty && next < rest.Length)
            bytes = rest[next++].Span[offset..];
        length = (nuint)bytes.Length;
        return bytes;
    }

    private static nint SendVectors(int descriptor, LinuxNative.IoVector* vectors, int count, out int errno)
    {
        var message = default(LinuxNative.MessageHeader);
        message.Vectors = vectors;
        message.VectorCount = (nuint)count;
        nint sent = LinuxNative.SendMessage(descriptor, &message, Flags);
        errno = sent < 0 ? Marshal.GetLastPInvokeError() : 0;
        return sent;
    }

    /// <summary>The arrays are pinned for good, so their addresses hold beyond the statement.</summary>
    private static void* Address(in IoSegment segment) =>
        (void*)Marshal.UnsafeAddrOfPinnedArrayElement(segment.Bytes, segment.Offset);
}
