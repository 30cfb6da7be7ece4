using System;
using System.IO;
using System.IO.Pipes;
using System.Net;
using System.Runtime.CompilerServices;
using System.Threading;
using Nng.Core;

namespace Nng.Streams;

/// <summary>
/// A named pipe as a channel. The system has no readiness for pipes: a read is begun before anybody waits, into a buffer
/// of the channel's, and a write takes up to a buffer full from its sender at once.
/// </summary>
/// <remarks>
/// Threading: <see cref="_lock"/> guards both directions' states; the system's completions come on pool threads.
/// </remarks>
internal sealed class NamedPipeChannel : IoChannel, IThreadPoolWorkItem
{
    /// <summary>As much as a pipe's own buffer holds (P-3); a read that fills it is followed by larger ones.</summary>
    private const int FirstReadBytes = 4096;

    private const int BufferBytes = 64 * 1024;

    /// <summary>How long a write that is under way may go on after the close.</summary>
    private const int LingerMs = 1000;

    private readonly PipeStream _pipe;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _endReads = new();
    private readonly CancellationTokenSource _endWrites = new();
    private readonly Action _onRead;
    private readonly Action _onWritten;
    private readonly Linger _linger;

    /// <summary>Bytes read and not taken yet lie between the marks.</summary>
    private byte[] _readBuffer = [];
    private int _readFrom;
    private int _readTo;

    /// <summary>A read of the system is under way.</summary>
    private bool _reading;
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _read;

    /// <summary>A receiver is to be told when it has ended.</summary>
    private bool _readWaits;

    /// <summary>What every receive comes to once the bytes in hand are taken; null while more may come.</summary>
    private IoResult? _readEnd;

    private byte[] _writeBuffer = [];

    /// <summary>A write of the system is under way, out of the buffer.</summary>
    private bool _writing;
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _write;

    /// <summary>A sender is to be told when it has ended.</summary>
    private bool _writeWaits;

    /// <summary>A write failed, and with it the direction.</summary>
    private bool _writeFailed;

    private bool _closed;
    private int _flushRequested;

    /// <param name="pipe">Connected, for asynchronous use; owned from now on.</param>
    public NamedPipeChannel(PipeStream pipe)
        : base(null)
    {
        _pipe = pipe;
        _onRead = OnRead;
        _onWritten = OnWritten;
        _linger = new Linger(this);
    }

    public PipeStream Pipe => _pipe;

    public override NngError Connect(EndPoint remote) => throw new NotSupportedException("A pipe is made connected.");

    public override NngError FinishConnect() => throw new NotSupportedException("A pipe is made connected.");

    public override IoResult TryReceive(Span<byte> buffer)
    {
        lock (_lock)
        {
            if (_closed)
                return IoResult.Failed(NngError.Closed);
            if (_readFrom == _readTo && _readEnd is null && !_reading)
                BeginReadLocked();
            if (_readFrom == _readTo)
                return _readEnd ?? IoResult.Wait;
            int count = Math.Min(buffer.Length, _readTo - _readFrom);
            _readBuffer.AsSpan(_readFrom, count).CopyTo(buffer);
            _readFrom += count;
            return IoResult.Moved(count);
        }
    }

    public override bool WaitReadable()
    {
        lock (_lock)
            return _readWaits = _reading;
    }

