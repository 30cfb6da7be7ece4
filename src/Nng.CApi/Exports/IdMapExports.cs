using System;
using System.Runtime.InteropServices;
using Nng.Core;

namespace Nng.CApi;

/// <summary>Chapter: id maps. Values are pointers, kept boxed.</summary>
internal static unsafe class IdMapExports
{
    [UnmanagedCallersOnly(EntryPoint = "nngm_id_map_alloc")]
    public static int Alloc(nint* map, ulong lowest, ulong highest, int random)
    {
        try
        {
            *map = HandleTable.Add(HandleKind.IdMap, new IdTable<object>(lowest, highest, random != 0));
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_id_map_free")]
    public static void Free(nint map) => HandleTable.Remove<IdTable<object>>(map, HandleKind.IdMap);

    [UnmanagedCallersOnly(EntryPoint = "nngm_id_get")]
    public static nint Get(nint map, ulong id) => Find(map)?.Get(id) is nint value ? value : 0;

    [UnmanagedCallersOnly(EntryPoint = "nngm_id_set")]
    public static int Set(nint map, ulong id, nint value)
    {
        try
        {
            if (value == 0 || Find(map) is not { } table)
                return (int)NngError.InvalidArgument;
            table.Set(id, value);
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_id_alloc")]
    public static int Allocate(nint map, ulong* id, nint value)
    {
        try
        {
            if (value == 0 || Find(map) is not { } table)
                return (int)NngError.InvalidArgument;
            if (!table.TryAllocate(value, out ulong allocated))
                return (int)NngError.OutOfMemory;
            *id = allocated;
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_id_remove")]
    public static int Remove(nint map, ulong id) =>
        (int)(Find(map)?.Remove(id) is null ? NngError.NotFound : NngError.None);

    [UnmanagedCallersOnly(EntryPoint = "nngm_id_visit")]
    public static int Visit(nint map, ulong* id, nint* value, uint* cursor)
    {
        ulong at = *cursor;
        ulong found = 0;
        object? boxed = null;
        bool more = Find(map)?.Visit(ref at, out found, out boxed) == true;
        *cursor = (uint)at;
        if (more && id is not null)
            *id = found;
        if (more && value is not null)
            *value = (nint)boxed!;
        return more ? 1 : 0;
    }

    private static IdTable<object>? Find(nint map) => HandleTable.Find<IdTable<object>>(map, HandleKind.IdMap);
}
