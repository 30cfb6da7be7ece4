using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Nng.Streams;

namespace Nng.Http;

/// <content>Bodies of requests: collected for a handler, read by it, or thrown away.</content>
internal sealed partial class ServerConnection
{
    /// <summary>What is left of a body is read and thrown away up to this length (sheet, S10).</summary>
    private const int MaxDrain = 64 * 1024;

    /// <summary>A larger buffer is not kept for the next body.</summary>
    private const int KeptBodyBytes = 64 * 1024;

    private BodyReader _body;

    /// <summary>When the present body began to be waited for; 0 before.</summary>
    private long _bodyStartMs;

    /// <summary>Bytes of the present body.</summary>
    private long _bodyCount;

    /// <summary>Holds collected bodies; grows as bytes arrive, never as they are announced.</summary>
    private byte[] _bodyBytes = [];

    private ServerSignal? _bodySignal;

    /// <summary>The status of a handler that fails because its body did; 0 while the body is good.</summary>
    private int _bodyFailure;

    private bool StepCollect()
    {
        while (true)
        {
            switch (NextBody(out ReadOnlySpan<byte> data, out int length))
            {
                case ChunkedStep.Data:
                    if (!TryKeepBody(data))
                        return Refuse(HttpStatus.InternalServerError, "There is no memory for the body.");
                    _input.Consume(length);
                    continue;
                case ChunkedStep.Refused:
                    return Refuse(_body.Refusal);
                case ChunkedStep.Done:
                    _request.AdoptBody(_bodyBytes.AsMemory(0, (int)_bodyCount));
                    _phase = Phase.HandOver;
                    return true;
            }

            if (_inputEnded)
                return End();
            SendContinue();
            if (!Flush())
                return false;
            if (!Receive(BodyDueMs()))
                return false;
        }
    }

    private bool StepDrain()
    {
        while (true)
        {
            switch (NextBody(out _, out int length))
            {
                case ChunkedStep.Data:
                    _input.Consume(length);
                    if (_bodyCount > MaxDrain)
                        return Close();
                    continue;
                case ChunkedStep.Refused:
                    return Close();
                case ChunkedStep.Done:
                    _phase = Phase.Head;
                    return true;
            }

            if (_inputEnded)
                return End();
            if (!Flush())
                return false;
            if (!Receive(BodyDueMs()))
                return false;
        }
    }

    /// <summary>Finds the next body bytes in the input; with data, its length is still to be consumed.</summary>
    private ChunkedStep NextBody(out ReadOnlySpan<byte> data, out int length)
    {
        ChunkedStep step = _body.Read(
            _input.Bytes, int.MaxValue, _options.Limits, _request, out int skip, out length);
        _input.Consume(skip);
        data = _input.Bytes[..length];
        _bodyCount += length;
        if (length > 0)
            _expectsContinue = false;
        return step;
    }

