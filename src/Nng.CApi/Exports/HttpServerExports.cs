using System;
using System.Runtime.InteropServices;
using Nng.Streams;

namespace Nng.CApi;

/// <summary>Chapter: HTTP servers.</summary>
internal static unsafe class HttpServerExports
{
    [UnmanagedCallersOnly(EntryPoint = "nngm_http_server_hold")]
    public static int Hold(nint* pointer, byte* text)
    {
        try
        {
            if (!NngUrl.TryParse(Utf8.Read(text), out NngUrl? url))
                return (int)NngError.AddressInvalid;
            *pointer = CHttpServer.Hold(url);
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_server_release")]
    public static void Release(nint pointer)
    {
        try
        {
            CHttpServer.Find(pointer)?.Release();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_server_start")]
    public static int Start(nint pointer) => Run(pointer, static server => server.Inner.Start());

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_server_stop")]
    public static void Stop(nint pointer) => Run(pointer, static server => server.Inner.Stop());

    /// <summary>A handler becomes the server's (add = 1), or the program's again.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_http_server_handler")]
    public static int SetHandler(nint pointer, nint handlerPointer, int add)
    {
        try
        {
            if (CHttpServer.Find(pointer) is not { } server || CHttpHandler.Find(handlerPointer) is not { } handler)
                return (int)NngError.InvalidArgument;
            if (add != 0)
                server.Add(handler);
            else if (!server.Remove(handler))
                return (int)NngError.NotFound;
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_server_set_tls")]
    public static int SetTls(nint pointer, nint config)
    {
        try
        {
            if (CHttpServer.Find(pointer) is not { } server)
                return (int)NngError.InvalidArgument;
            return (int)server.Inner.Shared.SetTlsConfig(CTlsConfig.Find(config)!);
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    /// <summary>The configuration, with a reference of the caller's.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_http_server_get_tls")]
    public static int GetTls(nint pointer, nint* config)
    {
        try
        {
            if (CHttpServer.Find(pointer) is not { } server)
                return (int)NngError.InvalidArgument;
            NngError error = server.Inner.Shared.GetTlsConfig(out TlsConfig? present);
            if (error == NngError.None)
                *config = CTlsConfig.Hold(present!);
            return (int)error;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_server_get_addr")]
    public static int LocalAddress(nint pointer, byte* address)
    {
        if (CHttpServer.Find(pointer) is not { } server)
            return (int)NngError.InvalidArgument;
        CAddress.Write(server.Inner.LocalAddress, new Span<byte>(address, CAddress.Size));
        return 0;
    }

    /// <summary>The page of a status: the text itself, or (file = 1) what a file holds now.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_http_server_set_page")]
    public static int SetPage(nint pointer, int status, byte* text, int file)
    {
        try
        {
            if (CHttpServer.Find(pointer) is not { } server)
                return (int)NngError.InvalidArgument;
            if (file != 0)
                server.Inner.SetErrorFile(status, Utf8.Read(text)!);
            else
                server.Inner.SetErrorPage(status, Utf8.ReadLoosely(text)!);
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_server_res_error")]
    public static int ApplyErrorPage(nint pointer, nint res)
    {
        try
        {
            if (CHttpServer.Find(pointer) is not { } server || CHttpMessage.FindResponse(res) is not { } response)
                return (int)NngError.InvalidArgument;
            server.Inner.ApplyErrorPage(response);
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_hijack")]
    public static int Hijack(nint pointer)
    {
        try
        {
            if (CHttpConnection.FindHolder(pointer) is not { } connection)
                return (int)NngError.InvalidArgument;
            connection.Hijack();
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    private static int Run(nint pointer, Action<CHttpServer> action)
    {
        try
        {
            if (CHttpServer.Find(pointer) is not { } server)
                return (int)NngError.InvalidArgument;
            action(server);
            return 0;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }
}
