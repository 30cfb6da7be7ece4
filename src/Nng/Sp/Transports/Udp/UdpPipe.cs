using System;
using System.Net;
using System.Threading;
using Nng.Core;

namespace Nng.Sp.Transports;

/// <summary>One peer of a UDP socket: a connection kept alive by requests and answers, and messages as datagrams.</summary>
/// <remarks>
/// Threading: <see cref="_lock"/> guards the state, and nothing is called under it. What the peer's datagrams cause comes
/// one at a time.
/// </remarks>
internal sealed partial class UdpPipe : SpTransportPipe
{
    /// <summary>How often a connection is refreshed at the least; what this side would like (D-2).</summary>
    public const int RefreshMs = 5000;

    /// <summary>A peer that is silent for so many refreshes is gone.</summary>
    private const int Patience = 5;

    private readonly UdpHub _hub;
    private readonly SocketAddress _peer;
    private readonly bool _dials;
    private readonly int _retryMs;
    private readonly Lock _lock = new();
    private readonly Upkeep _upkeep;

    private int _refreshMs;

    /// <summary>Longest message that the peer takes.</summary>
    private int _sendLimit;

    /// <summary>Clock milliseconds: the peer is gone when nothing has come by then.</summary>
    private long _expiresMs;

    /// <summary>Dialled: when the next request is due.</summary>
    private long _requestMs = long.MaxValue;

    /// <summary>Dialled: the answer has come. Accepted: always.</summary>
    private bool _connected;

    private bool _closed;

    /// <summary>Why it ended; for a machinery that comes later.</summary>
    private NngError _failure;

    private UdpPipe(UdpHub hub, SocketAddress peer, IPEndPoint remote, bool dials, ushort peerProtocol, int retryMs)
    {
        _hub = hub;
        _peer = peer;
        _dials = dials;
        _retryMs = retryMs;
        PeerProtocol = peerProtocol;
        RemoteAddress = NngAddress.Ip(remote);
        _upkeep = new Upkeep(this);
        _sender = new Sender(this);
    }

    public override ushort PeerProtocol { get; }

    public override NngAddress LocalAddress => _hub.LocalAddress;

    public override NngAddress RemoteAddress { get; }

    /// <summary>The key by which its socket knows it.</summary>
    public SocketAddress PeerKey => _peer;

    private long NowMs => _hub.Expirer.Clock.NowMs;

    /// <summary>A connection that a peer asked for.</summary>
    /// <param name="hub">The listener's socket.</param>
    /// <param name="peer">The peer; the object is kept.</param>
    /// <param name="request">Its refresh is not 0.</param>
    public static UdpPipe Accepted(UdpHub hub, SocketAddress peer, in UdpHeader request) =>
        new(hub, peer, hub.Wire.EndPointOf(peer), dials: false, request.Type, retryMs: 0)
        {
            _connected = true,
            _sendLimit = Math.Min((int)request.First, UdpSettings.MaxPayload),
            _refreshMs = Math.Min(RefreshMs, request.Second * 1000),
        };

    /// <summary>A connection to be asked for.</summary>
    /// <param name="hub">A socket of its own.</param>
    /// <param name="remote">The peer.</param>
    /// <param name="retryMs">How often it is asked.</param>
    public static UdpPipe Dialed(UdpHub hub, IPEndPoint remote, int retryMs) =>
        // The refresh announced at first is the retry, in whole seconds (D-2).
        new(hub, hub.Wire.AddressOf(remote), remote, dials: true, hub.Peer, retryMs)
        {
            _refreshMs = (int)Math.Min(((long)retryMs + 999) / 1000 * 1000, RefreshMs),
        };

    /// <summary>Accepted: answers the request. Dialled: asks until the answer comes or <paramref name="expireMs"/> have passed.</summary>
    public void Open(long expireMs = 0)
    {
        long now = NowMs;
        lock (_lock)
        {
            _expiresMs = now + (_dials ? expireMs : Patience * (long)_refreshMs);
            if (_dials)
                _requestMs = now + _retryMs;
        }

        Greet();
        ArmUpkeep();
    }

    /// <summary>A listener's peer wants to stay connected (D-4).</summary>
    public void OnRefresh(in UdpHeader request)
    {
        if (!CheckGreeting(request))
            return;
        lock (_lock)
        {
            // No answer follows the goodbye.
            if (_closed)
                return;
            _refreshMs = Math.Min(_refreshMs, request.Second * 1000);
            _expiresMs = NowMs + (Patience * (long)_refreshMs);
        }

        Greet();
        ArmUpkeep();
    }

    /// <summary>The peer has answered a request (D-5).</summary>
    public void OnAccept(in UdpHeader answer)
    {
        if (!CheckGreeting(answer))
            return;
        bool first;
        lock (_lock)
        {
            if (_closed)
                return;
            first = !_connected;
            _connected = true;
            _sendLimit = Math.Min((int)answer.First, UdpSettings.MaxPayload);
            _refreshMs = Math.Min(RefreshMs, answer.Second * 1000);
            long now = NowMs;
            _expiresMs = now + (Patience * (long)_refreshMs);
            if (_dials)
                _requestMs = first ? now + _refreshMs : Math.Min(_requestMs, now + _refreshMs);
        }

        ArmUpkeep();
        if (first)
            _hub.Role.OnAccepted(this);
    }

