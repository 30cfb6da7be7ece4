using System.Diagnostics;
using System.Threading;

namespace Nng.Streams;

/// <summary>The sending half of a connection that carries messages: batches them, and writes batch after batch.</summary>
/// <remarks>
/// Threading: <see cref="_lock"/> guards the filling batch and the flags; whoever finds the writer's place free takes
/// it, and writes without the lock.
/// </remarks>
internal sealed class BatchWriter
{
    /// <summary>
    /// Bytes that a connection moves, either way, before the thread that serves it lets others have their turn: a peer
    /// that floods, or reads as fast as we write, would else have a loop for itself. About a tenth of a millisecond.
    /// </summary>
    public const int TurnBytes = 256 * 1024;

    private static readonly double s_usPerTick = 1e6 / Stopwatch.Frequency;

    private readonly IoChannel _channel;
    private readonly IBatchOwner _owner;
    private readonly Lock _lock = new();

    /// <summary>Takes what is posted.</summary>
    private WriteBatch _filling;

    /// <summary>Belongs to the writer while it writes; empty otherwise.</summary>
    private WriteBatch _sending;

    /// <summary>A thread writes, or the channel will call when it can go on.</summary>
    private bool _writing;

    /// <summary>The channel waits to be writable and will call.</summary>
    private bool _stalled;

    /// <summary>A post returned false: the protocol waits for the pipe to be ready.</summary>
    private bool _full;

    /// <summary>Nothing is taken any more; what a batch adds by itself still goes out.</summary>
    private bool _postsClosed;

    /// <summary>Nothing is written any more.</summary>
    private bool _sendClosed;

    /// <summary>The loop will write the filling batch; nobody else need before it has grown.</summary>
    private bool _flushAsked;

    /// <summary>Something was posted that nobody has undertaken to write yet; set under the lock, read without.</summary>
    private bool _kickNeeded;

    private int _writesSinceReceive;
    private long _lastWrite;

    /// <param name="channel">Connected.</param>
    /// <param name="owner">Who posts.</param>
    /// <param name="filling">One of the two batches, empty.</param>
    /// <param name="sending">The other.</param>
    public BatchWriter(IoChannel channel, IBatchOwner owner, WriteBatch filling, WriteBatch sending)
    {
        _channel = channel;
        _owner = owner;
        _filling = filling;
        _sending = sending;
    }

    /// <summary>Messages posted and not yet with the operating system.</summary>
    public int UnsentCount
    {
        get
        {
            lock (_lock)
                return _filling.Messages + _sending.Messages;
        }
    }

    /// <summary>
    /// Takes a message; only memory moves. True: there is room for another one; false: not before
    /// <see cref="IBatchOwner.OnSendReady"/>, or the message was dropped.
    /// </summary>
    public bool Post(Message message)
    {
        lock (_lock)
        {
            if (_postsClosed)
            {
                message.Dispose();
                _owner.OnUnsent(1);
                return false;
            }

            _filling.Add(message);
            _full = !_filling.HasRoom;
            if (!_writing && (_full || !_flushAsked || _filling.Bytes >= WritePolicy.BatchBytes))
                Volatile.Write(ref _kickNeeded, true);
            return !_full;
        }
    }

    /// <summary>Moves what was posted; called by the thread that posted, without locks.</summary>
    public void Kick()
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

    /// <summary>Sends what lies in the filling batch without waiting for more.</summary>
    public void Flush()
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
    public void Continue()
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
        _sending.IsLast = _postsClosed;
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
                _owner.OnSendFailed(result.Error);
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
        bool hasMore;
        lock (_lock)
        {
            if (_sending.Lost > 0)
                _owner.OnUnsent(_sending.Lost);
            _sending.Clear();
            bool isReady = _full && !_sendClosed;
            hasMore = !_filling.IsEmpty && !_sendClosed;
            if (!isReady || (hasMore && isTurnOver))
                return TakeBatchLocked(isTurnOver);
            _full = false;
            if (hasMore)
                BeginWriteLocked();
        }

        _owner.OnSendReady();
        lock (_lock)
            return !hasMore && TakeBatchLocked(isTurnOver);
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
            _owner.OnUnsent(_sending.CountUnsent() + _filling.Messages);
            _sending.Clear();
            _filling.Clear();
            _writing = false;
            _postsClosed = true;
            _sendClosed = true;
        }
    }

    /// <summary>Something was received: the other side answers, so writes need not gather.</summary>
    public void OnReceived() => _writesSinceReceive = 0;

    /// <summary>Takes no more messages; a batch in flight goes on.</summary>
    /// <param name="drops">Those that wait are dropped.</param>
    public void ClosePosts(bool drops)
    {
        lock (_lock)
        {
            _postsClosed = true;
            if (drops)
                DropLocked();
        }
    }

    /// <summary>
    /// The channel was closed. What is being sent stays with its writer, whom the closed channel calls: the system may
    /// still read it.
    /// </summary>
    public void Close()
    {
        lock (_lock)
        {
            _postsClosed = true;
            _sendClosed = true;
            DropLocked();
        }
    }

    private void DropLocked()
    {
        if (_filling.Messages > 0)
            _owner.OnUnsent(_filling.Messages);
        _filling.Clear();
    }

    private long UsSinceWrite() => (long)((Stopwatch.GetTimestamp() - _lastWrite) * s_usPerTick);
}
