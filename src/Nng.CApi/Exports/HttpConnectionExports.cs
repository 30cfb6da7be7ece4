using System;
using System.Runtime.InteropServices;
using Nng.Http;

namespace Nng.CApi;

/// <summary>Chapter: HTTP connections. Operations on NULL and stale pointers end as on a closed connection.</summary>
internal static class HttpConnectionExports
{
    private const int Read = 0;
    private const int ReadAll = 1;
    private const int Write = 2;

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_conn_close")]
    public static void Close(nint pointer)
    {
        try
        {
            HttpConnection? connection = TryFind(pointer);
            HandleTable.Remove<CHttpConnection>(pointer, HandleKind.HttpConnection);
            connection?.Close();
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    /// <summary>Bytes of the vector: read (0), read all (1), write (2), write all (3).</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_http_conn_transfer")]
    public static void Transfer(nint pointer, nint aio, int what)
    {
        try
        {
            if (CAio.FindFor(aio, TryFind(pointer), out HttpConnection connection) is not { } inner)
                return;
            if (what == Read)
                connection.Read(inner);
            else if (what == ReadAll)
                connection.ReadAll(inner);
            else if (what == Write)
                connection.Write(inner);
            else
                connection.WriteAll(inner);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    /// <summary>A head is read (0), or a message written (2): a request or a response, as the pointer is.</summary>
    [UnmanagedCallersOnly(EntryPoint = "nngm_http_conn_message")]
    public static void Message(nint pointer, nint message, nint aio, int what)
    {
        try
        {
            if (CAio.FindFor(aio, TryFind(pointer), out HttpConnection connection) is not { } inner)
                return;
            switch (CHttpMessage.Find(message)?.Inner)
            {
                case HttpRequest request when what == Read:
                    connection.ReadRequest(request, inner);
                    break;
                case HttpRequest request:
                    connection.WriteRequest(request, inner);
                    break;
                case HttpResponse response when what == Read:
                    connection.ReadResponse(response, inner);
                    break;
                case HttpResponse response:
                    connection.WriteResponse(response, inner);
                    break;
                default:
                    SocketExports.Fail(inner, NngError.InvalidArgument);
                    break;
            }
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "nngm_http_conn_transact")]
    public static void Transact(nint pointer, nint req, nint res, nint aio)
    {
        try
        {
            if (CAio.FindFor(aio, TryFind(pointer), out HttpConnection connection) is not { } inner)
                return;
            if (CHttpMessage.FindRequest(req) is { } request && CHttpMessage.FindResponse(res) is { } response)
                connection.Transact(request, response, inner);
            else
                SocketExports.Fail(inner, NngError.InvalidArgument);
        }
        catch (Exception failure)
        {
            Guard.Report(failure);
        }
    }

    /// <summary>The connection; null also when the server cannot lend it.</summary>
    private static HttpConnection? TryFind(nint pointer)
    {
        try
        {
            return CHttpConnection.Find(pointer);
        }
        catch (NngException)
        {
            return null;
        }
    }
}
