using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.Streams;

/// <content>Sending and the end of it.</content>
internal sealed partial class TlsChannel
{
    /// <summary>What one record holds (RFC 8446, 5.1).</summary>
    private const int RecordBytes = 16 * 1024;

    /// <summary>Plaintext that one call encrypts: with the records' overhead it fits the wire's buffer.</summary>
    private const int SendBytes = 3 * RecordBytes;

    /// <summary>Nobody owns the session's writing half and its ciphertext.</summary>
    private const int OutputFree = 0;

    /// <summary>A thread does.</summary>
    private const int OutputOwned = 1;

    /// <summary>The next call of the inner channel will.</summary>
    private const int OutputWaits = 2;

    private readonly Linger _linger;
    private int _writeState;
    private int _output = OutputOwned;

    /// <summary>Why nothing can be sent any more; belongs to the output's owner.</summary>
    private NngError _sendFailure;

    /// <summary>The end of the session was announced to the peer; belongs to the output's owner.</summary>
    private bool _notified;

    /// <summary>Small pieces of a gather list, becoming one record; null for none.</summary>
    private Chunk? _pack;

    private int _packed;

    public override IoResult TrySend(ReadOnlySpan<IoSegment> segments)
    {
        if (!TryEnterOutput(out IoResult refusal))
            return refusal;
        int count = 0;
        NngError error = NngError.None;
        try
        {
            for (int i = 0; i < segments.Length && count < SendBytes; i++)
            {
                IoSegment segment = segments[i];
                var bytes = new ReadOnlyMemory<byte>(segment.Bytes, segment.Offset, segment.Count);
                count += Pack(bytes, SendBytes - count, isLast: i == segments.Length - 1);
            }

            SendPack();
        }
        catch (Exception failure) when (IsSessionFailure(failure))
        {
            error = ErrorOf(failure);
        }

        return EndSend(count, error);
    }

    public override IoResult TrySend(ReadOnlySpan<ReadOnlyMemory<byte>> segments, int offset)
    {
        Touch(segments);
        if (!TryEnterOutput(out IoResult refusal))
            return refusal;
        int count = 0;
        NngError error = NngError.None;
        try
        {
            for (int i = 0; i < segments.Length && count < SendBytes; i++)
            {
                count += Pack(segments[i][offset..], SendBytes - count, isLast: i == segments.Length - 1);
                offset = 0;
            }

            SendPack();
        }
        catch (Exception failure) when (IsSessionFailure(failure))
        {
            error = ErrorOf(failure);
        }

        return EndSend(count, error);
    }

    /// <summary>An owner of memory may refuse to give it, and throw: here, not amid a record.</summary>
    private static void Touch(ReadOnlySpan<ReadOnlyMemory<byte>> segments)
    {
        int count = 0;
        for (int i = 0; i < segments.Length && count < SendBytes; i++)
            count += segments[i].Span.Length;
    }

    public override IoResult TrySend(ReadOnlySpan<byte> bytes)
    {
        if (!TryEnterOutput(out IoResult refusal))
            return refusal;
        bytes = bytes[..Math.Min(bytes.Length, SendBytes)];
        NngError error = NngError.None;
        try
        {
            if (!bytes.IsEmpty)
                _session.Write(bytes);
        }
        catch (Exception failure) when (IsSessionFailure(failure))
        {
            error = ErrorOf(failure);
        }

        return EndSend(bytes.Length, error);
    }

    public override bool WaitWritable() => Interlocked.CompareExchange(ref _writeState, Waiting, Quiet) == Quiet;

    /// <summary>
    /// Announces the end of the session while receiving goes on; not while the system has no room for what was sent
    /// before, when only the close will.
    /// </summary>
    public override void ShutdownSend()
    {
        if (!TryEnterOutput(out _))
            return;
        Notify();
        LeaveOutput();
    }

    private bool TryEnterOutput(out IoResult refusal)
    {
        Interlocked.Exchange(ref _writeState, Quiet);
        refusal = IoResult.Wait;
        if (!IsClosed && Interlocked.CompareExchange(ref _output, OutputOwned, OutputFree) == OutputFree)
        {
            if (_sendFailure == NngError.None)
                return true;
            refusal = IoResult.Failed(_sendFailure);
            LeaveOutput();
        }

        if (IsClosed)
            refusal = IoResult.Failed(NngError.Closed);
        return false;
    }

