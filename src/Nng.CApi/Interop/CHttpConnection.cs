using Nng.Http;

namespace Nng.CApi;

/// <summary>
/// An <c>nng_http_conn</c>: the program's own, or, in a handler, the server's, which is asked for when it is first used.
/// </summary>
/// <remarks>Threading: as the connection; in a handler, of the handler's thread.</remarks>
internal sealed class CHttpConnection
{
    /// <summary>The request it was lent for; null for the program's own.</summary>
    private CHttpCall? _call;

    private HttpConnection? _inner;

    private CHttpConnection(HttpConnection? inner, CHttpCall? call)
    {
        _inner = inner;
        _call = call;
    }

    /// <summary>A pointer for a connection of the program's own.</summary>
    public static nint Create(HttpConnection inner) =>
        HandleTable.Add(HandleKind.HttpConnection, new CHttpConnection(inner, null));

    /// <summary>The connection of a handler's calls.</summary>
    public static CHttpConnection Of(CHttpCall call) => new(null, call);

    public static CHttpConnection? FindHolder(nint pointer) =>
        HandleTable.Find<CHttpConnection>(pointer, HandleKind.HttpConnection);

    public static HttpConnection? Find(nint pointer) => FindHolder(pointer)?.Get();

    /// <summary>Takes the connection over from the server; one's own it is already.</summary>
    public void Hijack()
    {
        if (_call is null)
            return;
        _inner = _call.Hijack();
        _call = null;
    }

    /// <summary>The server's next request is not answered by what was lent for this one.</summary>
    public void Forget() => _inner = null;

    private HttpConnection Get() => _inner ??= _call!.Context.Connection;
}
