using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using Nng.Core;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <content>Receiving.</content>
internal sealed partial class StreamPipe
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Memory committed to a claimed length before its bytes arrive (TW-2), on a pipe with a good record.</summary>
    private const int MaxTrustBytes = 1 << 20;

    /// <summary>The same on a fresh pipe: a claim costs a stranger eight bytes.</summary>
    private const int FirstTrustBytes = 128 * 1024;

    /// <summary>A rest of a frame up to this size moves into storage of its own while the pipe waits.</summary>
    private const int ShelfBytes = 4 * 1024;

    /// <summary>Read buffer; held only while it has bytes in it or a read is being tried.</summary>
    private Chunk? _buffer;

    private int _start;
    private int _end;

    /// <summary>A message longer than the buffer, being received straight into its body; null for none.</summary>
    private Message? _large;

    /// <summary>Bytes of <see cref="_large"/> received.</summary>
    private int _largeFilled;

    /// <summary>Length of <see cref="_large"/> as announced.</summary>
    private int _largeLength;

    /// <summary>Memory a claimed length gets at once: as much as this pipe has filled before, within limits.</summary>
    private int _trustBytes = FirstTrustBytes;

    /// <summary>1: the pipe has had its turn and its receiving goes on with the next flush.</summary>
    private int _turnOver;

    public override void StartReceive() => Receive();

    /// <summary>Goes on where a turn ended.</summary>
    private void ContinueReceiving()
    {
        if (Volatile.Read(ref _turnOver) != 0 && Interlocked.Exchange(ref _turnOver, 0) != 0)
            Receive();
    }

    /// <summary>Delivers frames until the protocol has enough, the socket has no more, or the connection ends.</summary>
    private void Receive()
    {
        NngError error = PumpReceive();
        if (error is NngError.None or NngError.TryAgain)
            return;

        _large?.Dispose();
        _large = null;
        _start = _end = 0;
        ReleaseBufferIfEmpty();
        Fail(error);
    }

    /// <summary>None: the protocol has enough. TryAgain: the channel will call. Else: why the connection ended.</summary>
    private NngError PumpReceive()
    {
        int turn = TurnBytes;
        while (true)
        {
            if (turn <= 0)
            {
                EndTurn();
                return NngError.TryAgain;
            }

            NngError error = _large is null ? ParseFrame(out Message? message) : FinishLarge(out message);
            if (error != NngError.None)
                return error;
            if (message is not null)
            {
                // Nothing of this state may be touched after a delivery that ends the ask: the next ask may run.
                ReleaseBufferIfEmpty();
                turn -= MessageCost;
                if (!Pipe.Deliver(message))
                    return NngError.None;
                continue;
            }

            IoResult result = Read();
            if (result.Error == NngError.TryAgain)
            {
                ShelveBuffer();
                if (_channel.WaitReadable())
                    return NngError.TryAgain;
                continue;
            }

            if (result.Error != NngError.None)
                return result.Error;
            if (result.Count == 0)
                return NngError.ConnectionShutdown;
            turn -= result.Count;
            _writesSinceReceive = 0;
        }
    }

    /// <summary>Lets others have their turn; whoever runs the flush goes on, perhaps before this returns.</summary>
    private void EndTurn()
    {
        Volatile.Write(ref _turnOver, 1);
        _channel.RequestFlush();
    }

    /// <summary>Takes a whole frame out of the buffer, if there is one; begins a large one.</summary>
    private NngError ParseFrame(out Message? message)
    {
        message = null;
        int available = _end - _start;
        if (available < _format.HeadLength)
            return NngError.None;
        ReadOnlySpan<byte> bytes = _buffer!.Bytes.AsSpan(_start, available);
        FrameRefusal refusal = _format.ReadHead(bytes, _maxLength, out ulong claimed);
        if (refusal != FrameRefusal.None)
            return Refuse(refusal, claimed);
        int length = (int)claimed;
        bytes = bytes[_format.HeadLength..];
        if (length <= bytes.Length)
        {
            message = Message.Rent(bytes[..length]);
            _start += _format.HeadLength + length;
            return NngError.None;
        }

        if (_format.HeadLength + length <= BufferBytes)
            return NngError.None;
        if (!TryRent(Math.Min(length, _trustBytes), out _large))
            return NngError.OutOfMemory;
        _largeLength = length;
        _largeFilled = Math.Min(bytes.Length, _large.Length);
        bytes[.._largeFilled].CopyTo(_large.GetWritableBody());
        _start += _format.HeadLength + _largeFilled;
        return NngError.None;
    }

    private NngError FinishLarge(out Message? message)
    {
        message = null;
        if (_largeFilled < _largeLength)
            return NngError.None;
        message = _large;
        _large = null;
        _trustBytes = Math.Clamp(_largeLength, _trustBytes, MaxTrustBytes);
        return NngError.None;
    }

    private IoResult Read()
    {
        if (_large is not null)
            return ReadLarge();
        if (_start == _end)
        {
            _start = _end = 0;
            _buffer ??= ChunkPool.Rent(BufferBytes);
        }
        else if (_buffer!.Bytes.Length < BufferBytes)
        {
            MoveBuffer(BufferBytes);
        }
        else if (_start > 0)
        {
            CopyRest(_buffer);
        }

        IoResult result = _channel.TryReceive(_buffer.Bytes.AsSpan(_end, BufferBytes - _end));
        _end += result.Count;
        return result;
    }

    /// <summary>Receives into the message itself, which grows as bytes arrive, never as they are claimed.</summary>
    private IoResult ReadLarge()
    {
        Message large = _large!;
        if (_largeFilled == large.Length && !TryGrow(large, (int)Math.Min((long)large.Length * 2, _largeLength)))
            return IoResult.Failed(NngError.OutOfMemory);
        IoResult result = _channel.TryReceive(large.GetWritableBody()[_largeFilled..]);
        _largeFilled += result.Count;
        return result;
    }

    private NngError Refuse(FrameRefusal refusal, ulong claimed)
    {
        if (refusal == FrameRefusal.UnknownType)
            return NngError.Protocol;
        SpLog.MessageTooLarge(Pipe, claimed, _maxLength);
        return NngError.MessageTooLarge;
    }

    /// <summary>Memory for a peer's message may run out; that ends its pipe and not the process.</summary>
    private static bool TryRent(int length, [NotNullWhen(true)] out Message? message)
    {
        try
        {
            message = Message.Rent(length);
            return true;
        }
        catch (OutOfMemoryException)
        {
            message = null;
            return false;
        }
    }

    private static bool TryGrow(Message message, int length)
    {
        try
        {
            message.Resize(length);
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }

    /// <summary>A pipe that waits keeps what it has of a frame, but not a whole buffer for it.</summary>
    private void ShelveBuffer()
    {
        int rest = _end - _start;
        if (rest == 0)
            ReleaseBufferIfEmpty();
        else if (rest <= ShelfBytes && _buffer!.Bytes.Length == BufferBytes)
            MoveBuffer(rest);
    }

    /// <summary>Moves the rest into storage of at least the given size.</summary>
    private void MoveBuffer(int size)
    {
        Chunk old = _buffer!;
        Chunk moved = ChunkPool.Rent(size);
        CopyRest(moved);
        _buffer = moved;
        ChunkPool.Release(old);
    }

    /// <summary>The rest, from the buffer to the front of the target, which may be the same.</summary>
    private void CopyRest(Chunk target)
    {
        _buffer!.Bytes.AsSpan(_start, _end - _start).CopyTo(target.Bytes);
        _end -= _start;
        _start = 0;
    }

    private void ReleaseBufferIfEmpty()
    {
        if (_start != _end || _buffer is null)
            return;
        ChunkPool.Release(_buffer);
        _buffer = null;
        _start = _end = 0;
    }
}
