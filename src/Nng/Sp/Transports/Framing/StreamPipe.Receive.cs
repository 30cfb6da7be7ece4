using System;
using System.Threading;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <content>Receiving.</content>
internal sealed partial class StreamPipe
{
    /// <summary>In <see cref="_asks"/>: the pipe is closed.</summary>
    private const int Ended = 1 << 30;

    private ReceiveWindow _window;

    /// <summary>A message longer than the window, being received straight into its body.</summary>
    private GrowingMessage _large;

    /// <summary>1: the pipe has had its turn and its receiving goes on with the next flush.</summary>
    private int _turnOver;

    /// <summary>
    /// Asks whose receiving has not ended: one, or two for the moment in which a delivery has brought the next. Whoever ends
    /// the last of a closed pipe frees what was received.
    /// </summary>
    private int _asks;

    public override void StartReceive()
    {
        int asks;
        do
        {
            asks = Volatile.Read(ref _asks);
            if ((asks & Ended) != 0)
                return;
        }
        while (Interlocked.CompareExchange(ref _asks, asks + 1, asks) != asks);
        Receive();
    }

    /// <summary>No ask will come any more.</summary>
    private void EndReceiving()
    {
        if (Interlocked.Or(ref _asks, Ended) == 0)
            DropReceived();
    }

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
        if (error == NngError.TryAgain)
            return;
        if (error != NngError.None)
            Fail(error);
        if (Interlocked.Decrement(ref _asks) == Ended)
            DropReceived();
    }

    private void DropReceived()
    {
        _large.Drop();
        _window.Clear();
    }

    /// <summary>None: the protocol has enough. TryAgain: the channel will call. Else: why the connection ended.</summary>
    private NngError PumpReceive()
    {
        int turn = BatchWriter.TurnBytes;
        while (true)
        {
            if (turn <= 0)
            {
                EndTurn();
                return NngError.TryAgain;
            }

            NngError error = _large.IsOpen ? FinishLarge(out Message? message) : ParseFrame(out message);
            if (error != NngError.None)
                return error;
            if (message is not null)
            {
                // Nothing of this state may be touched after a delivery that ends the ask: the next ask may run.
                _window.ReleaseIfEmpty();
                turn -= MessageCost;
                if (!Pipe.Deliver(message))
                    return NngError.None;
                continue;
            }

            IoResult result = _large.IsOpen ? ReadLarge() : _window.Receive(_channel);
            if (result.Error == NngError.TryAgain)
            {
                _window.Shelve();
                if (_channel.WaitReadable())
                    return NngError.TryAgain;
                continue;
            }

            if (result.Error != NngError.None)
                return result.Error;
            if (result.Count == 0)
                return NngError.ConnectionShutdown;
            turn -= result.Count;
            _writer.OnReceived();
        }
    }

    /// <summary>Lets others have their turn; whoever runs the flush goes on, perhaps before this returns.</summary>
    private void EndTurn()
    {
        Volatile.Write(ref _turnOver, 1);
        _channel.RequestFlush();
    }

    /// <summary>Takes a whole frame out of the window, if there is one; begins a large one.</summary>
    private NngError ParseFrame(out Message? message)
    {
        message = null;
        ReadOnlySpan<byte> bytes = _window.Bytes;
        if (bytes.Length < _format.HeadLength)
            return NngError.None;
        FrameRefusal refusal = _format.ReadHead(bytes, _maxLength, out ulong claimed);
        if (refusal != FrameRefusal.None)
            return Refuse(refusal, claimed);
        int length = (int)claimed;
        bytes = bytes[_format.HeadLength..];
        if (length <= bytes.Length)
        {
            message = Message.Rent(bytes[..length]);
            _window.Consume(_format.HeadLength + length);
            _window.ExpectsLarge = false;
            return NngError.None;
        }

        return _format.HeadLength + length <= ReceiveWindow.Size ? NngError.None : BeginLarge(length, bytes);
    }

    private NngError BeginLarge(int length, ReadOnlySpan<byte> bytes)
    {
        if (!_large.TryAnnounce(length, isLast: true))
            return NngError.OutOfMemory;
        _window.Consume(_format.HeadLength + bytes.Length);
        _window.ExpectsLarge = true;
        while (!bytes.IsEmpty)
        {
            if (!_large.TryGetRoom(out Span<byte> room))
                return NngError.OutOfMemory;
            int count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            _large.Fill(count);
            bytes = bytes[count..];
        }

        return NngError.None;
    }

    private NngError FinishLarge(out Message? message)
    {
        message = _large.IsFilled ? _large.Take() : null;
        return NngError.None;
    }

    private IoResult ReadLarge()
    {
        if (!_large.TryGetRoom(out Span<byte> room))
            return IoResult.Failed(NngError.OutOfMemory);
        IoResult result = _channel.TryReceive(room);
        _large.Fill(result.Count);
        return result;
    }

    private NngError Refuse(FrameRefusal refusal, ulong claimed)
    {
        if (refusal == FrameRefusal.UnknownType)
            return NngError.Protocol;
        SpLog.MessageTooLarge(Pipe, claimed, _maxLength);
        return NngError.MessageTooLarge;
    }
}