    public override IoResult TrySend(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (!CanWriteLocked(out IoResult result))
                return result;
            int count = Math.Min(bytes.Length, BufferBytes);
            bytes[..count].CopyTo(WriteBufferLocked());
            return WriteLocked(count);
        }
    }

    public override IoResult TrySend(ReadOnlySpan<IoSegment> segments)
    {
        lock (_lock)
        {
            if (!CanWriteLocked(out IoResult result))
                return result;
            int used = 0;
            foreach (IoSegment segment in segments)
                used += Append(used, segment.Bytes.AsSpan(segment.Offset, segment.Count));
            return WriteLocked(used);
        }
    }

    public override IoResult TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> segments, int offset)
    {
        lock (_lock)
        {
            if (!CanWriteLocked(out IoResult result))
                return result;
            int used = 0;
            foreach (ReadOnlyMemory<byte> segment in segments)
            {
                used += Append(used, segment.Span[offset..]);
                offset = 0;
            }

            return WriteLocked(used);
        }
    }

    public override bool WaitWritable()
    {
        lock (_lock)
            return _writeWaits = _writing && !_closed;
    }

    public override void RequestFlush()
    {
        if (Interlocked.Exchange(ref _flushRequested, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        Volatile.Write(ref _flushRequested, 0);
        Handler.OnFlush();
    }

    /// <summary>A pipe has no such end: what was sent stays readable until the close, and nothing is told before.</summary>
    public override void ShutdownSend()
    {
    }

    /// <summary>
    /// As the contract says; but a write under way has been counted as sent: it may go on for a while, and the handle is
    /// freed behind it.
    /// </summary>
    public override void Close()
    {
        bool waits;
        bool lingers;
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
            waits = _writeWaits;
            _writeWaits = false;
            lingers = _writing;
        }

        if (lingers)
            Expirer.Default.Arm(_linger, Expirer.Default.Clock.NowMs + LingerMs);
        // A read under way ends now and tells its receiver.
        _endReads.Cancel();
        if (!lingers)
            _pipe.Dispose();
        if (waits)
            Handler.OnWritable();
    }

    private void BeginReadLocked()
    {
        _readFrom = _readTo = 0;
        if (_readBuffer.Length == 0)
            _readBuffer = new byte[FirstReadBytes];
        try
        {
            _read = _pipe.ReadAsync(_readBuffer, _endReads.Token).ConfigureAwait(false).GetAwaiter();
        }
        catch (Exception failure) when (IsPipeFailure(failure))
        {
            _readEnd = IoResult.Failed(NngError.ConnectionReset);
            return;
        }

        if (_read.IsCompleted)
        {
            EndReadLocked();
            return;
        }

        _reading = true;
        _read.UnsafeOnCompleted(_onRead);
    }

    private void EndReadLocked()
    {
        try
        {
            _readTo = _read.GetResult();
            if (_readTo == 0)
                _readEnd = IoResult.Moved(0);
            else if (_readTo == FirstReadBytes)
                Array.Resize(ref _readBuffer, BufferBytes);
        }
        catch (Exception failure) when (IsPipeFailure(failure))
        {
            _readEnd = IoResult.Failed(NngError.ConnectionReset);
        }
    }

    private void OnRead()
    {
        bool waits;
        lock (_lock)
        {
            _reading = false;
            EndReadLocked();
            waits = _readWaits;
            _readWaits = false;
        }

        if (waits)
            Handler.OnReadable();
    }

    private bool CanWriteLocked(out IoResult result)
    {
        result = _closed ? IoResult.Failed(NngError.Closed)
            : _writeFailed ? IoResult.Failed(NngError.ConnectionReset) : IoResult.Wait;
        return !_closed && !_writeFailed && !_writing;
    }

    private byte[] WriteBufferLocked()
    {
        if (_writeBuffer.Length == 0)
            _writeBuffer = new byte[BufferBytes];
        return _writeBuffer;
    }

    /// <summary>What there is room for, behind what the buffer holds.</summary>
    private int Append(int used, ReadOnlySpan<byte> bytes)
    {
        int count = Math.Min(bytes.Length, BufferBytes - used);
        bytes[..count].CopyTo(WriteBufferLocked().AsSpan(used));
        return count;
    }

    private IoResult WriteLocked(int count)
    {
        try
        {
            _write = _pipe.WriteAsync(_writeBuffer.AsMemory(0, count), _endWrites.Token).ConfigureAwait(false).GetAwaiter();
            if (_write.IsCompleted)
            {
                _write.GetResult();
                return IoResult.Moved(count);
            }
        }
        catch (Exception failure) when (IsPipeFailure(failure))
        {
            _writeFailed = true;
            return IoResult.Failed(NngError.ConnectionReset);
        }

        _writing = true;
        _write.UnsafeOnCompleted(_onWritten);
        return IoResult.Moved(count);
    }

    private void OnWritten()
    {
        bool waits;
        bool closed;
        lock (_lock)
        {
            _writing = false;
            try
            {
                _write.GetResult();
            }
            catch (Exception failure) when (IsPipeFailure(failure))
            {
                _writeFailed = true;
            }

            waits = _writeWaits;
            _writeWaits = false;
            closed = _closed;
        }

        if (closed)
        {
            Expirer.Default.Disarm(_linger);
            _pipe.Dispose();
        }

        if (waits)
            Handler.OnWritable();
    }

    /// <summary>The peer is gone, or the pipe was closed here; which of them is known elsewhere.</summary>
    private static bool IsPipeFailure(Exception failure) =>
        failure is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException
            or UnauthorizedAccessException;

    /// <summary>The write that a close has left under way has had its time.</summary>
    private sealed class Linger(NamedPipeChannel channel) : Deadline, IThreadPoolWorkItem
    {
        public override void OnExpired() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

        public void Execute() => channel._endWrites.Cancel();
    }
}
