using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Nng.CApi;

/// <summary>
/// Opaque C pointers to managed objects. A pointer is the address of a small native block that names its kind and the
/// slot of its object; blocks are reused, never freed, so a stale pointer is met by a test, not by a fault.
/// </summary>
/// <remarks>
/// Threading: safe from any thread. Looking up takes no lock. Each thread keeps some free blocks for itself.
/// </remarks>
internal static unsafe class HandleTable
{
    private const int SegmentShift = 10;
    private const int SegmentSize = 1 << SegmentShift;
    private const int MaxSegments = 1 << 14;
    private const int LocalCapacity = 64;

    private static readonly Lock s_lock = new();
    private static readonly object?[]?[] s_objects = new object?[MaxSegments][];

    /// <summary>Free blocks that no thread keeps.</summary>
    private static nint[] s_free = new nint[SegmentSize];

    private static int s_freeCount;
    private static int s_segments;

    [ThreadStatic]
    private static LocalStack? t_local;

    /// <summary>Makes a pointer for an object, which stays alive until <see cref="Remove"/>.</summary>
    public static nint Add(HandleKind kind, object target)
    {
        LocalStack local = t_local ??= new LocalStack();
        if (local.Count == 0)
            Refill(local);
        nint pointer = local.Items[--local.Count];
        var block = (Block*)pointer;
        s_objects[block->Index >> SegmentShift]![block->Index & (SegmentSize - 1)] = target;
        Volatile.Write(ref block->Kind, (int)kind);
        return pointer;
    }

    /// <summary>The object of a pointer; null for NULL, a stale pointer or one of another kind.</summary>
    public static T? Find<T>(nint pointer, HandleKind kind)
        where T : class
    {
        if (pointer == 0)
            return null;
        var block = (Block*)pointer;
        if (Volatile.Read(ref block->Kind) != (int)kind)
            return null;
        return Unsafe.As<T>(s_objects[block->Index >> SegmentShift]![block->Index & (SegmentSize - 1)]);
    }

    /// <summary>Makes a pointer stale and gives its object; of several callers one gets it, the others null.</summary>
    public static T? Remove<T>(nint pointer, HandleKind kind)
        where T : class
    {
        T? target = Find<T>(pointer, kind);
        var block = (Block*)pointer;
        if (target is null || Interlocked.CompareExchange(ref block->Kind, (int)HandleKind.None, (int)kind) != (int)kind)
            return null;
        s_objects[block->Index >> SegmentShift]![block->Index & (SegmentSize - 1)] = null;
        LocalStack local = t_local ??= new LocalStack();
        if (local.Count == LocalCapacity)
            Spill(local);
        local.Items[local.Count++] = pointer;
        return target;
    }

    private static void Refill(LocalStack local)
    {
        lock (s_lock)
        {
            if (s_freeCount == 0)
                Grow();
            int count = Math.Min(LocalCapacity / 2, s_freeCount);
            for (int i = 0; i < count; i++)
                local.Items[local.Count++] = s_free[--s_freeCount];
        }
    }

    private static void Spill(LocalStack local)
    {
        lock (s_lock)
        {
            if (s_freeCount + LocalCapacity > s_free.Length)
                Array.Resize(ref s_free, s_free.Length * 2);
            while (local.Count > LocalCapacity / 2)
                s_free[s_freeCount++] = local.Items[--local.Count];
        }
    }

    private static void Grow()
    {
        if (s_segments == MaxSegments)
            throw new OutOfMemoryException("Too many objects are open on the C face.");
        var blocks = (Block*)NativeMemory.AllocZeroed(SegmentSize, (nuint)sizeof(Block));
        s_objects[s_segments] = new object?[SegmentSize];
        for (int i = SegmentSize - 1; i >= 0; i--)
        {
            blocks[i].Index = (s_segments << SegmentShift) + i;
            s_free[s_freeCount++] = (nint)(blocks + i);
        }

        s_segments++;
    }

    /// <summary>16 bytes, so that a pointer is as aligned as C expects of any object.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 16)]
    private struct Block
    {
        public int Kind;
        public int Index;
    }

    private sealed class LocalStack
    {
        public readonly nint[] Items = new nint[LocalCapacity];
        public int Count;

        ~LocalStack()
        {
            // The thread is gone: its blocks go back.
            lock (s_lock)
            {
                while (s_freeCount + Count > s_free.Length)
                    Array.Resize(ref s_free, s_free.Length * 2);
                while (Count > 0)
                    s_free[s_freeCount++] = Items[--Count];
            }
        }
    }
}
