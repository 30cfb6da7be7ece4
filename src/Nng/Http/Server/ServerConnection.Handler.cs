using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Nng.Streams;

namespace Nng.Http;

/// <content>Handlers: functions and aio callbacks on the pool, and their watch for the peer's end.</content>
internal sealed partial class ServerConnection
{
    private HttpHandler? _handler;
    private HttpContext? _context;

    /// <summary>The operation of an aio handler; reused.</summary>
    private Aio? _aio;

    /// <summary>Counts the ends of that operation, so that a callback that throws knows whether its own has come.</summary>
    private int _aioEnds;

    /// <summary>The task of the present handler, while it runs.</summary>
    private ValueTaskAwaiter _awaiter;

    private Action? _onTaskEnd;

    /// <summary>Guards the source, which is made when somebody asks for it, and the begin of a watch.</summary>
    private readonly Lock _abortLock = new();

    /// <summary>A handler runs, and has not taken the connection: a watch may begin, from whatever thread.</summary>
    private bool _mayWatch;

    private CancellationTokenSource? _abort;
    private bool _aborted;

    /// <summary>Handler: told when the peer has gone away, or the server stops.</summary>
    public CancellationToken RequestAborted
    {
        get
        {
            CancellationToken token;
            bool watches;
            lock (_abortLock)
            {
                if (_abort is null)
                {
                    _abort = new CancellationTokenSource();
                    // Nobody can have registered yet.
                    if (_aborted || _inputEnded)
                        _abort.Cancel();
                }

                token = _abort.Token;
                watches = TryWatchLocked();
            }

            if (watches)
                Look();
            return token;
        }
    }

    /// <summary>Runs on the pool: calls the handler.</summary>
    public void Execute()
    {
        HttpHandler handler = _handler!;
        try
        {
            if (handler.Callback is { } callback)
            {
                Call(callback);
                return;
            }

            ValueTask task = handler.Function!(_context!);
            if (!task.IsCompleted)
            {
                _awaiter = task.GetAwaiter();
                _awaiter.UnsafeOnCompleted(_onTaskEnd ??= OnTaskEnd);
                return;
            }

            task.GetAwaiter().GetResult();
        }
        catch (Exception failure)
        {
            Finish(_context!.Response, failure);
            return;
        }

        Finish(_context!.Response, null);
    }

    private bool StepHandOver()
    {
        if (_handler!.Answer is { } answer)
        {
            answer.Write(_output, ConnectionLine(), IsHeadRequest);
            Log(HttpStatus.Ok, IsHeadRequest ? 0 : answer.BodyLength);
            _phase = _keep ? Phase.Head : Phase.Closing;
            return true;
        }

        if (!Flush())
            return false;
        _phase = Phase.Handler;
        _started = false;
        _context ??= new HttpContext(this, _request);
        _context.Begin(_handler);
        lock (_abortLock)
            _mayWatch = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return false;
    }

    private void Call(Action<Aio> callback)
    {
        Aio aio = _aio ??= new Aio(OnAioEnd, inline: true);
        aio.SetInput(0, _request);
        aio.SetInput(1, _handler);
        aio.SetInput(2, _context);
        if (!aio.Begin())
        {
            Finish(null, new NngException(NngError.Canceled));
            return;
        }

        int ends = Volatile.Read(ref _aioEnds);
        try
        {
            callback(aio);
        }
        catch (Exception failure)
        {
            HttpLog.HandlerFailed(_handler!, _request.Uri, failure);
            if (Volatile.Read(ref _aioEnds) == ends)
                FinishFor(aio);
        }
    }

