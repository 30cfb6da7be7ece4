using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Http;

/// <summary>
/// A response whose head has come and whose body is read as it arrives. Dispose it: a connection whose body was read
/// to its end goes back to the pool, any other is closed.
/// </summary>
/// <remarks>Threading: one read at a time; dispose from any thread.</remarks>
public sealed class HttpExchange : IDisposable
{
    private readonly HttpConnection _connection;
    private readonly HttpConnectionPool _pool;
    private readonly HttpBodyReader _body;

    /// <summary>Sends the request's body; yields whether all of it went.</summary>
    private readonly Task<bool> _sending;

    /// <summary>Both sides keep the connection after this exchange.</summary>
    private readonly bool _keepsAlive;

    /// <summary>1 once the connection was given back.</summary>
    private int _returned;

    internal HttpExchange(
        HttpConnection connection,
        HttpConnectionPool pool,
        HttpResponse response,
        HttpBodyReader body,
        Task<bool> sending,
        bool keepsAlive)
    {
        _connection = connection;
        _pool = pool;
        _body = body;
        _sending = sending;
        _keepsAlive = keepsAlive;
        Response = response;
        Body = new HttpResponseStream(this);
        if (body.IsEnded)
            Return(keepsAlive);
    }

    /// <summary>
    /// The head; <see cref="HttpMessage.Trailers"/> are there when the body has been read to its end, and
    /// <see cref="HttpMessage.Body"/> is empty.
    /// </summary>
    public HttpResponse Response { get; }

    /// <summary>
    /// The body, its transfer coding removed; reads yield 0 at its end. Failures are <see cref="IOException"/> around an
    /// <see cref="NngException"/>. Disposing it disposes the exchange.
    /// </summary>
    public Stream Body { get; }

    /// <summary>Gives the connection back to the pool, or closes it in the midst of a body. Idempotent.</summary>
    public void Dispose() => Return(reusable: false);

    internal async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken token)
    {
        if (buffer.IsEmpty || _body.IsEnded)
            return 0;
        int count;
        try
        {
            count = await _connection.ReadBodyAsync(_body, buffer, token).ConfigureAwait(false);
        }
        catch (NngException failure)
        {
            Return(reusable: false);
            throw new IOException(failure.Message, failure);
        }

        if (_body.IsEnded)
            Return(_keepsAlive);
        return count;
    }

    internal int Read(Memory<byte> buffer)
    {
        if (buffer.IsEmpty || _body.IsEnded)
            return 0;
        Aio aio = Aio.RentWaited(Aio.DefaultTimeout);
        aio.SetVector(buffer);
        _connection.ReadBody(_body, aio, whole: false);
        aio.Wait();
        var result = new TransferResult(aio.Result, aio.Count);
        Aio.ReturnWaited(aio);
        if (result.Error != NngError.None)
        {
            Return(reusable: false);
            string message = $"{result.Error.Text()} (HTTP connection {_connection}, reading a body).";
            throw new IOException(message, new NngException(result.Error, message));
        }

        if (_body.IsEnded)
            Return(_keepsAlive);
        return (int)result.Count;
    }

    private void Return(bool reusable)
    {
        if (Interlocked.Exchange(ref _returned, 1) != 0)
            return;
        // A request that is still on its way, or was broken off, leaves the connection in its midst.
        bool sent = _sending.IsCompletedSuccessfully && _sending.Result;
        _pool.Return(_connection, reusable && sent);
    }
}
