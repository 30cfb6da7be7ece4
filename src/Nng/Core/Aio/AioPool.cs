using System;
using System.Threading;

namespace Nng.Core;

/// <summary>Pools the operations behind awaits and synchronous waits.</summary>
/// <remarks>Threading: every call is safe from any thread. Bounded: return may drop.</remarks>
internal static class AioPool
{
    private const int LocalCapacity = 8;
    private const int SharedCapacity = 1024;

    private static readonly Lock s_lock = new();
    private static readonly Aio?[] s_items = new Aio?[SharedCapacity];
    private static int s_count;

    [ThreadStatic]
    private static LocalStack? t_local;

    public static Aio Rent()
    {
        LocalStack local = t_local ??= new LocalStack();
        if (local.Count > 0)
        {
            Aio aio = local.Items[--local.Count]!;
            local.Items[local.Count] = null;
            return aio;
        }

        lock (s_lock)
        {
            if (s_count > 0)
            {
                Aio aio = s_items[--s_count]!;
                s_items[s_count] = null;
                return aio;
            }
        }

        return new Aio();
    }

    public static void Return(Aio aio)
    {
        LocalStack local = t_local ??= new LocalStack();
        if (local.Count < LocalCapacity)
        {
            local.Items[local.Count++] = aio;
            return;
        }

        lock (s_lock)
        {
            if (s_count < SharedCapacity)
                s_items[s_count++] = aio;
        }
    }

    private sealed class LocalStack
    {
        public readonly Aio?[] Items = new Aio?[LocalCapacity];
        public int Count;
    }
}
