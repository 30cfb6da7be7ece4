using System.Threading;
using Nng.Core;

namespace Nng.Sp;

/// <summary>One identifier space: ids 1 to 0x7fffffff, ascending, wrapping, skipping those in use.</summary>
/// <remarks>Threading: safe from any thread.</remarks>
/// <typeparam name="T">What the ids stand for.</typeparam>
internal sealed class SpIdSpace<T>(bool randomStart)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly IdTable<T> _items = new(1, int.MaxValue, randomStart);

    public int Add(T item)
    {
        lock (_lock)
        {
            if (!_items.TryAllocate(item, out ulong id))
                Throw.Error(NngError.OutOfMemory, "All 2^31 - 1 identifiers are in use.");
            return (int)id;
        }
    }

    public void Remove(int id)
    {
        lock (_lock)
            _items.Remove((ulong)id);
    }

    public T? Find(int id)
    {
        lock (_lock)
            return _items.Get((ulong)id);
    }
}
