using System.Threading;
using Nng.Http;

namespace Nng.CApi;

/// <summary>An <c>nng_http_handler</c>: its C callback and data, which outlive every call that is under way.</summary>
/// <remarks>Threading: configured by one thread; called on many.</remarks>
internal sealed unsafe class CHttpHandler
{
    private delegate* unmanaged[Cdecl]<void*, void> _destroy;

    /// <summary>The owner's, and one for each call under way.</summary>
    private int _references = 1;

    private CHttpHandler(HttpHandler inner)
    {
        Inner = inner;
        Pointer = HandleTable.Add(HandleKind.HttpHandler, this);
    }

    private CHttpHandler(string? path, delegate* unmanaged[Cdecl]<nint, void> callback)
    {
        Inner = new HttpHandler(path, (Aio aio) => callback(CallOf(aio).Begin(this, (HttpContext)aio.GetInput(2)!)));
        Pointer = HandleTable.Add(HandleKind.HttpHandler, this);
    }

    public HttpHandler Inner { get; }

    public nint Pointer { get; }

    /// <summary>What the program keeps with it.</summary>
    public void* Data { get; private set; }

    /// <summary>A handler of the library's own.</summary>
    public static nint Create(HttpHandler inner) => new CHttpHandler(inner).Pointer;

    /// <summary>A handler that calls the program.</summary>
    public static nint Create(string? path, delegate* unmanaged[Cdecl]<nint, void> callback) =>
        new CHttpHandler(path, callback).Pointer;

    public static CHttpHandler? Find(nint pointer) => HandleTable.Find<CHttpHandler>(pointer, HandleKind.HttpHandler);

    public NngError SetData(void* data, delegate* unmanaged[Cdecl]<void*, void> destroy)
    {
        if (Inner.IsRegistered)
            return NngError.Busy;
        Data = data;
        _destroy = destroy;
        return NngError.None;
    }

    public void Hold() => Interlocked.Increment(ref _references);

    /// <summary>One reference less; with the last the pointer is stale and the data is given to its destructor.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _references) != 0)
            return;
        HandleTable.Remove<CHttpHandler>(Pointer, HandleKind.HttpHandler);
        if (_destroy is not null && Data is not null)
            _destroy(Data);
    }

    private static CHttpCall CallOf(Aio aio) => (CHttpCall)(aio.State ??= new CHttpCall(aio));
}