    /// <summary>The callback threw: the operation ends in its place, unless somebody else ends it just now.</summary>
    private static void FinishFor(Aio aio)
    {
        try
        {
            aio.Finish(NngError.Internal);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    private void OnAioEnd(Aio aio)
    {
        Interlocked.Increment(ref _aioEnds);
        var response = (HttpResponse?)aio.GetOutput(0);
        if (response is not null && aio.Result == NngError.None)
            _context!.LeaveAnswer();
        Finish(response, aio.Result == NngError.None ? null : new NngException(aio.Result));
    }

    private void OnTaskEnd()
    {
        ValueTaskAwaiter awaiter = _awaiter;
        _awaiter = default;
        try
        {
            awaiter.GetResult();
        }
        catch (Exception failure)
        {
            Finish(_context!.Response, failure);
            return;
        }

        Finish(_context!.Response, null);
    }

    /// <summary>The handler is done: this thread is the owner again.</summary>
    private void Finish(HttpResponse? response, Exception? failure)
    {
        if (_context!.IsHijacked)
            return;
        if (failure is not null && _bodyFailure == 0)
            HttpLog.HandlerFailed(_handler!, _request.Uri, failure);
        bool alive = failure is null || !(_started || _lent is { IsWriting: true } or { Written: > 0 });
        if (failure is not null && alive)
        {
            _keep = false;
            _context.LeaveAnswer();
            PrepareError(_bodyFailure == 0 ? HttpStatus.InternalServerError : _bodyFailure, detail: null);
            response = Response;
        }

        if (!alive || !WaitForWrites(response))
            GoOnAfterHandler(response, alive);
    }

    /// <summary>What the handler has written is on its way: this thread is the owner.</summary>
    private void GoOnAfterHandler(HttpResponse? response, bool alive)
    {
        ForgetAbort();
        TakeBack();
        PrepareDrain();
        if (_context!.IsAnswered)
            response = null;
        if (_started)
        {
            alive = alive && EndBody(response ?? _context.Response);
        }
        else if (response is not null)
        {
            _server.Pages.Replace(response);
            AppendOwned(response);
        }

        if (!alive)
        {
            End();
            return;
        }

        _phase = !_keep ? Phase.Closing : _body.IsDone ? Phase.Head : Phase.Drain;
        Run();
    }

    /// <summary>Lets the channel tell of the peer's end while the handler runs, unless input is awaited anyway.</summary>
    private bool TryWatchLocked() =>
        _mayWatch && _body.IsDone && _input.IsEmpty && !_inputEnded && TryMove(Receiver.Free, Receiver.Looking);

    /// <summary>The watch: receives until there is nothing, and goes on waiting, or until it knows more.</summary>
    private void Look()
    {
        while (true)
        {
            IoResult result = _input.Receive(_channel);
            if (result.Error != NngError.TryAgain)
            {
                // Bytes are the next request, which has to wait; the end is what was watched for.
                if (result.Count == 0)
                {
                    _inputEnded = true;
                    FireAbort();
                }

                if (!TryMove(Receiver.Looking, Receiver.Free))
                    GoOn();
                return;
            }

            _input.ReleaseIfEmpty();
            if (!TryMove(Receiver.Looking, Receiver.Watching))
            {
                GoOn();
                return;
            }

            if (_channel.WaitReadable())
                return;
            if (TryMove(Receiver.Watching, Receiver.Looking))
                continue;
            // The owner that parked meanwhile counts on a call that will not come.
            if (TryMove(Receiver.Idle, Receiver.Free))
                Run();
            return;
        }
    }

    /// <summary>The owner left while the watch was looking: the watch is the owner.</summary>
    private void GoOn()
    {
        if (TryMove(Receiver.LookingParked, Receiver.Free))
            Run();
    }

    /// <summary>Cancels the token of the present request, on the pool: that runs code of the application.</summary>
    private void FireAbort()
    {
        CancellationTokenSource? abort;
        lock (_abortLock)
        {
            _aborted = true;
            abort = _abort;
        }

        if (abort is not null)
            ThreadPool.UnsafeQueueUserWorkItem(Cancel, abort, preferLocal: false);
    }

    private static void Cancel(CancellationTokenSource abort)
    {
        try
        {
            abort.Cancel();
        }
        catch (AggregateException failure)
        {
            HttpLog.AbortFailed(failure);
        }
    }

    /// <summary>The next request gets a token of its own, and no watch begins before.</summary>
    private void ForgetAbort()
    {
        lock (_abortLock)
        {
            _abort = null;
            _mayWatch = false;
        }
    }
}
