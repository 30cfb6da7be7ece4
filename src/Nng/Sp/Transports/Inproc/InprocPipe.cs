using System;
using System.Threading;
using Nng.Core;

namespace Nng.Sp.Transports;

/// <summary>
/// One end of an in-process connection. A message moves when the other end has asked for one, otherwise one waits here
/// and the pipe is busy (transports sheet, N-7). While the other end keeps taking all there is, more may wait, so that
/// two threads meet once for many messages. An end that has asked learns at once that the other one closed; an end
/// that holds back learns it when it asks again, so that what it holds is still delivered (protocols sheet, C-15).
/// </summary>
/// <remarks>
/// Threading: the link's lock guards the fields of both ends, but for those of a batch. A message that was handed over
/// is delivered by the thread that posted it or asked for it, outside the lock. At any time an end is asked, being
/// delivered to, or holding back; so deliveries never overlap.
/// </remarks>
internal sealed class InprocPipe : SpTransportPipe, IThreadPoolWorkItem
{
    /// <summary>Messages delivered in one go; then the thread, which is a sender's or a receiver's, is let go.</summary>
    private const int MaxRun = 256;

    /// <summary>Messages that may wait while the other end takes them as fast as they come.</summary>
    private const int MaxRoom = 128;

    /// <summary>Times in a row that make a flood; before that the pipe holds one message, as the sheet says.</summary>
    private const int Flood = 16;

    private readonly InprocLink _link;
    private readonly NngAddress _address;
    private InprocPipe _peer = null!;

    /// <summary>Guards the batch; taken before the link's lock.</summary>
    private readonly Lock _batchLock = new();

    /// <summary>Taken from the peer, to be delivered here one by one.</summary>
    private MessageQueue _batch;

    /// <summary>No batch is taken any more.</summary>
    private bool _batchClosed;

    /// <summary>Posted here, not yet taken by the peer.</summary>
    private MessageQueue _waiting;

    /// <summary>How many may wait; the pipe is busy when that many do.</summary>
    private int _room = 1;

    /// <summary>Times in a row that the other end found the room filled.</summary>
    private int _filled;

    /// <summary>The pipe is busy, and calls when something was taken.</summary>
    private bool _full;

    /// <summary>Taken from the peer, to be delivered to this end by the thread that took it.</summary>
    private Message? _handedOver;

    /// <summary>This end has asked for a message and nothing has come yet.</summary>
    private bool _asked;

    /// <summary>A message was posted after the other end had closed.</summary>
    private bool _failed;

    /// <summary>A message was handed over, or failed; set under the lock, read without.</summary>
    private bool _kickNeeded;

    private InprocPipe(InprocLink link, NngAddress address, ushort peerProtocol)
    {
        _link = link;
        _address = address;
        PeerProtocol = peerProtocol;
    }

    public override ushort PeerProtocol { get; }

    public override NngAddress LocalAddress => _address;

    public override NngAddress RemoteAddress => _address;

    public override int UnsentCount
    {
        get
        {
            lock (_link.Lock)
                return _waiting.Count + (_peer._handedOver is null ? 0 : 1);
        }
    }

    /// <summary>Makes the two ends of a connection.</summary>
    public static (InprocPipe Dialed, InprocPipe Accepted) CreatePair(
        NngAddress address, ushort dialerProtocol, ushort listenerProtocol)
    {
        var link = new InprocLink();
        var dialed = new InprocPipe(link, address, listenerProtocol);
        var accepted = new InprocPipe(link, address, dialerProtocol);
        dialed._peer = accepted;
        accepted._peer = dialed;
        return (dialed, accepted);
    }

    public override bool Post(Message message)
    {
        message.MergeHeader();
        lock (_link.Lock)
        {
            if (_link.Closed)
            {
                message.Dispose();
                CountUnsent(1);
                _failed = true;
                _kickNeeded = true;
                return false;
            }

            if (_peer._asked)
            {
                _kickNeeded = true;
                _peer._asked = false;
                _peer._handedOver = message;
                return true;
            }

            _waiting.Enqueue(message);
            _full = _waiting.Count >= _room;
            return !_full;
        }
    }

