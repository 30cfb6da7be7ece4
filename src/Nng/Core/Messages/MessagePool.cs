using System;
using System.Threading;

namespace Nng.Core;

/// <summary>
/// Pools message objects, each with a small body storage attached, so that a small message costs one pop.
/// </summary>
/// <remarks>
/// Threading: every call is safe from any thread; see <see cref="ChunkPool"/> for the two levels. Bounded. What a
/// thread has kept for itself is for the others when it ends.
/// </remarks>
internal static class MessagePool
{
    private const int LocalCapacity = 64;
    private const int SharedCapacity = 8192;

    private static readonly Lock s_lock = new();
    private static readonly Message?[] s_items = new Message?[SharedCapacity];
    private static int s_count;

    [ThreadStatic]
    private static LocalStack? t_local;

    /// <summary>Told of an object with a token that the pool gives up.</summary>
    public static Action<Message>? Dropped { get; set; }

    /// <summary>Returns an idle message object: with its small storage attached, or a new one.</summary>
    public static Message Rent()
    {
        LocalStack local = t_local ??= new LocalStack();
        if (local.Count == 0 && !Refill(local))
            return new Message(pooled: true);
        Message message = local.Items[--local.Count]!;
        local.Items[local.Count] = null;
        return message;
    }

    public static void Return(Message message)
    {
        LocalStack local = t_local ??= new LocalStack();
        if (local.Count == LocalCapacity)
            Spill(local, LocalCapacity / 2);
        local.Items[local.Count++] = message;
    }

    private static bool Refill(LocalStack local)
    {
        if (Volatile.Read(ref s_count) == 0)
            return false;
        lock (s_lock)
        {
            int n = Math.Min(s_count, LocalCapacity / 2);
            for (int i = 0; i < n; i++)
            {
                local.Items[local.Count++] = s_items[--s_count];
                s_items[s_count] = null;
            }

            return n > 0;
        }
    }

    private static void Spill(LocalStack local, int keep)
    {
        lock (s_lock)
        {
            while (local.Count > keep)
            {
                Message message = local.Items[--local.Count]!;
                local.Items[local.Count] = null;
                if (s_count < SharedCapacity)
                    s_items[s_count++] = message;
                else if (message.Token != 0)
                    Dropped?.Invoke(message);
            }
        }
    }

    private sealed class LocalStack
    {
        public readonly Message?[] Items = new Message?[LocalCapacity];
        public int Count;

        /// <summary>The thread is gone.</summary>
        ~LocalStack() => Spill(this, 0);
    }
}
