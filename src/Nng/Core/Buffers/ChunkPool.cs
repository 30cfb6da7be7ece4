using System;
using System.Numerics;
using System.Threading;

namespace Nng.Core;

/// <summary>Pools pinned storage in power-of-two size classes from 256 bytes to 1 MiB.</summary>
/// <remarks>
/// Threading: every call is safe from any thread. Each thread keeps a few chunks of each class for itself and trades
/// with the shared stacks in batches, so that the common rent and return take no lock. All levels are bounded: rent
/// may allocate, return may drop.
/// </remarks>
internal static class ChunkPool
{
    /// <summary>Smallest class, 2^8 bytes.</summary>
    public const int MinShift = 8;

    /// <summary>Largest class, 2^20 bytes; larger storage is allocated and left to the collector.</summary>
    public const int MaxShift = 20;

    private const int ClassCount = MaxShift - MinShift + 1;

    /// <summary>What the shared stacks keep at most, per class.</summary>
    private const int SharedBytesPerClass = 16 << 20;

    private static readonly SharedStack[] s_shared = CreateShared();

    [ThreadStatic]
    private static LocalStack[]? t_local;

    /// <summary>Returns storage of at least <paramref name="size"/> bytes, content undefined, held once.</summary>
    public static Chunk Rent(int size)
    {
        int sizeClass = ClassOf(size);
        if (sizeClass >= ClassCount)
            return Allocate(size, -1);
        LocalStack local = (t_local ??= CreateLocal())[sizeClass];
        if (local.Count == 0 && !s_shared[sizeClass].Refill(local))
            return Allocate(1 << (sizeClass + MinShift), sizeClass);
        Chunk chunk = local.Items[--local.Count]!;
        local.Items[local.Count] = null;
        chunk.Own();
        return chunk;
    }

    /// <summary>Gives up one hold; the last one returns the storage to the pool.</summary>
    public static void Release(Chunk chunk)
    {
        if (!chunk.RemoveShare() || chunk.SizeClass < 0)
            return;
        LocalStack local = (t_local ??= CreateLocal())[chunk.SizeClass];
        if (local.Count == local.Items.Length)
            s_shared[chunk.SizeClass].Spill(local);
        local.Items[local.Count++] = chunk;
    }

    private static int ClassOf(int size) =>
        size <= 1 << MinShift ? 0 : BitOperations.Log2((uint)(size - 1)) + 1 - MinShift;

    private static Chunk Allocate(int size, int sizeClass)
    {
        var chunk = new Chunk(GC.AllocateUninitializedArray<byte>(size, pinned: true), sizeClass);
        chunk.Own();
        return chunk;
    }

    private static LocalStack[] CreateLocal()
    {
        var stacks = new LocalStack[ClassCount];
        for (int i = 0; i < stacks.Length; i++)
            stacks[i] = new LocalStack(i <= 4 ? 64 : i <= 8 ? 16 : 4);
        return stacks;
    }

    private static SharedStack[] CreateShared()
    {
        var stacks = new SharedStack[ClassCount];
        for (int i = 0; i < stacks.Length; i++)
            stacks[i] = new SharedStack(Math.Min(8192, SharedBytesPerClass >> (i + MinShift)));
        return stacks;
    }

    /// <summary>One thread's chunks of one class.</summary>
    private sealed class LocalStack(int capacity)
    {
        public readonly Chunk?[] Items = new Chunk?[capacity];
        public int Count;
    }

    /// <summary>All threads' spare chunks of one class.</summary>
    private sealed class SharedStack(int capacity)
    {
        private readonly Lock _lock = new();
        private readonly Chunk?[] _items = new Chunk?[capacity];
        private int _count;

        /// <summary>Moves up to half a local stack's worth into <paramref name="local"/>; false when there is none.</summary>
        public bool Refill(LocalStack local)
        {
            lock (_lock)
            {
                int n = Math.Min(_count, local.Items.Length / 2);
                for (int i = 0; i < n; i++)
                {
                    local.Items[local.Count++] = _items[--_count];
                    _items[_count] = null;
                }

                return n > 0;
            }
        }

        /// <summary>Takes half of a full local stack; what does not fit is dropped.</summary>
        public void Spill(LocalStack local)
        {
            lock (_lock)
            {
                int keep = local.Items.Length / 2;
                while (local.Count > keep)
                {
                    Chunk chunk = local.Items[--local.Count]!;
                    local.Items[local.Count] = null;
                    if (_count < _items.Length)
                        _items[_count++] = chunk;
                }
            }
        }
    }
}