    public override void Kick()
    {
        // Most posts of a flood only join those that wait.
        if (!Volatile.Read(ref _kickNeeded))
            return;
        Message? message;
        bool failed;
        lock (_link.Lock)
        {
            _kickNeeded = false;
            (message, _peer._handedOver) = (_peer._handedOver, null);
            failed = _failed;
        }

        if (message is not null)
            _peer.DeliverFrom(message);
        else if (failed)
            Pipe.Close(NngError.ConnectionShutdown);
    }

    public override void StartReceive()
    {
        if (TakeWaiting() is { } message)
            DeliverFrom(message);
    }

    public override void Close()
    {
        MessageQueue unread;
        lock (_batchLock)
        {
            _batchClosed = true;
            (unread, _batch) = (_batch, default);
        }

        bool peerAsked;
        lock (_link.Lock)
        {
            if (_link.Closed)
            {
                _peer.DropUnsent(ref unread);
                return;
            }

            _link.Closed = true;
            (peerAsked, _peer._asked) = (_peer._asked, false);
            _asked = false;
            // What was handed over to the peer is delivered by the thread that posted it.
            if (_handedOver is not null)
                unread.Enqueue(_handedOver);
            _handedOver = null;
            _peer.DropUnsent(ref _peer._waiting);
            DropUnsent(ref _waiting);
        }

        _peer.DropUnsent(ref unread);

        if (peerAsked)
            _peer.Pipe.Close(NngError.ConnectionShutdown);
    }

    public override NngError GetOption(string name, out OptionValue value)
    {
        value = default;
        if (name is not (OptionNames.LocalAddress or OptionNames.RemoteAddress))
            return NngError.NotSupported;
        value = OptionValue.Address(_address);
        return NngError.None;
    }

    void IThreadPoolWorkItem.Execute() => StartReceive();

    /// <summary>Delivers a message and whatever the peer posts meanwhile, until this end wants no more.</summary>
    private void DeliverFrom(Message first)
    {
        Message? message = first;
        for (int run = 1; message is not null && Pipe.Deliver(message); run++)
        {
            if (run == MaxRun)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }

            message = TakeWaiting();
        }
    }

    /// <summary>Takes the next message; or notes the ask.</summary>
    private Message? TakeWaiting()
    {
        Message? message;
        bool closed;
        bool peerIsReady;
        lock (_batchLock)
        {
            message = _batch.Dequeue();
            if (message is not null || _batchClosed)
                return message;
            lock (_link.Lock)
            {
                closed = _link.Closed;
                peerIsReady = _peer._full;
                TakeBatchLocked();
                message = _batch.Dequeue();
                if (message is null)
                    _asked = !closed;
            }
        }

        if (peerIsReady)
            _peer.Pipe.OnSendReady();
        if (message is null && closed)
            Pipe.Close(NngError.ConnectionShutdown); // The peer left while this end did not ask.
        return message;
    }

    /// <summary>
    /// Takes all that waits, which makes the peer's pipe idle. A peer that fills its room again and again gets more of
    /// it: it posts at least as fast as this end takes. Whom this end has to wait for needs none.
    /// </summary>
    private void TakeBatchLocked()
    {
        if (_peer._full && (_peer._room > 1 || ++_peer._filled >= Flood))
            _peer._room = Math.Min(_peer._room * 2, MaxRoom);
        else if (_peer._waiting.IsEmpty)
            (_peer._room, _peer._filled) = (Math.Max(_peer._room / 2, 1), 0);
        _peer._full = false;
        (_batch, _peer._waiting) = (_peer._waiting, _batch);
    }

    /// <summary>Drops messages that were posted here.</summary>
    private void DropUnsent(ref MessageQueue messages)
    {
        CountUnsent(messages.Count);
        messages.Clear();
    }
}
