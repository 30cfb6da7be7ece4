using System.Collections.Generic;
using System.Threading;
using Nng.Core;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>
/// Accepts byte streams and negotiates SP on all of them at once; those that are done wait in order to be taken. A
/// slow or hostile peer delays nobody.
/// </summary>
/// <remarks>Threading: <see cref="_lock"/> guards the sets; completions run after the unlock.</remarks>
internal sealed class StreamSpListener : SpTransportListener, IAioProvider
{
    private readonly SpListener _owner;
    private readonly StreamListener _listener;
    private readonly PipeKind _kind;
    private readonly Aio _accept;
    private readonly Lock _lock = new();
    private readonly HashSet<Negotiation> _negotiating = [];
    private readonly Queue<SpTransportPipe> _ready = new();

    /// <summary>The accept of the machinery that waits; null for none.</summary>
    private Aio? _taker;

    /// <summary>An error of the listening descriptor that nobody has taken yet.</summary>
    private NngError _error;

    /// <summary>Accepts of the stream listener: 0 = none outstanding, 1 = in the loop, 2 = around again.</summary>
    private int _loop;

    private bool _closed;

    public StreamSpListener(SpListener owner, StreamListener listener, PipeKind kind)
    {
        _owner = owner;
        _listener = listener;
        _kind = kind;
        _accept = new Aio(OnAccepted, inline: true);
        _listener.Exhausted = _owner.OnAcceptFailed;
    }

    public override string EffectiveUrl =>
        _listener.LocalAddress.Port is var port and > 0 ? _owner.Url.Format(port) : _owner.Url.Raw;

    /// <summary>Connections whose handshake is done and that nobody has taken.</summary>
    public int ReadyCount
    {
        get
        {
            lock (_lock)
                return _ready.Count;
        }
    }

    public override NngError Bind()
    {
        NngError error = _listener.Listen();
        if (error == NngError.None)
            AcceptStreams();
        return error;
    }

    public override void Accept(Aio aio)
    {
        if (!aio.Begin())
            return;
        SpTransportPipe? pipe = null;
        NngError error;
        bool resume = false;
        lock (_lock)
        {
            error = _closed ? NngError.Closed : _error;
            resume = _error != NngError.None;
            _error = NngError.None;
            if (error == NngError.None && !_ready.TryDequeue(out pipe))
            {
                error = aio.Schedule(this, null);
                if (error == NngError.None)
                    _taker = aio;
            }
        }

        if (pipe is not null)
        {
            aio.SetOutput(0, pipe);
            aio.Finish(NngError.None);
        }
        else if (error != NngError.None)
        {
            aio.Finish(error);
        }

        if (resume)
            AcceptStreams();
    }

    public override NngError GetOption(string name, out OptionValue value)
    {
        NngError error = StreamEndpointOptions.Get(_owner, name, out value);
        if (error != NngError.NotSupported)
            return error;
        error = _listener.GetOption(name, out value);
        if (error != NngError.NotSupported || name != OptionNames.Url)
            return error;
        value = OptionValue.Text(EffectiveUrl);
        return NngError.None;
    }

    public override NngError SetOption(string name, OptionValue value)
    {
        NngError error = StreamEndpointOptions.Set(_owner, name, value);
        return error == NngError.NotSupported ? _listener.SetOption(name, value) : error;
    }

    public override void Close()
    {
        Aio? taker;
        Negotiation[] negotiations;
        SpTransportPipe[] ready;
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
            taker = _taker;
            _taker = null;
            negotiations = [.. _negotiating];
            ready = [.. _ready];
            _ready.Clear();
        }

        _listener.Close();
        foreach (Negotiation negotiation in negotiations)
            negotiation.Cancel(NngError.Closed);
        foreach (SpTransportPipe pipe in ready)
            pipe.Close();
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

    private void AcceptStreams()
    {
        // Whoever finds the loop running leaves the next round to it.
        if (Interlocked.Exchange(ref _loop, 2) != 0)
            return;
        do
        {
            Volatile.Write(ref _loop, 1);
            _listener.Accept(_accept);
        }
        while (Interlocked.CompareExchange(ref _loop, 0, 1) != 1);
    }

    private void OnAccepted(Aio accept)
    {
        NngError error = accept.Result;
        if (error == NngError.None)
        {
            var stream = (NngStream)accept.GetOutput(0)!;
            if (_kind.Negotiates)
                Negotiate(stream);
            else
                Hand(stream, _owner.Socket.Info.Peer);
            AcceptStreams();
            return;
        }

        if (error is NngError.Closed or NngError.Canceled)
            return;
        Aio? taker;
        lock (_lock)
        {
            taker = _taker;
            _taker = null;
            if (taker is null)
                _error = error;
        }

        taker?.Finish(error);
        if (taker is not null)
            AcceptStreams();
    }

    private void Negotiate(NngStream stream)
    {
        var negotiation = new Negotiation(stream, _owner.Socket.Info.Self, OnNegotiated);
        lock (_lock)
        {
            if (_closed)
            {
                stream.Channel.Close();
                return;
            }

            _negotiating.Add(negotiation);
        }

        negotiation.Start();
    }

    private void OnNegotiated(Negotiation negotiation, NngError error)
    {
        lock (_lock)
            _negotiating.Remove(negotiation);
        if (error == NngError.None)
        {
            Hand(negotiation.Stream, negotiation.PeerProtocol);
            return;
        }

        if (error != NngError.Closed)
            _owner.OnNegotiationFailed(error, negotiation.Stream.RemoteAddress);
    }

    /// <summary>A connection is ready: to whom waits for one, or in order.</summary>
    private void Hand(NngStream stream, ushort peerProtocol)
    {
        SpTransportPipe? pipe = null;
        Aio? taker = null;
        lock (_lock)
        {
            if (!_closed)
            {
                pipe = _kind.Create(stream, peerProtocol, _owner.ReceiveMaxSize);
                taker = _taker;
                _taker = null;
                if (taker is null)
                    _ready.Enqueue(pipe);
            }
        }

        if (pipe is null)
        {
            stream.Channel.Close();
        }
        else if (taker is not null)
        {
            taker.SetOutput(0, pipe);
            taker.Finish(NngError.None);
        }
    }
}
