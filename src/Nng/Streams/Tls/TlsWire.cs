using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;
using Nng.Core;

namespace Nng.Streams;

/// <summary>
/// The ciphertext below a TLS session: what <see cref="System.Net.Security.SslStream"/> reads comes straight from the
/// channel, several records in one call; what it writes is gathered and sent with one.
/// </summary>
/// <remarks>
/// Threading: one reader; <see cref="OnReadable"/> runs only while its read waits. The writing half belongs to whoever
/// owns the output of the <see cref="TlsChannel"/>. During the handshake writes wait until they are out, and nothing
/// continues on the thread of a loop; afterwards writes only move memory, and reads continue where the channel calls.
/// </remarks>
internal sealed class TlsWire(IoChannel channel) : Stream, IValueTaskSource<int>
{
    /// <summary>What one call may bring while nobody has offered memory yet: some records of 16 KiB.</summary>
    private const int AheadBytes = 64 * 1024;

    /// <summary>Room for what one send encrypts, with the overhead of its records.</summary>
    private const int OutputBytes = 64 * 1024;

    /// <summary>
    /// Ciphertext that may come in a row without a byte of plaintext; new keys and empty records alone have no other end.
    /// </summary>
    private const int BarrenBytes = 128 * 1024;

    /// <summary>Ciphertext, beyond what there is plaintext for, that is taken before the loop has its turn.</summary>
    private const int TurnBytes = 256 * 1024;

    /// <summary>What a byte of plaintext may cost in ciphertext: small records are mostly overhead.</summary>
    private const int CostOfByte = 32;

    private ManualResetValueTaskSourceCore<int> _read = new() { RunContinuationsAsynchronously = true };

    /// <summary>Where a waiting read goes; empty when it only waits for something to come.</summary>
    private Memory<byte> _target;

    /// <summary>Bytes that came before memory for them was offered; null for none.</summary>
    private Chunk? _ahead;

    private int _aheadStart;
    private int _aheadEnd;

    /// <summary>Ciphertext on its way out; null for none.</summary>
    private Chunk? _output;

    private int _outputStart;
    private int _outputEnd;

    /// <summary>Ends the wait of a handshake's write; null when none waits.</summary>
    private TaskCompletionSource? _writable;

    private bool _established;

    /// <summary>Ciphertext since the last plaintext.</summary>
    private int _barren;

    /// <summary>What is left of the turn.</summary>
    private int _turn = TurnBytes;

    /// <summary>The read waits for the loop's next turn and not for bytes.</summary>
    private volatile bool _isTurnOver;

    /// <summary>Nothing more comes: the end of the stream, or <see cref="Error"/>.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Why receiving failed; none while it has not, and at an orderly end.</summary>
    public NngError Error { get; private set; }

