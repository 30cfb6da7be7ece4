using Nng.Core;

namespace Nng.Sp.Transports;

/// <summary>
/// One end of an in-process connection. There is no buffering: a message moves when the other end has asked for one,
/// otherwise one waits here and the pipe is busy (transports sheet, N-7).
/// </summary>
/// <remarks>
/// Threading: the link's lock guards the fields of both ends. A message that was handed over is delivered by the
/// thread that posted it or asked for it, outside the lock. At any time an end is asked, being delivered to, or
/// holding back; so deliveries never overlap.
/// </remarks>
internal sealed class InprocPipe : SpTransportPipe
{
    private readonly InprocLink _link;
    private readonly NngAddress _address;
    private InprocPipe _peer = null!;

    /// <summary>Posted here, not yet taken by the peer; the pipe is busy meanwhile.</summary>
    private Message? _waiting;

    /// <summary>Taken from the peer, to be delivered to this end by the thread that took it.</summary>
    private Message? _handedOver;

    /// <summary>This end has asked for a message and nothing has come yet.</summary>
    private bool _asked;

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
                return _waiting is null ? 0 : 1;
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
        lock (_link.Lock)
            (message, _peer._handedOver) = (_peer._handedOver, null);
        if (message is not null)
            _peer.DeliverFrom(message);
    }

    public override void StartReceive()
    {
        if (TakeWaiting() is { } message)
            DeliverFrom(message);
    }

    public override void Close()
    {
        lock (_link.Lock)
        {
            if (_link.Closed)
                return;
            _link.Closed = true;
            Drop();
            _peer.Drop();
        }

        _peer.Pipe?.Close(NngError.ConnectionShutdown);
    }

    public override NngError GetOption(string name, out OptionValue value)
    {
        value = default;
        if (name is not (OptionNames.LocalAddress or OptionNames.RemoteAddress))
            return NngError.NotSupported;
        value = OptionValue.Address(_address);
        return NngError.None;
    }

    /// <summary>Delivers a message and whatever the peer posts meanwhile, until this end wants no more.</summary>
    private void DeliverFrom(Message first)
    {
        Message? message = first;
        while (message is not null && Pipe.Deliver(message))
            message = TakeWaiting();
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
            Pipe.Close(NngError.ConnectionShutdown); // The peer left before this end was attached.
        return message;
    }

    private void Drop()
    {
        _asked = false;
        _waiting?.Dispose();
        _waiting = null;
        _handedOver?.Dispose();
        _handedOver = null;
    }
}
