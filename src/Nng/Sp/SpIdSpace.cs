using System.Collections.Generic;
using System.Security.Cryptography;
using System.Threading;

namespace Nng.Sp;

/// <summary>One identifier space: ids 1 to 0x7fffffff, ascending, wrapping, skipping those in use.</summary>
/// <remarks>Threading: safe from any thread.</remarks>
/// <typeparam name="T">What the ids stand for.</typeparam>
internal sealed class SpIdSpace<T>(bool randomStart)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, T> _items = [];
    private int _last = randomStart ? RandomNumberGenerator.GetInt32(int.MaxValue) : 0;

    public int Add(T item)
    {
        lock (_lock)
        {
            do
            {
                _last = _last == int.MaxValue ? 1 : _last + 1;
            }
            while (!_items.TryAdd(_last, item));

            return _last;
        }
    }

    public void Remove(int id)
    {
        lock (_lock)
            _items.Remove(id);
    }

    public T? Find(int id)
    {
        lock (_lock)
            return _items.GetValueOrDefault(id);
    }
}
