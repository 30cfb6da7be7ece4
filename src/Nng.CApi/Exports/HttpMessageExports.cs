using System;
using System.Runtime.InteropServices;
using Nng.Http;

namespace Nng.CApi;

/// <summary>Chapter: HTTP requests and responses.</summary>
internal static unsafe class HttpMessageExports
{
    private const int HeaderSet = 0;
    private const int HeaderAdd = 1;

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_req_alloc")]
    public static int CreateRequest(nint* pointer, byte* url)
    {
        try
        {
            HttpRequest request = url is null ? new HttpRequest() : new HttpRequest(NngUrl.Parse(Utf8.Read(url)!));
            *pointer = CHttpMessage.Lend(request).Pointer;
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    /// <summary>A response, with the page of an error unless that is 0.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_http_res_alloc")]
    public static int CreateResponse(nint* pointer, int error)
    {
        try
        {
            HttpResponse response = error == 0 ? new HttpResponse() : HttpResponse.CreateError(error);
            *pointer = CHttpMessage.Lend(response).Pointer;
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_message_free")]
    public static void Free(nint pointer)
    {
        try
        {
            CHttpMessage.Find(pointer)?.TakeBack();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_message_reset")]
    public static void Reset(nint pointer)
    {
        try
        {
            CHttpMessage.Find(pointer)?.Inner.Reset();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_message_text")]
    public static byte* GetText(nint pointer, int part)
    {
        try
        {
            if (CHttpMessage.Find(pointer) is not { } message)
                return null;
            // Header names have no colon.
            string key = part switch { 0 => ":method", 1 => ":uri", 2 => ":version", _ => ":reason" };
            return message.Lend(key, message.Get((CHttpMessage.Part)part));
        }
        catch (Exception)
        {
            return null;
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_message_set_text")]
    public static int SetText(nint pointer, int part, byte* text)
    {
        try
        {
            if (CHttpMessage.Find(pointer) is not { } message)
                return (int)NngError.InvalidArgument;
            message.Set((CHttpMessage.Part)part, Latin1.Read(text));
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_message_header")]
    public static byte* GetHeader(nint pointer, byte* name)
    {
        try
        {
            if (CHttpMessage.Find(pointer) is not { } message)
                return null;
            string header = Latin1.Read(name)!;
            return message.Lend(header, message.Inner.Headers[header]);
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>Sets (0), adds to (1) or deletes (2) a header.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_http_message_set_header")]
    public static int SetHeader(nint pointer, byte* name, byte* value, int how)
    {
        try
        {
            if (CHttpMessage.Find(pointer) is not { } message)
                return (int)NngError.InvalidArgument;
            string header = Latin1.Read(name)!;
            if (how == HeaderSet)
                message.Inner.Headers.Set(header, Latin1.Read(value)!);
            else if (how == HeaderAdd)
                message.AddHeader(header, Latin1.Read(value)!);
            else if (!message.Inner.Headers.Remove(header))
                return (int)NngError.NotFound;
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_message_data")]
    public static void GetData(nint pointer, void** data, nuint* size)
    {
        *data = null;
        *size = 0;
        if (CHttpMessage.Find(pointer) is not { } message)
            return;
        *data = message.BodyAddress();
        *size = (nuint)message.Inner.Body.Length;
    }

    /// <summary>Attaches C memory as the body, or (copy = 1) a copy of it.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_http_message_set_data")]
    public static int SetData(nint pointer, byte* data, nuint size, int copy)
    {
        try
        {
            if (CHttpMessage.Find(pointer) is not { } message)
                return (int)NngError.InvalidArgument;
            int length = checked((int)size);
            if (copy != 0)
                message.Inner.CopyBody(new ReadOnlySpan<byte>(data, length));
            else
                message.Attach(data, length);
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_res_status")]
    public static int GetStatus(nint pointer) => CHttpMessage.FindResponse(pointer)?.Status ?? 0;

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_res_set_status")]
    public static int SetStatus(nint pointer, int status)
    {
        try
        {
            if (CHttpMessage.FindResponse(pointer) is not { } response)
                return (int)NngError.InvalidArgument;
            response.Status = status;
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }
}
