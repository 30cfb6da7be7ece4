using System;
using System.Threading;
using Nng.Streams;

namespace Nng.WebSockets;

/// <content>Receiving.</content>
internal sealed partial class WebSocketLink
{
    private const int Free = 0;
    private const int Taken = 1;

    /// <summary>What a received message costs of the turn beside its bytes: its way to the owner.</summary>
    private const int MessageCost = 256;

    private readonly WebSocketInflater? _inflater;
    private WebSocketReader _reader;
    private WebSocketText _text;
    private ReceiveWindow _window;

    /// <summary>A message in fragments, longer than the window, or compressed.</summary>
    private GrowingMessage _growing;

    /// <summary>Payload bytes of the present data frame that have not been taken.</summary>
    private int _left;

    /// <summary>The present data frame is the last of its message.</summary>
    private bool _isFinal;

    private uint _key;

    /// <summary>Payload bytes of the present data frame that have been taken.</summary>
    private int _phase;

    /// <summary>Whether somebody carries receiving on, or the channel will call somebody to.</summary>
    private int _receiver;

    /// <summary>1: the receiver has had its turn and goes on with the next flush.</summary>
    private int _turnOver;

    /// <summary>A ping has come that is answered when its window has been parsed: of many at once, the last.</summary>
    private bool _isAsked;

    /// <summary>What an application's close is answered with.</summary>
    private int _answerCode = WebSocketClose.Normal;

    /// <summary>What the peer sends can no longer be understood.</summary>
    private bool _garbled;

    /// <summary>The length of the frame that was refused, as claimed; valid for <see cref="IWebSocketOwner.OnEnded"/>.</summary>
    public ulong RefusedLength { get; private set; }

    /// <summary>A compressed message has come whole, and is being inflated.</summary>
    private bool IsInflating => _inflater is { IsInflating: true };

    /// <summary>Somebody carries receiving on.</summary>
    public bool IsReceiving => Volatile.Read(ref _receiver) == Taken;

    /// <summary>Asks for messages; see <see cref="IWebSocketOwner.OnMessage"/>.</summary>
    public void StartReceive()
    {
        _keepAlive?.Start();
        if (TryTakeReceiver())
            ContinueReceive();
    }

    private bool TryTakeReceiver() => Interlocked.CompareExchange(ref _receiver, Taken, Free) == Free;

    /// <summary>Goes on where a turn ended.</summary>
    private void ContinueTurn()
    {
        if (Volatile.Read(ref _turnOver) != 0 && Interlocked.Exchange(ref _turnOver, 0) != 0)
            ContinueReceive();
    }

    /// <summary>This thread is the receiver: delivers until the owner has enough, and reads on for the peer's close.</summary>
    private void ContinueReceive()
    {
        if (IsOpen && !Receive())
            return;
        Drain();
    }

    /// <summary>True: the connection ends, and this thread is still the receiver.</summary>
    private bool Receive()
    {
        NngError error = Pump(out WebSocketRefusal refusal);
        if (refusal != WebSocketRefusal.None)
        {
            _garbled = true;
            EndOpen(WebSocketClose.CodeOf(refusal), WebSocketClose.ErrorOf(refusal));
            return true;
        }

        switch (error)
        {
            case NngError.None or NngError.TryAgain:
                return false;
            case NngError.Closed when _peerClosed != 0:
                EndOpen(Settings.IsApplication ? _answerCode : WebSocketClose.Normal, NngError.Closed);
                return true;
            case var _ when !IsOpen:
                // Closed from here meanwhile: what is left to do is reading on.
                return true;
            default:
                Fail(error);
                return true;
        }
    }

    /// <summary>
    /// None: the owner has enough. Try again: the channel will call. Closed: the peer has. Else: why the connection ended.
    /// </summary>
    private NngError Pump(out WebSocketRefusal refusal)
    {
        refusal = WebSocketRefusal.None;
        int turn = BatchWriter.TurnBytes;
        while (IsOpen)
        {
            if (turn <= 0)
            {
                EndTurn();
                return NngError.TryAgain;
            }

            refusal = Parse(out Message? message);
            if (_isAsked)
            {
                _isAsked = false;
                _writer.Flush();
            }

            if (refusal != WebSocketRefusal.None)
                return NngError.Protocol;
            if (_peerClosed != 0)
                return NngError.Closed;
            if (message is not null)
            {
                turn -= MessageCost;
                // A few bytes may have become many; those cost as well.
                if (_reader.IsCompressed)
                    turn -= Math.Min(message.Length, WebSocketInflater.StepBytes);
                _window.ReleaseIfEmpty();
                // Nothing of this state may be touched from here on, unless it can be taken again.
                Volatile.Write(ref _receiver, Free);
                if (!Owner.OnMessage(message) || !TryTakeReceiver())
                    return NngError.None;
                continue;
            }

            if (IsInflating)
            {
                turn -= WebSocketInflater.StepBytes;
                continue;
            }

            IoResult result = Read();
            if (result.Error == NngError.TryAgain)
            {
                _window.Shelve();
                if (_channel.WaitReadable())
                    return NngError.TryAgain;
                continue;
            }

            if (result.Error != NngError.None)
                return result.Error == NngError.Closed ? NngError.ConnectionShutdown : result.Error;
            if (result.Count == 0)
                return NngError.ConnectionShutdown;
            turn -= result.Count;
            _writer.OnReceived();
            _keepAlive?.OnHeard();
        }

        return NngError.ConnectionShutdown;
    }

