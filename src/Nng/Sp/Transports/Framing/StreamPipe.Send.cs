using System.Diagnostics;
using System.Threading;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <content>Sending.</content>
internal sealed partial class StreamPipe
{
    private static readonly double s_usPerTick = 1e6 / Stopwatch.Frequency;

    private readonly Lock _lock = new();

    /// <summary>Takes what is posted.</summary>
    private WriteBatch _filling = new();

    /// <summary>Belongs to the writer while it writes; empty otherwise.</summary>
    private WriteBatch _sending = new();

    /// <summary>A thread writes, or the channel will call when it can go on.</summary>
    private bool _writing;

    /// <summary>The channel waits to be writable and will call.</summary>
    private bool _stalled;

    /// <summary>A post returned false: the protocol waits for the pipe to be ready.</summary>
    private bool _full;

    private bool _sendClosed;

    /// <summary>The loop will write the filling batch; nobody else need before it has grown.</summary>
    private bool _flushAsked;

    /// <summary>Something was posted that nobody has undertaken to write yet; set under the lock, read without.</summary>
    private bool _kickNeeded;

    private int _writesSinceReceive;
    private long _lastWrite;

    public override int UnsentCount
    {
        get
        {
            lock (_lock)
                return _filling.Messages + _sending.Messages;
        }
    }

    public override bool Post(Message message)
    {
        lock (_lock)
        {
            if (_sendClosed)
            {
                message.Dispose();
                CountUnsent(1);
                return false;
            }

            _filling.Add(message, _format);
            _full = !_filling.HasRoom;
            if (!_writing && (_full || !_flushAsked || _filling.Bytes >= WritePolicy.BatchBytes))
                Volatile.Write(ref _kickNeeded, true);
            return !_full;
        }
    }

    public override void Kick()
    {
        // In a flood most posts join a batch that the loop will write: they pay neither for the lock nor for the clock.
        if (!Volatile.Read(ref _kickNeeded))
            return;
        lock (_lock)
        {
            _kickNeeded = false;
            if (_writing || _filling.IsEmpty || _sendClosed)
                return;
            if (!_full && _writesSinceReceive >= WritePolicy.InlineWrites
                && !WritePolicy.WritesNow(_writesSinceReceive, UsSinceWrite(), _filling.Bytes))
            {
                _flushAsked = true;
                _channel.RequestFlush();
                return;
            }

            BeginWriteLocked();
        }

        Write();
    }

    public override void Flush()
    {
        lock (_lock)
        {
            if (_writing || _filling.IsEmpty || _sendClosed)
                return;
            BeginWriteLocked();
        }

        Write();
    }

    /// <summary>The channel is writable again, or closed: the next try will tell.</summary>
    private void ContinueSending()
    {
        lock (_lock)
        {
            if (!_stalled)
                return;
            _stalled = false;
        }

        Write();
    }

    private void BeginWriteLocked()
    {
        _writing = true;
        _flushAsked = false;
        (_filling, _sending) = (_sending, _filling);
        _writesSinceReceive++;
        _lastWrite = Stopwatch.GetTimestamp();
    }

    /// <summary>Writes batch after batch until nothing is left or the channel is full. This thread is the writer.</summary>
    private void Write()
    {
        int turn = TurnBytes;
        while (true)
        {
            IoResult result = _channel.TrySend(_sending.Segments());
            if (result.Error == NngError.TryAgain)
            {
                if (Stall())
                    return;
                continue;
            }

            if (result.Error != NngError.None)
            {
                EndWrite();
                Fail(result.Error);
                return;
            }

            turn -= result.Count;
            if (_sending.Advance(result.Count) && NextBatch(isTurnOver: turn <= 0))
                return;
        }
    }

    /// <summary>Leaves the rest to the channel's call; false when this thread is to go on.</summary>
    private bool Stall()
    {
        lock (_lock)
        {
            if (_sendClosed)
                return false;
            _stalled = true;
        }

        if (_channel.WaitWritable())
            return true;
        lock (_lock)
        {
            _stalled = false;
            return false;
        }
    }

    /// <summary>
    /// A batch is out: takes the next one, or ends. The protocol learns that there is room while this thread is still
    /// the writer, so that what it posts is written by the loop around this and not by recursion.
    /// </summary>
    private bool NextBatch(bool isTurnOver)
    {
        lock (_lock)
        {
            _sending.Clear();
            bool isReady = _full && !_sendClosed;
            bool hasMore = !_filling.IsEmpty && !_sendClosed;
            if (!isReady || (hasMore && isTurnOver))
                return TakeBatchLocked(isTurnOver);
            _full = false;
            if (hasMore)
                BeginWriteLocked();
        }

        Pipe.OnSendReady();
        lock (_lock)
            return _sending.IsEmpty && TakeBatchLocked(isTurnOver);
    }

    /// <summary>Swaps the batches; true when nothing is left for this thread to write.</summary>
    private bool TakeBatchLocked(bool isTurnOver)
    {
        if (_filling.IsEmpty || _sendClosed)
        {
            _writing = false;
            return true;
        }

        if (isTurnOver)
        {
            _writing = false;
            _channel.RequestFlush();
            return true;
        }

        BeginWriteLocked();
        return false;
    }

    private void EndWrite()
    {
        lock (_lock)
        {
            CountUnsent(_sending.CountUnsent(_format) + _filling.Messages);
            _sending.Clear();
            _filling.Clear();
            _writing = false;
            _sendClosed = true;
        }
    }

    private void CloseSending()
    {
        lock (_lock)
        {
            _sendClosed = true;
            CountUnsent(_filling.Messages);
            _filling.Clear();
            // What is being sent stays with its writer, whom the closed channel calls: the system may still read it.
        }
    }

    private long UsSinceWrite() => (long)((Stopwatch.GetTimestamp() - _lastWrite) * s_usPerTick);
}
