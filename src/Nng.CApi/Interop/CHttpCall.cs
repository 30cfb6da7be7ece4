using Nng.Http;

namespace Nng.CApi;

/// <summary>
/// A request in the hands of a C handler: the pointers it is given, which hold until it finishes its operation. One
/// object serves all requests of a connection, one after the other.
/// </summary>
/// <remarks>Threading: the handler's thread, then the one that finishes the operation.</remarks>
internal sealed class CHttpCall
{
    private readonly CHttpConnection _connection;
    private readonly CAio _aio;
    private CHttpHandler _handler = null!;
    private CHttpMessage? _request;
    private nint _connectionPointer;
    private bool _hijacked;

    public CHttpCall(Aio aio)
    {
        _aio = CAio.Of(aio, this);
        _connection = CHttpConnection.Of(this);
    }

    public HttpContext Context { get; private set; } = null!;

    /// <summary>Gives out the pointers; returns that of the operation.</summary>
    public nint Begin(CHttpHandler handler, HttpContext context)
    {
        Context = context;
        _handler = handler;
        _hijacked = false;
        handler.Hold();
        _request = CHttpMessage.Lend(context.Request);
        _connectionPointer = HandleTable.Add(HandleKind.HttpConnection, _connection);
        _aio.SetInput(0, _request.Pointer);
        _aio.SetInput(1, handler.Pointer);
        _aio.SetInput(2, _connectionPointer);
        return _aio.Expose();
    }

    /// <summary>Connection and request are the program's from now on.</summary>
    public HttpConnection Hijack()
    {
        HttpConnection connection = Context.Hijack();
        _hijacked = true;
        return connection;
    }

    /// <summary>The handler finishes: the response goes to the server, what was lent is taken back.</summary>
    public void End()
    {
        CHttpMessage? response = _aio.Inner.GetOutput(0) is nint pointer ? CHttpMessage.Find(pointer) : null;
        _aio.Inner.SetOutput(0, response?.Inner as HttpResponse);
        response?.TakeBack();
        _aio.Withdraw();
        if (!_hijacked)
        {
            _request!.TakeBack();
            HandleTable.Remove<CHttpConnection>(_connectionPointer, HandleKind.HttpConnection);
            _connection.Forget();
        }

        _handler.Release();
    }
}
