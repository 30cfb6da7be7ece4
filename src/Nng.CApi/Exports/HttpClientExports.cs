using System;
using System.Runtime.InteropServices;
using Nng.Core;
using Nng.Streams;

namespace Nng.CApi;

/// <summary>Chapter: HTTP clients.</summary>
internal static unsafe class HttpClientExports
{
    [UnmanagedCallersOnly(EntryPoint = "nngm_http_client_alloc")]
    public static int Create(nint* pointer, byte* text)
    {
        try
        {
            if (!NngUrl.TryParse(Utf8.Read(text), out NngUrl? url))
                return (int)NngError.AddressInvalid;
            NngError error = CHttpClient.Create(url, out CHttpClient? client);
            if (error == NngError.None)
                *pointer = HandleTable.Add(HandleKind.HttpClient, client!);
            return (int)error;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_client_free")]
    public static void Free(nint pointer)
    {
        try
        {
            HandleTable.Remove<CHttpClient>(pointer, HandleKind.HttpClient)?.Dialer.Close();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_client_set_tls")]
    public static int SetTls(nint pointer, nint config)
    {
        try
        {
            if (CHttpClient.Find(pointer) is not { } client)
                return (int)NngError.InvalidArgument;
            return (int)client.Dialer.SetOption(OptionNames.TlsConfig, OptionValue.Object(CTlsConfig.Find(config)));
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    /// <summary>The configuration, with a reference of the caller's.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_http_client_get_tls")]
    public static int GetTls(nint pointer, nint* config)
    {
        try
        {
            if (CHttpClient.Find(pointer) is not { } client)
                return (int)NngError.InvalidArgument;
            NngError error = client.Dialer.GetOption(OptionNames.TlsConfig, out OptionValue value);
            if (error == NngError.None)
                *config = CTlsConfig.Hold((TlsConfig)value.Reference!);
            return (int)error;
        }
        catch (Exception failure)
        {
            return Guard.Code(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_client_connect")]
    public static void Connect(nint pointer, nint aio)
    {
        try
        {
            if (CAio.FindFor(aio, CHttpClient.Find(pointer), out CHttpClient client) is { } inner)
                client.Connect(inner);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_client_transact")]
    public static void Transact(nint pointer, nint req, nint res, nint aio)
    {
        try
        {
            if (CAio.FindFor(aio, CHttpClient.Find(pointer), out CHttpClient client) is not { } inner)
                return;
            if (CHttpMessage.FindRequest(req) is { } request && CHttpMessage.FindResponse(res) is { } response)
                client.Transact(request, response, inner);
            else
                SocketExports.Fail(inner, NngError.InvalidArgument);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }
}