    /// <summary>The peer has closed; only it may say so, or anybody while there is no answer yet (D-7, TW-40).</summary>
    public void OnDisconnect(in UdpHeader header)
    {
        lock (_lock)
        {
            if (_connected && header.Type != PeerProtocol)
                return;
        }

        End(_connected ? NngError.ConnectionShutdown : ErrorOf((UdpReason)header.First), null);
    }

    /// <summary>Ends the connection, and tells the peer if there is a reason; the first call wins.</summary>
    public void End(NngError error, UdpReason? reason)
    {
        if (!TryClose(error))
            return;
        if (reason is { } why)
            _hub.Disconnect(why, _peer);
        _hub.Role.OnEnded(this, error);
        // Whoever attaches the machinery from now on finds the failure: store before load, as on the other side.
        Interlocked.MemoryBarrier();
        Pipe?.Close(error);
    }

    /// <summary>A message is longer than this side takes, or than its datagram (D-17).</summary>
    public void RefuseLength(int length)
    {
        if (Pipe is { } pipe && length > _hub.ReceiveMax)
            SpLog.MessageTooLarge(pipe, (ulong)length, _hub.ReceiveMax);
        End(NngError.MessageTooLarge, UdpReason.TooLarge);
    }

    public override void Close()
    {
        if (!TryClose(NngError.Closed))
            return;
        _hub.Disconnect(UdpReason.Closed, _peer);
        _hub.Role.OnEnded(this, NngError.Closed);
    }

    public override NngError GetOption(string name, out OptionValue value)
    {
        value = name switch
        {
            OptionNames.ReceiveMaxSize => OptionValue.Size(_hub.ReceiveMax),
            OptionNames.LocalAddress => OptionValue.Address(LocalAddress),
            OptionNames.RemoteAddress => OptionValue.Address(RemoteAddress),
            _ => default,
        };
        return name is OptionNames.ReceiveMaxSize or OptionNames.LocalAddress or OptionNames.RemoteAddress
            ? NngError.None : NngError.NotSupported;
    }

    /// <summary>How the dial ends that a listener has refused.</summary>
    private static NngError ErrorOf(UdpReason reason) =>
        reason is UdpReason.WrongType or UdpReason.Negotiation or UdpReason.Protocol
            ? NngError.Protocol : NngError.ConnectionRefused;

    /// <summary>True for a request or an answer that is what was agreed on.</summary>
    private bool CheckGreeting(in UdpHeader greeting)
    {
        if (greeting.Type != PeerProtocol)
            End(NngError.Protocol, UdpReason.WrongType);
        else if (greeting.Second == 0)
            End(NngError.Protocol, UdpReason.Negotiation);
        else
            return true;
        return false;
    }

    private void Greet() => _hub.Send(
        _dials ? UdpOpcode.Request : UdpOpcode.Accept, _hub.ReceiveMax, _refreshMs / 1000, _peer);

    private bool TryClose(NngError error)
    {
        MessageQueue unsent;
        MessageQueue unread;
        lock (_lock)
        {
            if (_closed)
                return false;
            _closed = true;
            _full = false;
            _failure = error;
            (unsent, _posted) = (_posted, default);
            (unread, _received) = (_received, default);
        }

        _hub.Expirer.Disarm(_upkeep);
        CountUnsent(unsent.Count);
        unsent.Clear();
        if (unread.Count > 0)
            _hub.Owner.Socket.Traffic.CountDrop(DropReason.Discarded, unread.Count);
        unread.Clear();
        return true;
    }

    private void ArmUpkeep()
    {
        long due;
        lock (_lock)
        {
            if (_closed)
                return;
            due = Math.Min(_expiresMs, _requestMs);
        }

        _hub.Expirer.Arm(_upkeep, due);
        // Closed meanwhile: the disarming came too early.
        Interlocked.MemoryBarrier();
        if (_closed)
            _hub.Expirer.Disarm(_upkeep);
    }

    private void OnUpkeep()
    {
        long now = NowMs;
        bool expired;
        bool request;
        lock (_lock)
        {
            if (_closed)
                return;
            expired = now > _expiresMs;
            request = now > _requestMs;
            if (request)
                _requestMs = now + (_connected ? _refreshMs : _retryMs);
        }

        if (expired)
        {
            SpLog.UdpInactive(_hub.Owner, RemoteAddress);
            End(NngError.TimedOut, UdpReason.Inactive);
            return;
        }

        if (request)
            Greet();
        ArmUpkeep();
    }

    /// <summary>Fires when a request is due or the peer has been silent for too long.</summary>
    private sealed class Upkeep(UdpPipe pipe) : Deadline, IThreadPoolWorkItem
    {
        public override void OnExpired() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

        public void Execute() => pipe.OnUpkeep();
    }
}
