using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using Nng.Core;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>Listens on UDP: one socket for all its connections, which are told apart by the peer's address.</summary>
/// <remarks>
/// Threading: <see cref="_lock"/> guards the tables; completions run after the unlock. Closing tells every peer before the
/// socket goes.
/// </remarks>
internal sealed class UdpSpListener : SpTransportListener, IUdpRole, IAioProvider
{
    private readonly SpListener _owner;
    private readonly UdpBinding _binding;
    private readonly DatagramNetwork _network;
    private readonly Expirer _expirer;
    private readonly UdpSettings _settings;
    private readonly UdpCounters _counters = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<SocketAddress, UdpPipe> _pipes = [];

    /// <summary>Connections that nobody has taken yet, oldest first.</summary>
    private readonly LinkedList<UdpPipe> _ready = new();

    /// <summary>The accept of the machinery that waits; null for none.</summary>
    private Aio? _taker;

    /// <summary>Null before the start.</summary>
    private UdpHub? _hub;

    private bool _closed;

    public UdpSpListener(SpListener owner, UdpBinding binding, DatagramNetwork network, Expirer expirer)
    {
        _owner = owner;
        _binding = binding;
        _network = network;
        _expirer = expirer;
        _settings = new UdpSettings(owner);
    }

    public override string EffectiveUrl =>
        _settings.LocalAddress.Port is var port and > 0 ? _owner.Url.Format(port) : _owner.Url.Raw;

    public override StatSection? Statistics => _counters.Section;

    /// <summary>Connections, those that nobody has taken included.</summary>
    public int PeerCount
    {
        get
        {
            lock (_lock)
                return _pipes.Count;
        }
    }

    public override NngError Bind()
    {
        if (_hub is not null)
            return NngError.Busy;
        NngError error = _network.Bind(_binding, out DatagramWire? wire);
        if (error != NngError.None)
            return error;
        var hub = new UdpHub(_owner, _settings, _counters, _expirer, wire!, this);
        bool closed;
        lock (_lock)
        {
            closed = _closed;
            if (!closed)
                _hub = hub;
        }

        if (closed)
        {
            wire!.Close();
            return NngError.Closed;
        }

        _settings.LocalAddress = hub.LocalAddress;
        hub.Start();
        return NngError.None;
    }

    public override void Accept(Aio aio)
    {
        if (!aio.Begin())
            return;
        UdpPipe? pipe = null;
        NngError error = NngError.None;
        lock (_lock)
        {
            if (_ready.First is { } first)
            {
                pipe = first.Value;
                _ready.RemoveFirst();
            }
            else
            {
                error = _closed ? NngError.Closed : aio.Schedule(this, null);
                if (error == NngError.None)
                    _taker = aio;
            }
        }

        if (pipe is not null)
            Hand(pipe, aio);
        else if (error != NngError.None)
            aio.Finish(error);
    }

    public override NngError GetOption(string name, out OptionValue value)
    {
        if (name != OptionNames.Url)
            return _settings.Get(name, out value);
        value = OptionValue.Text(EffectiveUrl);
        return NngError.None;
    }

    public override NngError SetOption(string name, OptionValue value) => _settings.Set(name, value);

    public override void Close()
    {
        Aio? taker;
        UdpPipe[] pipes;
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
            (taker, _taker) = (_taker, null);
            pipes = [.. _pipes.Values];
        }

        // Without the socket they cannot stay; the machinery closes its side of them next.
        foreach (UdpPipe pipe in pipes)
            pipe.Close();
        _hub?.Close();
        taker?.Finish(NngError.Closed);
    }

    public void OnCancel(Aio aio, object? state, NngError reason)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_taker, aio))
                return;
            _taker = null;
        }

        aio.Finish(reason);
    }

    UdpPipe? IUdpRole.Find(SocketAddress from)
    {
        lock (_lock)
            return _pipes.GetValueOrDefault(from);
    }

    void IUdpRole.OnRequest(UdpPipe? pipe, in UdpHeader header, SocketAddress from)
    {
        if (pipe is not null)
            pipe.OnRefresh(header);
        else if (IsFull)
            Refuse(UdpReason.NoResources, NngError.OutOfSpace, from);
        else if (header.Second == 0)
            Refuse(UdpReason.Negotiation, NngError.Protocol, from);
        else if (header.Type != _hub!.Peer)
            Refuse(UdpReason.WrongType, NngError.Protocol, from);
        else
            Admit(UdpPipe.Accepted(_hub, UdpHub.Keep(from), header));
    }

    void IUdpRole.OnAccepted(UdpPipe pipe)
    {
        // It was connected when it was made.
    }

    void IUdpRole.OnEnded(UdpPipe pipe, NngError error)
    {
        lock (_lock)
        {
            _pipes.Remove(pipe.PeerKey);
            _ready.Remove(pipe);
        }
    }

    /// <summary>
    /// A pipe whose peer has gone keeps its place until the application's callbacks are through with it: peers that come
    /// and go faster than that must not pile up.
    /// </summary>
    private bool IsFull => _settings.MaxPeers != 0 && Math.Max(PeerCount, _owner.PipeCount) >= _settings.MaxPeers;

    private static void Hand(UdpPipe pipe, Aio taker)
    {
        taker.SetOutput(0, pipe);
        taker.Finish(NngError.None);
    }

    /// <summary>A peer is connected: to whom waits for one, or in order.</summary>
    private void Admit(UdpPipe pipe)
    {
        Aio? taker;
        lock (_lock)
        {
            if (_closed)
                return;
            _pipes.Add(pipe.PeerKey, pipe);
            (taker, _taker) = (_taker, null);
            if (taker is null)
                _ready.AddLast(pipe);
        }

        // The answer comes first: what the protocol may send is for a peer that is connected.
        pipe.Open();
        if (taker is not null)
            Hand(pipe, taker);
    }

    /// <summary>Tells a stranger why it is not connected; never more bytes than it sent.</summary>
    private void Refuse(UdpReason reason, NngError error, SocketAddress from)
    {
        _owner.Counters.Count(error);
        SpLog.AcceptFailed(_owner, error, _hub!.Wire, from, static (wire, peer) => wire.EndPointOf(peer).ToString());
        _hub.Disconnect(reason, UdpHub.Keep(from));
    }
}
