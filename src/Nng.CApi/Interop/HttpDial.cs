using Nng.Core;
using Nng.Http;
using Nng.Streams;

namespace Nng.CApi;

/// <summary>A connect, and perhaps an exchange on the new connection, as one operation.</summary>
/// <remarks>
/// Threading: a cancel or the deadline of the outer operation leaves its reason and aborts the step under way, whose end is
/// the end of both.
/// </remarks>
internal sealed class HttpDial : IAioProvider
{
    private readonly Aio _outer;
    private readonly Aio _step;
    private readonly HttpRequest? _request;
    private readonly HttpResponse? _response;

    /// <summary>Connected; null before.</summary>
    private HttpConnection? _connection;

    /// <summary>Why the operation is to end; none while it may go on.</summary>
    private volatile NngError _reason;

    /// <summary>Without messages it ends when it is connected.</summary>
    public HttpDial(Aio outer, HttpRequest? request, HttpResponse? response)
    {
        _outer = outer;
        _request = request;
        _response = response;
        _step = new Aio(OnStep, inline: true) { TimeoutMs = Aio.Infinite };
    }

    public void Start(StreamDialer dialer)
    {
        NngError error = _outer.Schedule(this, null);
        if (error != NngError.None)
        {
            _outer.Finish(error);
            return;
        }

        dialer.Dial(_step);
        CheckReason();
    }

    void IAioProvider.OnCancel(Aio aio, object? state, NngError reason)
    {
        _reason = reason;
        _step.Abort(reason);
    }

    /// <summary>A cancel that came between two steps found none to abort.</summary>
    private void CheckReason()
    {
        if (_reason is not NngError.None and var reason)
            _step.Abort(reason);
    }

    private void OnStep(Aio step)
    {
        if (step.Result == NngError.None && _connection is null)
        {
            _connection = new HttpConnection((NngStream)step.GetOutput(0)!);
            if (_request is not null)
            {
                _connection.Transact(_request, _response!, step);
                CheckReason();
                return;
            }

            _outer.SetOutput(0, _connection);
        }
        else
        {
            _connection?.Close();
        }

        _outer.Finish(step.Result);
    }
}
