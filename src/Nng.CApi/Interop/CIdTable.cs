using System.Collections.Generic;
using System.Threading;
using Nng.Core;

namespace Nng.CApi;

/// <summary>Objects of the C face by the id of what they wrap.</summary>
/// <remarks>Threading: safe from any thread.</remarks>
/// <typeparam name="T">The wrapper.</typeparam>
internal sealed class CIdTable<T>
    where T : class
{
    private readonly Lock _lock = new();
    private readonly IdTable<T> _items = new(1, int.MaxValue);

    public void Add(int id, T item)
    {
        lock (_lock)
            _items.Set((ulong)id, item);
    }

    public T? Find(uint id)
    {
        lock (_lock)
            return _items.Get(id);
    }

    public T? Remove(int id)
    {
        lock (_lock)
            return _items.Remove((ulong)id);
    }

    public T[] All()
    {
        var all = new List<T>();
        lock (_lock)
        {
            ulong cursor = 0;
            while (_items.Visit(ref cursor, out _, out T? item))
                all.Add(item!);
        }

        return [.. all];
    }
}
