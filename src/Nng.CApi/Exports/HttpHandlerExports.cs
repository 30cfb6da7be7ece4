using System;
using System.Runtime.InteropServices;
using Nng.Http;

namespace Nng.CApi;

/// <summary>Chapter: handlers of HTTP servers.</summary>
internal static unsafe class HttpHandlerExports
{
    private const int FileKind = 0;
    private const int DirectoryKind = 1;
    private const int MethodText = 0;

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_handler_alloc")]
    public static int Create(nint* pointer, byte* path, delegate* unmanaged[Cdecl]<nint, void> callback)
    {
        try
        {
            if (callback is null)
                return (int)NngError.InvalidArgument;
            *pointer = CHttpHandler.Create(Utf8.Read(path), callback);
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    /// <summary>A file (0), a directory (1) or a redirect (2).</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_http_handler_alloc_path")]
    public static int CreateFor(nint* pointer, byte* path, byte* target, int kind, int status)
    {
        try
        {
            string? text = Utf8.Read(path);
            string where = Utf8.Read(target)!;
            *pointer = CHttpHandler.Create(kind switch
            {
                FileKind => HttpHandler.File(text, where),
                DirectoryKind => HttpHandler.Directory(text, where),
                _ => HttpHandler.Redirect(text, where, status),
            });
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_handler_alloc_static")]
    public static int CreateStatic(nint* pointer, byte* path, byte* data, nuint size, byte* type)
    {
        try
        {
            var content = new ReadOnlySpan<byte>(data, checked((int)size));
            *pointer = CHttpHandler.Create(HttpHandler.Static(Utf8.Read(path), content, Latin1.Read(type)));
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    /// <summary>A handler that a server has stays the server's.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_http_handler_free")]
    public static void Free(nint pointer)
    {
        try
        {
            if (CHttpHandler.Find(pointer) is { Inner.IsRegistered: false } handler)
                handler.Release();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    /// <summary>The method (0) or the host (1).</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_http_handler_set_text")]
    public static int SetText(nint pointer, int what, byte* text)
    {
        try
        {
            if (CHttpHandler.Find(pointer) is not { } handler)
                return (int)NngError.InvalidArgument;
            if (what == MethodText)
                handler.Inner.Method = Latin1.Read(text);
            else
                handler.Inner.Host = Latin1.Read(text);
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_handler_set_tree")]
    public static int SetTree(nint pointer, int exclusive)
    {
        try
        {
            if (CHttpHandler.Find(pointer) is not { } handler)
                return (int)NngError.InvalidArgument;
            handler.Inner.Tree = exclusive != 0 ? HttpTreeMode.Exclusive : HttpTreeMode.Shared;
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    /// <summary>
    /// Whether bodies are collected, and the longest; the largest number is no limit, and there is none for those that the
    /// handler reads itself.
    /// </summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_http_handler_collect_body")]
    public static int CollectBody(nint pointer, int collect, nuint limit)
    {
        try
        {
            if (CHttpHandler.Find(pointer) is not { } handler)
                return (int)NngError.InvalidArgument;
            handler.Inner.CollectBody = collect != 0;
            handler.Inner.MaxBodySize = collect == 0 || limit > long.MaxValue ? -1 : (long)limit;
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_handler_set_data")]
    public static int SetData(nint pointer, void* data, delegate* unmanaged[Cdecl]<void*, void> destroy) =>
        (int)(CHttpHandler.Find(pointer)?.SetData(data, destroy) ?? NngError.InvalidArgument);

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_handler_get_data")]
    public static void* GetData(nint pointer) => CHttpHandler.Find(pointer) is { } handler ? handler.Data : null;
}