    /// <summary>Lets others have their turn; whoever runs the flush goes on, perhaps before this returns.</summary>
    private void EndTurn()
    {
        Volatile.Write(ref _turnOver, 1);
        _channel.RequestFlush();
    }

    private IoResult Read()
    {
        if (_left == 0 || !_growing.IsOpen)
            return _window.Receive(_channel);
        if (!_growing.TryGetRoom(out Span<byte> room))
            return IoResult.Failed(NngError.OutOfMemory);
        IoResult result = _channel.TryReceive(room);
        Unmask(room[..result.Count]);
        _growing.Fill(result.Count);
        return result;
    }

    /// <summary>Takes the next message, or piece of one, out of the window; answers control frames before it.</summary>
    private WebSocketRefusal Parse(out Message? message)
    {
        message = null;
        while (true)
        {
            WebSocketRefusal refusal;
            if (_left > 0)
            {
                refusal = TakePayload(out message);
                if (refusal != WebSocketRefusal.None || message is not null || _left > 0)
                    return refusal;
            }

            if (IsInflating)
            {
                refusal = Inflate(out message);
                if (refusal != WebSocketRefusal.None || message is not null || IsInflating)
                    return refusal;
            }

            if (!WebSocketFrame.TryRead(_window.Bytes, out WebSocketHead head, out bool isMinimal))
                return WebSocketRefusal.None;
            bool isWhole = (ulong)(_window.Count - head.HeadLength) >= head.Length;
            // What is judged with its payload is judged early: a head alone may be enough to refuse it.
            WebSocketReader next = _reader;
            refusal = next.Accept(head, isMinimal, ReceiveMax);
            if (refusal != WebSocketRefusal.None)
            {
                RefusedLength = head.Length;
                return refusal;
            }

            if (head.IsControl)
            {
                if (!isWhole)
                    return WebSocketRefusal.None;
                TakeControl(head);
                if (_peerClosed != 0)
                    return WebSocketRefusal.None;
                continue;
            }

            bool isSimple = !_reader.IsOpen && head.IsFinal && !next.IsCompressed;
            if (isSimple && Settings.IsMessageMode && !isWhole && head.HeadLength + (long)head.Length <= ReceiveWindow.Size)
                return WebSocketRefusal.None;
            _reader = next;
            _window.Consume(head.HeadLength);
            _key = head.Key;
            _phase = 0;
            _isFinal = head.IsFinal;
            _left = (int)head.Length;
            bool taken = isSimple && isWhole ? TakeWhole(out message, out refusal) : Begin(out message, out refusal);
            if (taken)
                return refusal;
        }
    }

    /// <summary>The usual case: a message in one frame that lies in the window.</summary>
    private bool TakeWhole(out Message? message, out WebSocketRefusal refusal)
    {
        refusal = WebSocketRefusal.None;
        message = null;
        // Byte streams have no empty pieces.
        if (_left == 0 && !Settings.IsMessageMode)
            return false;
        message = TakePiece(_left);
        message.IsText = Settings.IsApplication && _reader.IsText;
        _left = 0;
        if (_reader.IsText && Settings.ChecksText && !_text.Check(message.Body, isLast: true))
            refusal = Refuse(ref message, WebSocketRefusal.InvalidText);
        return true;
    }

    /// <summary>A frame of any other message begins; true when it has brought something, or a refusal.</summary>
    private bool Begin(out Message? message, out WebSocketRefusal refusal)
    {
        message = null;
        refusal = WebSocketRefusal.None;
        if (Settings.IsMessageMode || _reader.IsCompressed)
        {
            if (!_growing.TryAnnounce(_left, _isFinal))
            {
                refusal = WebSocketRefusal.NoMemory;
                return true;
            }

            if (_left > 0 || !_isFinal)
                return false;
            refusal = Complete(out message);
            return message is not null || refusal != WebSocketRefusal.None;
        }

        if (_left == 0 && _isFinal && _reader.IsText && Settings.ChecksText && !_text.Check(default, isLast: true))
            refusal = WebSocketRefusal.InvalidText;
        return refusal != WebSocketRefusal.None;
    }

