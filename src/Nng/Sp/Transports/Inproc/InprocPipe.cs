using System.Threading;
using Nng.Core;

namespace Nng.Sp.Transports;

/// <summary>
/// One end of an in-process connection. There is no buffering: a message moves when the other end has asked for one,
/// otherwise one waits here and the pipe is busy (transports sheet, N-7). An end that has asked learns at once that
/// the other one closed; an end that holds back learns it when it asks again, so that what it holds is still
/// delivered (protocols sheet, C-15).
/// </summary>
/// <remarks>
/// Threading: the link's lock guards the fields of both ends. A message that was handed over is delivered by the
/// thread that posted it or asked for it, outside the lock. At any time an end is asked, being delivered to, or
/// holding back; so deliveries never overlap.
/// </remarks>
internal sealed class InprocPipe : SpTransportPipe, IThreadPoolWorkItem
{
    /// <summary>Messages delivered in one go; then the thread, which is a sender's or a receiver's, is let go.</summary>
    private const int MaxRun = 256;

    private readonly InprocLink _link;
    private readonly NngAddress _address;
    private InprocPipe _peer = null!;

    /// <summary>Posted here, not yet taken by the peer; the pipe is busy meanwhile.</summary>
    private Message? _waiting;

    /// <summary>Taken from the peer, to be delivered to this end by the thread that took it.</summary>
    private Message? _handedOver;

    /// <summary>This end has asked for a message and nothing has come yet.</summary>
    private bool _asked;

    /// <summary>A message was posted after the other end had closed.</summary>
    private bool _failed;

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
                return (_waiting is null ? 0 : 1) + (_peer._handedOver is null ? 0 : 1);
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
                return false;
            }

            if (_peer._asked)
            {
                _peer._asked = false;
                _peer._handedOver = message;
                return true;
            }

            _waiting = message;
            return false;
        }
    }

    public override void Kick()
    {
        Message? message;
        bool failed;
        lock (_link.Lock)
        {
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
        bool peerAsked;
        lock (_link.Lock)
        {
            if (_link.Closed)
                return;
            _link.Closed = true;
            (peerAsked, _peer._asked) = (_peer._asked, false);
            _asked = false;
            // What was handed over to the peer is delivered by the thread that posted it.
            _peer.DropUnsent(ref _handedOver);
            DropUnsent(ref _waiting);
            _peer.DropUnsent(ref _peer._waiting);
        }

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

    /// <summary>Takes the peer's waiting message, which makes the peer's pipe idle; or notes the ask.</summary>
    private Message? TakeWaiting()
    {
        Message? message;
        bool closed;
        lock (_link.Lock)
        {
            closed = _link.Closed;
            (message, _peer._waiting) = (_peer._waiting, null);
            if (message is null)
                _asked = !closed;
        }

        if (message is not null)
            _peer.Pipe.OnSendReady();
        else if (closed)
            Pipe.Close(NngError.ConnectionShutdown); // The peer left while this end did not ask.
        return message;
    }

    /// <summary>Drops a message that was posted here.</summary>
    private void DropUnsent(ref Message? message)
    {
        if (message is null)
            return;
        message.Dispose();
        message = null;
        CountUnsent(1);
    }
}