    /// <summary>Memory for a peer's body may run out; that ends its connection and not the process.</summary>
    private bool TryKeepBody(ReadOnlySpan<byte> data)
    {
        try
        {
            KeepBody(data);
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }

    private void KeepBody(ReadOnlySpan<byte> data)
    {
        // The count includes these bytes by now.
        int needed = checked((int)_bodyCount);
        if (_bodyBytes.Length < needed)
        {
            // A length within what has arrived at least once is trusted: most bodies are collected in one step.
            long announced = _body.Remaining < 0 ? needed : needed + Math.Min(_body.Remaining, KeptBodyBytes / 4);
            Array.Resize(ref _bodyBytes, (int)Math.Max(announced, Math.Min(2L * _bodyBytes.Length, Array.MaxLength)));
        }

        data.CopyTo(_bodyBytes.AsSpan(needed - data.Length));
    }

    /// <summary>When the body is too slow: the grace and the time that its bytes may take.</summary>
    private long BodyDueMs()
    {
        if (_bodyStartMs == 0)
            _bodyStartMs = _server.NowMs;
        if (_options.MinBodyRate == 0)
            return long.MaxValue;
        long dueMs = DueMs(_bodyStartMs, _options.BodyGrace);
        return dueMs == long.MaxValue ? dueMs : dueMs + (_bodyCount * 1000 / _options.MinBodyRate);
    }

    /// <summary>Lets the body come, if the client waits to be told so.</summary>
    private void SendContinue()
    {
        if (!_expectsContinue)
            return;
        _expectsContinue = false;
        _output.Append(ExpectField.ContinueResponse);
    }

    /// <summary>Handler: reads body bytes; 0 is the end.</summary>
    public ValueTask<int> ReadBodyAsync(Memory<byte> buffer, CancellationToken token)
    {
        if (buffer.IsEmpty)
            return new ValueTask<int>(0);
        int count = TakeBody(buffer.Span);
        return count >= 0 ? new ValueTask<int>(count) : ReadBodySlow(buffer, token);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadBodySlow(Memory<byte> buffer, CancellationToken token)
    {
        SendContinue();
        await FlushAsync(token).ConfigureAwait(false);
        while (true)
        {
            await ReceiveAsync(token).ConfigureAwait(false);
            int count = TakeBody(buffer.Span);
            if (count >= 0)
                return count;
        }
    }

    /// <summary>Bytes taken; 0 at the end; -1 when more have to be received.</summary>
    private int TakeBody(Span<byte> buffer)
    {
        int total = 0;
        while (total < buffer.Length)
        {
            ChunkedStep step = _body.Read(
                _input.Bytes, buffer.Length - total, _options.Limits, _request, out int skip, out int length);
            _input.Consume(skip);
            if (step == ChunkedStep.Refused)
                throw BodyFailure(_body.Refusal.ToError(), _body.Refusal.ToStatus(), _body.Refusal.ToText());
            if (step != ChunkedStep.Data)
                return total > 0 || step == ChunkedStep.Done ? total : -1;
            _input.Bytes[..length].CopyTo(buffer[total..]);
            _input.Consume(length);
            _bodyCount += length;
            _expectsContinue = false;
            total += length;
        }

        return total;
    }

    /// <summary>Handler: receives more input.</summary>
    private ValueTask ReceiveAsync(CancellationToken token)
    {
        while (true)
        {
            if (_inputEnded)
                throw BodyFailure(
                    NngError.ConnectionShutdown, HttpStatus.BadRequest, "The peer ended the connection within the body.");
            IoResult result = _input.Receive(_channel);
            if (result.Error != NngError.TryAgain)
            {
                _inputEnded = result.Count == 0;
                if (!_inputEnded)
                    return default;
                continue;
            }

            _input.ReleaseIfEmpty();
            ServerSignal signal = _bodySignal ??= new ServerSignal();
            signal.Reset();
            Volatile.Write(ref _readDueMs, BodyDueMs());
            Volatile.Write(ref _receiver, (int)Receiver.Body);
            if (_channel.WaitReadable() || !TryMove(Receiver.Body, Receiver.Free))
                return WaitForInput(signal, token);
        }
    }

    private async ValueTask WaitForInput(ServerSignal signal, CancellationToken token)
    {
        NngError error;
        CancellationTokenRegistration registration =
            token.UnsafeRegister(static connection => ((ServerConnection)connection!).CancelBody(), this);
        await using (registration.ConfigureAwait(false))
            error = await signal.WaitAsync().ConfigureAwait(false);
        if (error == NngError.None)
            return;
        NngException failure = BodyFailure(error, HttpStatus.RequestTimeout, "The body came too slowly.");
        if (error == NngError.Canceled)
            token.ThrowIfCancellationRequested();
        throw failure;
    }

    /// <summary>The handler waits no longer; the channel still does.</summary>
    private void CancelBody()
    {
        if (TryMove(Receiver.Body, Receiver.Taken))
            _bodySignal!.Set(NngError.Canceled);
    }

    /// <summary>A body that failed leaves the connection at no known place.</summary>
    private NngException BodyFailure(NngError error, int status, string message)
    {
        _keep = false;
        _inputEnded = true;
        _bodyFailure = status;
        return new NngException(error, message);
    }
}
