using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.Streams;

/// <content>
/// Receiving. A read of no bytes makes the session look for data, which it decrypts and keeps; only when it has ended
/// is the caller's memory offered, so that no memory is lent to an operation that waits.
/// </content>
internal sealed partial class TlsChannel
{
    private readonly Action _lookDone;
    private int _readState;

    /// <summary>A look that has not been taken up; valid while <see cref="_isLooking"/>.</summary>
    private ValueTask<int> _look;

    private bool _isLooking;

    /// <summary>The look has ended; set by the thread it ended on.</summary>
    private volatile bool _lookEnded;

    /// <summary>The look ended under the gate; whoever holds it tells the receiver when it has let go.</summary>
    private bool _isLookToTell;

    public override IoResult TryReceive(Span<byte> buffer)
    {
        Interlocked.Exchange(ref _readState, Quiet);
        if (IsClosed)
            return IoResult.Failed(NngError.Closed);
        if (_phase != Phase.Open)
            return _phase == Phase.Handshake ? IoResult.Wait : IoResult.Failed(_failure);
        if (_isLooking && !_lookEnded)
            return IoResult.Wait;
        try
        {
            lock (_sessionGate)
            {
                if (!Look())
                    return IoResult.Wait;
                int count = _session.Read(buffer);
                _wire.OnPlaintext(count);
                return count == 0 && _wire.Error != NngError.None
                    ? IoResult.Failed(IsClosed ? NngError.Closed : _wire.Error) : IoResult.Moved(count);
            }
        }
        catch (Exception failure) when (IsSessionFailure(failure))
        {
            return ReceiveFailure(failure);
        }
    }

    /// <summary>What was taken off the socket ahead, and what the session has decrypted, has come as well.</summary>
    public override bool IsQuiet
    {
        get
        {
            if (IsClosed || _phase != Phase.Open)
                return false;
            try
            {
                lock (_sessionGate)
                    return !Look() && !_wire.IsTurnOver && _inner.IsQuiet;
            }
            catch (Exception failure) when (IsSessionFailure(failure))
            {
                return false;
            }
        }
    }

    public override bool WaitReadable() => Interlocked.CompareExchange(ref _readState, Waiting, Quiet) == Quiet;

    /// <summary>True when the session has plaintext, or its end.</summary>
    private bool Look()
    {
        if (_isLooking)
        {
            if (!_lookEnded)
                return false;
            _isLooking = false;
            _look.GetAwaiter().GetResult();
            return true;
        }

        ValueTask<int> look = _session.ReadAsync(Memory<byte>.Empty);
        if (look.IsCompleted)
        {
            look.GetAwaiter().GetResult();
            return true;
        }

        _look = look;
        _lookEnded = false;
        _isLooking = true;
        look.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_lookDone);
        return false;
    }

    private void OnLookDone()
    {
        _lookEnded = true;
        if (_sessionGate.IsHeldByCurrentThread)
        {
            _isLookToTell = true;
            return;
        }

        // Beyond the session's own code.
        bool isBack = InterruptShield.PutBack();
        try
        {
            TellReadable();
        }
        finally
        {
            if (isBack)
                InterruptShield.PutAside();
        }
    }

    /// <summary>A record cut short by the end of the connection is the end, and its part is dropped (L-23).</summary>
    private IoResult ReceiveFailure(Exception failure)
    {
        NngError error = ErrorOf(failure);
        if (error == NngError.Closed || !_wire.IsOver)
            return IoResult.Failed(error);
        return _wire.Error == NngError.None ? IoResult.Moved(0) : IoResult.Failed(_wire.Error);
    }
}
