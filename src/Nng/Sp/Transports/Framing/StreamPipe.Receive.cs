using System;
using Nng.Core;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <content>Receiving.</content>
internal sealed partial class StreamPipe
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Memory committed to a claimed length before its bytes arrive (TW-2).</summary>
    private const int FirstBodyBytes = 1 << 20;

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

    public override void StartReceive() => Receive();

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
        while (true)
        {
            NngError error = _large is null ? ParseFrame(out Message? message) : FinishLarge(out message);
            if (error != NngError.None)
                return error;
            if (message is not null)
            {
                // Nothing of this state may be touched after a delivery that ends the ask: the next ask may run.
                ReleaseBufferIfEmpty();
                if (!Pipe.Deliver(message))
                    return NngError.None;
                continue;
            }

            IoResult result = Read();
            if (result.Error == NngError.TryAgain)
            {
                ReleaseBufferIfEmpty();
                if (_channel.WaitReadable())
                    return NngError.TryAgain;
                continue;
            }

            if (result.Error != NngError.None)
                return result.Error;
            if (result.Count == 0)
                return NngError.ConnectionShutdown;
            _writesSinceReceive = 0;
        }
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
        _large = Message.Rent(Math.Min(length, FirstBodyBytes));
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
        return NngError.None;
    }

    private IoResult Read()
    {
        if (_large is not null)
            return ReadLarge();
        _buffer ??= ChunkPool.Rent(BufferBytes);
        byte[] bytes = _buffer.Bytes;
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_start > 0)
        {
            bytes.AsSpan(_start, _end - _start).CopyTo(bytes);
            _end -= _start;
            _start = 0;
        }

        IoResult result = _channel.TryReceive(bytes.AsSpan(_end, BufferBytes - _end));
        _end += result.Count;
        return result;
    }

    /// <summary>Receives into the message itself, which grows as bytes arrive, never as they are claimed.</summary>
    private IoResult ReadLarge()
    {
        Message large = _large!;
        if (_largeFilled == large.Length)
            large.Resize((int)Math.Min((long)large.Length * 2, _largeLength));
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

    private void ReleaseBufferIfEmpty()
    {
        if (_start != _end || _buffer is null)
            return;
        ChunkPool.Release(_buffer);
        _buffer = null;
        _start = _end = 0;
    }
}