    private IoResult EndSend(int count, NngError error)
    {
        DropPack();
        if (error != NngError.None)
            _sendFailure = error;
        error = LeaveOutput();
        return error == NngError.None ? IoResult.Moved(count) : IoResult.Failed(error);
    }

    /// <summary>
    /// Encrypts bytes at once when they fill records, or nothing comes before or after them; otherwise they are copied
    /// to become part of a record with their neighbours.
    /// </summary>
    private int Pack(ReadOnlyMemory<byte> bytes, int limit, bool isLast)
    {
        if (bytes.Length > limit)
        {
            bytes = bytes[..limit];
            isLast = true;
        }

        int count = bytes.Length;
        if (_packed > 0)
            bytes = bytes[Fill(bytes)..];
        int direct = isLast && _packed == 0 ? bytes.Length : bytes.Length - (bytes.Length % RecordBytes);
        if (direct > 0)
            Encrypt(bytes[..direct]);
        Fill(bytes[direct..]);
        return count;
    }

    /// <summary>Copies bytes up to the end of the record in the making, which goes out when it is full.</summary>
    private int Fill(ReadOnlyMemory<byte> bytes)
    {
        int count = Math.Min(bytes.Length, RecordBytes - _packed);
        if (count == 0)
            return 0;
        _pack ??= ChunkPool.Rent(RecordBytes);
        bytes.Span[..count].CopyTo(_pack.Bytes.AsSpan(_packed));
        _packed += count;
        if (_packed == RecordBytes)
            SendPack();
        return count;
    }

    private void SendPack()
    {
        int count = _packed;
        _packed = 0;
        if (count > 0)
            Encrypt(_pack!.Bytes.AsMemory(0, count));
    }

    private void DropPack()
    {
        if (_pack is null)
            return;
        ChunkPool.Release(_pack);
        _pack = null;
        _packed = 0;
    }

    /// <summary>The wire below takes ciphertext without waiting, so this is over when it returns.</summary>
    private void Encrypt(ReadOnlyMemory<byte> bytes)
    {
        ValueTask write = _session.WriteAsync(bytes);
        write.GetAwaiter().GetResult();
    }

    /// <summary>
    /// Sends the ciphertext and gives the output up: to nobody, to the inner channel's next call when the system has
    /// no room, or, after a close, for good. Returns why nothing can be sent any more.
    /// </summary>
    private NngError LeaveOutput()
    {
        while (true)
        {
            NngError error = _sendFailure != NngError.None ? _sendFailure : _wire.Send();
            if (error == NngError.TryAgain)
            {
                Volatile.Write(ref _output, OutputWaits);
                if (!_inner.WaitWritable())
                {
                    Volatile.Write(ref _output, OutputOwned);
                    continue;
                }

                // Not before: a close that has just found this thread to be the owner leaves it to it. When all is over
                // by now the deadline finds nothing to do.
                Interlocked.MemoryBarrier();
                if (IsClosed)
                    _linger.Arm();
                return NngError.None;
            }

            if (error != NngError.None)
            {
                _sendFailure = error;
                _wire.DropOutput();
            }

            if (IsClosed)
            {
                if (Notify())
                    continue;
                End();
                return error;
            }

            Interlocked.Exchange(ref _output, OutputFree);
            if (!IsClosed || Interlocked.CompareExchange(ref _output, OutputOwned, OutputFree) != OutputFree)
                return error;
        }
    }

    /// <summary>Announces the end of the session, once; true when there is something to send for it (L-22).</summary>
    private bool Notify()
    {
        if (_notified || _sendFailure != NngError.None)
            return false;
        _notified = true;
        if (!_sessionGate.TryEnter())
            return false;
        try
        {
            Task shutdown = _session.ShutdownAsync();
            return shutdown.IsCompletedSuccessfully;
        }
        catch (Exception failure) when (IsSessionFailure(failure))
        {
            return false;
        }
        finally
        {
            _sessionGate.Exit();
        }
    }

    /// <summary>The last owner of the output frees everything.</summary>
    private void End()
    {
        _linger.Disarm();
        _wire.DropOutput();
        _inner.Close();
        _session.Dispose();
    }

    /// <summary>Ends the wait for a system that takes nothing of a closed channel.</summary>
    private sealed class Linger(TlsChannel channel) : Deadline
    {
        public void Arm() => Expirer.Default.Arm(this, Expirer.Default.Clock.NowMs + LingerMs);

        public void Disarm() => Expirer.Default.Disarm(this);

        /// <summary>The closed channel calls the output's owner.</summary>
        public override void OnExpired() => channel._inner.Close();
    }
}