    /// <summary>The read that waits is to go on with the channel's next flush.</summary>
    public bool IsTurnOver => _isTurnOver;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The handshake is over; no read or write waits.</summary>
    public void Establish()
    {
        _established = true;
        _read.RunContinuationsAsynchronously = false;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            bool mayTake = _turn > 0;
            IoResult result = mayTake ? Take(buffer.Span) : IoResult.Wait;
            if (result.Error != NngError.TryAgain)
                return new ValueTask<int>(CountOf(result));
            _target = buffer;
            _read.Reset();
            short version = _read.Version;
            if (!mayTake)
            {
                _isTurnOver = true;
                channel.RequestFlush();
                return new ValueTask<int>(this, version);
            }

            if (channel.WaitReadable())
                return new ValueTask<int>(this, version);
        }
    }

    /// <summary>The channel has something for the read that waits.</summary>
    public void OnReadable()
    {
        _isTurnOver = false;
        _turn = TurnBytes;
        IoResult result = Take(_target.Span);
        while (result.Error == NngError.TryAgain)
        {
            if (channel.WaitReadable())
                return;
            result = Take(_target.Span);
        }

        _target = default;
        bool isAside = InterruptShield.PutAside();
        try
        {
            _read.SetResult(CountOf(result));
        }
        finally
        {
            if (isAside)
                InterruptShield.PutBack();
        }
    }

    /// <summary>The session has given plaintext.</summary>
    public void OnPlaintext(int count)
    {
        _barren = 0;
        _turn = (int)Math.Min(TurnBytes, _turn + ((long)CostOfByte * count));
    }

    /// <summary>A read that would block is never made: data was found to be there before.</summary>
    public override int Read(byte[] buffer, int offset, int count) =>
        throw new IOException("A TLS session read ahead of its data.");

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Append(buffer.Span);
        return _established ? default : new ValueTask(FlushHandshakeAsync());
    }

    public override void Write(ReadOnlySpan<byte> buffer) => Append(buffer);

    public override void Write(byte[] buffer, int offset, int count) => Append(buffer.AsSpan(offset, count));

    /// <summary>The channel takes bytes again, for a handshake's write.</summary>
    public void OnHandshakeWritable() => _writable!.TrySetResult();

    /// <summary>Sends what was gathered; try again: the channel's wait must follow.</summary>
    public NngError Send()
    {
        while (_output is { } output)
        {
            IoResult result = channel.TrySend(output.Bytes.AsSpan(_outputStart, _outputEnd - _outputStart));
            if (result.Error != NngError.None)
                return result.Error;
            _outputStart += result.Count;
            if (_outputStart == _outputEnd)
                DropOutput();
        }

        return NngError.None;
    }

    /// <summary>Forgets what was not sent.</summary>
    public void DropOutput()
    {
        if (_output is not null)
            ChunkPool.Release(_output);
        _output = null;
        _outputStart = _outputEnd = 0;
    }

    /// <summary>
    /// Takes what has arrived, unread, off a connection that is to be closed, so that the system does not turn the
    /// close into a reset, which could overtake our alert.
    /// </summary>
    public void Drain()
    {
        Chunk chunk = ChunkPool.Rent(AheadBytes);
        for (int i = 0; i < 16 && channel.TryReceive(chunk.Bytes) is { Count: > 0 }; i++)
        {
        }

        ChunkPool.Release(chunk);
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    int IValueTaskSource<int>.GetResult(short token) => _read.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _read.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _read.OnCompleted(continuation, state, token, flags);

    /// <summary>
    /// Bytes into the target; into storage of our own, and none reported, when it is empty: whoever asks that way only
    /// wants to know.
    /// </summary>
    private IoResult Take(Span<byte> target)
    {
        if (_ahead is not null)
            return Counted(IoResult.Moved(TakeAhead(_ahead, target)));
        if (IsOver)
            return IoResult.Moved(0);
        if (!target.IsEmpty)
            return Counted(Noted(channel.TryReceive(target)));
        Chunk chunk = ChunkPool.Rent(AheadBytes);
        IoResult result = Noted(channel.TryReceive(chunk.Bytes.AsSpan(0, AheadBytes)));
        if (result.Count == 0)
        {
            ChunkPool.Release(chunk);
            return result;
        }

        _ahead = chunk;
        _aheadStart = 0;
        _aheadEnd = result.Count;
        return IoResult.Moved(0);
    }

    private int TakeAhead(Chunk ahead, Span<byte> target)
    {
        int count = Math.Min(target.Length, _aheadEnd - _aheadStart);
        ahead.Bytes.AsSpan(_aheadStart, count).CopyTo(target);
        _aheadStart += count;
        if (_aheadStart == _aheadEnd)
        {
            _ahead = null;
            ChunkPool.Release(ahead);
        }

        return count;
    }

    /// <summary>A peer that sends and sends, and no plaintext with it, keeps a thread busy for nothing: it is cut off.</summary>
    private IoResult Counted(IoResult result)
    {
        if (!_established)
            return result;
        _turn -= result.Count;
        _barren += result.Count;
        if (_barren <= BarrenBytes)
            return result;
        IsOver = true;
        Error = NngError.Crypto;
        if (_ahead is not null)
            ChunkPool.Release(_ahead);
        _ahead = null;
        return IoResult.Moved(0);
    }

    /// <summary>Remembers an end or a failure; the session sees an end in both.</summary>
    private IoResult Noted(IoResult result)
    {
        if (result.Error == NngError.TryAgain || result.Count > 0)
            return result;
        IsOver = true;
        Error = result.Error;
        return result;
    }

    private static int CountOf(IoResult result) => result.Error == NngError.None ? result.Count : 0;

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _output ??= ChunkPool.Rent(OutputBytes);
        if (bytes.Length > _output.Bytes.Length - _outputEnd)
            MakeRoom(bytes.Length);
        bytes.CopyTo(_output.Bytes.AsSpan(_outputEnd));
        _outputEnd += bytes.Length;
    }

    private void MakeRoom(int more)
    {
        Chunk old = _output!;
        int held = _outputEnd - _outputStart;
        Chunk target = held + more <= old.Bytes.Length ? old : ChunkPool.Rent(held + more);
        old.Bytes.AsSpan(_outputStart, held).CopyTo(target.Bytes);
        if (!ReferenceEquals(old, target))
            ChunkPool.Release(old);
        _output = target;
        _outputStart = 0;
        _outputEnd = held;
    }

    private async Task FlushHandshakeAsync()
    {
        NngError error;
        while ((error = Send()) == NngError.TryAgain)
        {
            _writable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (channel.WaitWritable())
                await _writable.Task.ConfigureAwait(false);
        }

        // A handshake learns of a dead connection from its next read.
        if (error != NngError.None)
            DropOutput();
    }
}