    /// <summary>Takes payload bytes of the present frame; a message when they complete one, or any in byte mode.</summary>
    private WebSocketRefusal TakePayload(out Message? message)
    {
        message = null;
        if (_growing.IsOpen)
            return TakeGrowing(out message);
        int count = Math.Min(_left, _window.Count);
        if (count == 0)
            return WebSocketRefusal.None;
        message = TakePiece(count);
        _left -= count;
        if (_reader.IsText && Settings.ChecksText && !_text.Check(message.Body, _left == 0 && _isFinal))
            return Refuse(ref message, WebSocketRefusal.InvalidText);
        return WebSocketRefusal.None;
    }

    private WebSocketRefusal TakeGrowing(out Message? message)
    {
        message = null;
        int before = _growing.Length - _growing.Filled;
        int fromWindow = Math.Min(before, _window.Count);
        while (fromWindow > 0)
        {
            if (!_growing.TryGetRoom(out Span<byte> room))
                return WebSocketRefusal.NoMemory;
            room = room[..Math.Min(room.Length, fromWindow)];
            _window.Bytes[..room.Length].CopyTo(room);
            Unmask(room);
            _window.Consume(room.Length);
            _growing.Fill(room.Length);
            fromWindow -= room.Length;
        }

        _left = _growing.Length - _growing.Filled;
        return _left == 0 && _isFinal ? Complete(out message) : WebSocketRefusal.None;
    }

    private void Unmask(Span<byte> bytes)
    {
        if (Settings.IsServer)
            WebSocketMask.Apply(bytes, _key, _phase);
        _phase = (_phase + bytes.Length) & 3;
    }

    /// <summary>Payload bytes that lie in the window, as a message of their own.</summary>
    private Message TakePiece(int count)
    {
        Message piece = Message.Rent(count);
        ReadOnlySpan<byte> bytes = _window.Bytes[..count];
        if (Settings.IsServer)
            WebSocketMask.Apply(bytes, piece.GetWritableBody(), _key, _phase);
        else
            bytes.CopyTo(piece.GetWritableBody());
        _phase = (_phase + count) & 3;
        _window.Consume(count);
        return piece;
    }

    /// <summary>The message has all its bytes; a compressed one is still to be inflated.</summary>
    private WebSocketRefusal Complete(out Message? message)
    {
        message = _growing.Take();
        if (!_reader.IsCompressed)
            return Judge(ref message);
        // Streams have no limit of messages (WS-64).
        _inflater!.Begin(message, Settings.IsMessageMode ? ReceiveMax : 0);
        message = null;
        return WebSocketRefusal.None;
    }

    /// <summary>Makes a part of the plain message, or all that is left.</summary>
    private WebSocketRefusal Inflate(out Message? message)
    {
        WebSocketRefusal refusal = _inflater!.Step(out message);
        return message is null ? refusal : Judge(ref message);
    }

    /// <summary>A whole message: text must be such, and byte streams have no empty pieces.</summary>
    private WebSocketRefusal Judge(ref Message? message)
    {
        if (_reader.IsText && Settings.ChecksText && !_text.Check(message!.Body, isLast: true))
            return Refuse(ref message, WebSocketRefusal.InvalidText);
        message!.IsText = Settings.IsApplication && _reader.IsText;
        if (message.Length == 0 && !Settings.IsMessageMode)
        {
            message.Dispose();
            message = null;
        }

        return WebSocketRefusal.None;
    }

    private static WebSocketRefusal Refuse(ref Message? message, WebSocketRefusal refusal)
    {
        message?.Dispose();
        message = null;
        return refusal;
    }

    /// <summary>A control frame that lies in the window.</summary>
    private void TakeControl(in WebSocketHead head)
    {
        int length = (int)head.Length;
        Span<byte> payload = stackalloc byte[WebSocketFrame.MaxControl];
        payload = payload[..length];
        _window.Bytes.Slice(head.HeadLength, length).CopyTo(payload);
        _window.Consume(head.HeadLength + length);
        if (head.IsMasked)
            WebSocketMask.Apply(payload, head.Key, 0);
        if (head.Opcode == WebSocketOpcode.Close)
        {
            bool isGood = WebSocketClose.TryRead(payload, out int code, out string reason);
            _answerCode = !isGood ? WebSocketClose.ProtocolError
                : code == WebSocketClose.NoCode ? WebSocketClose.Normal : code;
            PeerReason = reason;
            PeerCode = code;
            Interlocked.Exchange(ref _peerClosed, 1);
        }
        else if (head.Opcode == WebSocketOpcode.Ping)
        {
            _control.SetPong(payload);
            _isAsked = true;
        }
    }
}
