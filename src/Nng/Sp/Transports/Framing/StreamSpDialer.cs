using System.Threading;
using Nng.Core;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>Dials a byte stream and negotiates SP on it, unless its kind has done so.</summary>
/// <remarks>
/// Threading: one connect at a time, but an aborted one may still be winding down when the next begins: each has its
/// own state.
/// </remarks>
internal sealed class StreamSpDialer : SpTransportDialer
{
    private readonly SpDialer _owner;
    private readonly StreamDialer _dialer;
    private readonly PipeKind _kind;
    public StreamSpDialer(SpDialer owner, StreamDialer dialer, PipeKind kind)
    {
        _owner = owner;
        _dialer = dialer;
        _kind = kind;
    }

    public override void Connect(Aio aio)
    {
        if (aio.Begin())
            new Attempt(this, aio).Start();
    }

    public override NngError GetOption(string name, out OptionValue value)
    {
        NngError error = StreamEndpointOptions.Get(_owner, name, out value);
        return error == NngError.NotSupported ? _dialer.GetOption(name, out value) : error;
    }

    public override NngError SetOption(string name, OptionValue value)
    {
        NngError error = StreamEndpointOptions.Set(_owner, name, value);
        return error == NngError.NotSupported ? _dialer.SetOption(name, value) : error;
    }

    /// <summary>One connect: dial, then negotiate. It ends once, by its outcome or by who aborts it.</summary>
    private sealed class Attempt : IAioProvider
    {
        private readonly StreamSpDialer _dialer;
        private readonly Aio _connect;
        private readonly Aio _dial;
        private readonly Lock _lock = new();
        private Negotiation? _negotiation;
        private bool _ended;

        public Attempt(StreamSpDialer dialer, Aio connect)
        {
            _dialer = dialer;
            _connect = connect;
            _dial = new Aio(OnDialed, inline: true);
        }

        public void Start()
        {
            NngError error = _connect.Schedule(this, null);
            if (error != NngError.None)
            {
                _connect.Finish(error);
                return;
            }

            _dialer._dialer.Dial(_dial);
            // Ended before the dial began: the abort found nothing to abort.
            lock (_lock)
            {
                if (!_ended)
                    return;
            }

            _dial.Abort(NngError.Canceled);
        }

        /// <summary>Ends the connect with a reason; what it was doing is aborted and reports to nobody.</summary>
        public void OnCancel(Aio aio, object? state, NngError reason)
        {
            if (!TryEnd(out Negotiation? negotiation))
                return;
            negotiation?.Cancel(reason);
            _dial.Abort(reason);
            _connect.Finish(reason);
        }

        private void OnDialed(Aio dial)
        {
            if (dial.Result != NngError.None)
            {
                if (TryEnd(out _))
                    _connect.Finish(dial.Result);
                return;
            }

            var stream = (NngStream)dial.GetOutput(0)!;
            if (!_dialer._kind.Negotiates)
            {
                Succeed(stream, _dialer._owner.Socket.Info.Peer);
                return;
            }

            var negotiation = new Negotiation(stream, _dialer._owner.Socket.Info.Self, OnNegotiated);
            lock (_lock)
            {
                if (!_ended)
                    _negotiation = negotiation;
            }

            if (_negotiation is null)
                stream.Channel.Close();
            else
                negotiation.Start();
        }

        private void OnNegotiated(Negotiation negotiation, NngError error)
        {
            if (error == NngError.None)
                Succeed(negotiation.Stream, negotiation.PeerProtocol);
            else if (TryEnd(out _))
                _connect.Finish(error);
        }

        private void Succeed(NngStream stream, ushort peerProtocol)
        {
            if (!TryEnd(out _))
            {
                stream.Channel.Close();
                return;
            }

            _connect.SetOutput(0, _dialer._kind.Create(stream, peerProtocol, _dialer._owner.ReceiveMaxSize));
            _connect.Finish(NngError.None);
        }

        /// <summary>True for the one who may finish the connect.</summary>
        private bool TryEnd(out Negotiation? negotiation)
        {
            lock (_lock)
            {
                negotiation = _negotiation;
                if (_ended)
                    return false;
                _ended = true;
                return true;
            }
        }
    }
}
