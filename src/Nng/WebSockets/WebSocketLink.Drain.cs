using System;
using System.Threading;
using Nng.Streams;

namespace Nng.WebSockets;

/// <content>
/// Reading on after the end, for the peer's close frame: input that nobody has read would turn the close into a reset,
/// which may destroy the close frame on its way.
/// </content>
internal sealed partial class WebSocketLink
{
    /// <summary>Whoever finds the receiver's place free reads on, or clears up.</summary>
    private void DrainIfFree()
    {
        if (TryTakeReceiver())
            Drain();
    }

    /// <summary>This thread is the receiver: drops all input until the peer has closed, or the connection is given up.</summary>
    private void Drain()
    {
        int turn = BatchWriter.TurnBytes;
        if (_growing.IsOpen)
            _left = _growing.Length - _growing.Filled;
        _growing.Drop();
        _inflater?.Dispose();
        while (Volatile.Read(ref _state) == Closing)
        {
            if (turn <= 0)
            {
                EndTurn();
                return;
            }

            Skip();
            if (_peerClosed != 0)
            {
                CheckEnd();
                // The close frame that is still to leave may wait for the system; its writer ends the connection.
                Release();
                return;
            }

            IoResult result = _window.Receive(_channel);
            if (result.Error == NngError.TryAgain)
            {
                _window.Shelve();
                if (_channel.WaitReadable())
                    return;
                continue;
            }

            if (result.Error != NngError.None || result.Count == 0)
            {
                Finish();
                break;
            }

            turn -= result.Count;
        }

        if (Volatile.Read(ref _state) == Closed)
            Release();
    }

    /// <summary>Drops frames up to the peer's close frame, as far as they are there and can be understood.</summary>
    private void Skip()
    {
        while (!_garbled && _peerClosed == 0)
        {
            int count = Math.Min(_left, _window.Count);
            _window.Consume(count);
            _left -= count;
            if (_left > 0 || !WebSocketFrame.TryRead(_window.Bytes, out WebSocketHead head, out bool isMinimal))
                return;
            if (head.Opcode == WebSocketOpcode.Close && isMinimal && head.Length <= WebSocketFrame.MaxControl)
            {
                if (_window.Count - head.HeadLength >= (int)head.Length)
                    TakeControl(head);
                return;
            }

            _garbled = !isMinimal || head.Length > GrowingMessage.MaxBytes;
            _window.Consume(head.HeadLength);
            _left = _garbled ? 0 : (int)head.Length;
            if (head.Opcode == WebSocketOpcode.Close)
                Interlocked.Exchange(ref _peerClosed, 1);
        }

        if (_garbled)
            _window.Clear();
    }

    /// <summary>The connection is over, and so is receiving: its memory goes back.</summary>
    private void Release()
    {
        _window.Clear();
        _inflater?.Dispose();
    }
}
