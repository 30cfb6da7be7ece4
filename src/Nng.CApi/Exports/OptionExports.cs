using System;
using System.Runtime.InteropServices;
using Nng.Core;

namespace Nng.CApi;

/// <summary>Chapter: options, of every kind of object. The typed forms are built on these in the C half.</summary>
internal static unsafe class OptionExports
{
    /// <summary>Sets an option from raw memory, as the type of the accessor has it; -1 = untyped.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_option_set")]
    public static int Set(int kind, ulong handle, byte* name, int type, void* value, nuint size)
    {
        try
        {
            string option = Utf8.ReadLoosely(name) ?? string.Empty;
            // A topic takes the bytes as they are, the end mark of a text included.
            if (option is OptionNames.SubSubscribe or OptionNames.SubUnsubscribe)
                type = COptions.Untyped;
            else if (type == COptions.Untyped)
                type = COptions.TypeOf(option, size);
            // A name that would mean another peer, or another file.
            if (option.StartsWith("tls-", StringComparison.Ordinal) && !COptions.IsUtf8(type, value, size))
                return (int)NngError.InvalidArgument;
            NngError error = COptions.Read(type, value, size, out OptionValue read);
            return (int)(error == NngError.None ? COptions.Set((OptionOwner)kind, handle, option, read) : error);
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    /// <summary>Gets an option into raw memory, as the type of the accessor has it; -1 = untyped, with the size.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_option_get")]
    public static int Get(int kind, ulong handle, byte* name, int type, void* value, nuint* size)
    {
        try
        {
            string option = Utf8.ReadLoosely(name) ?? string.Empty;
            NngError error = COptions.Get((OptionOwner)kind, handle, option, out OptionValue read);
            return (int)(error == NngError.None ? COptions.Write(read, type, value, size) : error);
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }
}
