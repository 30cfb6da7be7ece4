using System.Threading;

namespace Nng.Http;

/// <content>The connection in the hands of its handler: lent for a response of its own, or given for good.</content>
internal sealed partial class ServerConnection
{
    private HttpConnection? _lent;

    /// <summary>Ends behind everything that a handler has left to be written.</summary>
    private Aio? _lastWrite;

    /// <summary>What the handler answered that waits for its writes.</summary>
    private HttpResponse? _heldResponse;

    /// <summary>What it had written when its writes were last seen to get on.</summary>
    private long _lentWritten;

    /// <summary>Handler: the connection for raw reads and writes, until the handler ends.</summary>
    /// <exception cref="NngException"><see cref="NngError.IncorrectState"/>.</exception>
    public HttpConnection Lend() =>
        (Sender)Volatile.Read(ref _sender) == Sender.Lent ? throw NotTheHandlers("use") : _lent ??= Make("use");

    /// <summary>Handler: the connection for good. The server forgets it.</summary>
    /// <exception cref="NngException"><see cref="NngError.IncorrectState"/>.</exception>
    public HttpConnection Give()
    {
        HttpConnection connection = Lend();
        _lent = null;
        _phase = Phase.Closed;
        _server.Remove(this);
        return connection;
    }

    private HttpConnection Make(string verb)
    {
        lock (_abortLock)
        {
            if (_phase != Phase.Handler || _started || Volatile.Read(ref _receiver) != (int)Receiver.Free)
                throw NotTheHandlers(verb);
            _mayWatch = false;
        }

        var connection = new HttpConnection(_stream, _options.Limits);
        connection.PutBuffered(_input.Bytes);
        _input.Clear();
        return connection;
    }

    private static NngException NotTheHandlers(string verb) => new(
        NngError.IncorrectState,
        $"Cannot {verb} the connection: its handler has ended, writes a response, or watches for the peer's end.");

    /// <summary>
    /// The handler has ended, and what it writes has not: goes on when that has. False when there is nothing to wait for.
    /// </summary>
    private bool WaitForWrites(HttpResponse? response)
    {
        if (_lent is not { IsWriting: true } lent)
            return false;
        _heldResponse = response;
        _lentWritten = lent.Written;
        Volatile.Write(ref _writeDueMs, DueMs(_server.NowMs, _options.WriteTimeout));
        Volatile.Write(ref _sender, (int)Sender.Lent);
        Aio last = _lastWrite ??= new Aio(OnWritten, inline: true) { TimeoutMs = Aio.Infinite };
        lent.Write(last);
        return true;
    }

    private void OnWritten(Aio last)
    {
        Volatile.Write(ref _sender, (int)Sender.Free);
        HttpResponse? response = _heldResponse;
        _heldResponse = null;
        GoOnAfterHandler(response, alive: true);
    }

    /// <summary>The heartbeat: writes that get on have time again.</summary>
    private void LookAtLent(long nowMs)
    {
        if (_lent is not { } lent || lent.Written == _lentWritten)
            return;
        _lentWritten = lent.Written;
        Volatile.Write(ref _writeDueMs, DueMs(nowMs, _options.WriteTimeout));
    }

    /// <summary>The handler has ended: takes back what it did not take for good.</summary>
    private void TakeBack()
    {
        if (_lent is null)
            return;
        HttpConnection lent = _lent;
        _lent = null;
        // A read under way may have taken any part of what comes next.
        if (lent.AnnouncesEnd || lent.IsReading)
            _keep = false;
        lent.Detach(out byte[] buffered);
        // One that another thread runs takes more of it.
        if (lent.IsClosed || lent.IsReading)
            _inputEnded = true;
        _channel.Handler = this;
        _input.Put(buffered);
        // What it read of the body is not known.
        if (!_body.IsDone || _inputEnded)
            _keep = false;
    }
}
