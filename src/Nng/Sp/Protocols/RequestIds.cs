using System.Collections.Generic;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>
/// The outstanding request or survey ids of a socket: 0x80000000 to 0xffffffff, random start, then ascending, skipping
/// those in use (C-32, C-33). The owner locks.
/// </summary>
/// <typeparam name="T">Whose id it is.</typeparam>
internal sealed class RequestIds<T>
    where T : class
{
    private readonly Dictionary<uint, T> _owners = [];
    private uint _next = Backtrace.IdFlag | SecureRandom.Below(int.MaxValue);

    public Dictionary<uint, T>.ValueCollection Owners => _owners.Values;

    public uint Add(T owner)
    {
        uint id;
        do
        {
            id = _next;
            _next = (_next + 1) | Backtrace.IdFlag;
        }
        while (!_owners.TryAdd(id, owner));

        return id;
    }

    public T? Find(uint id) => _owners.GetValueOrDefault(id);

    public void Remove(uint id) => _owners.Remove(id);
}
