using System.Threading;
using Nng.Core;
using Nng.Streams;

namespace Nng.Sp.Transports;

/// <summary>Dials a byte stream and negotiates SP on it.</summary>
/// <remarks>Threading: one connect at a time; <see cref="_lock"/> guards what it is doing.</remarks>
internal sealed class StreamSpDialer : SpTransportDialer, IAioProvider
{
    private readonly SpDialer _owner;
    private readonly StreamDialer _dialer;
    private readonly FrameFormat _format;
    private readonly Aio _dial;
    private readonly Lock _lock = new();

    /// <summary>The connect under way; null for none.</summary>
    private Aio? _connect;

    private Negotiation? _negotiation;

    public StreamSpDialer(SpDialer owner, StreamDialer dialer, FrameFormat format)
    {
        _owner = owner;
        _dialer = dialer;
        _format = format;
        _dial = new Aio(OnDialed, inline: true);
    }

    public override void Connect(Aio aio)
    {
        if (!aio.Begin())
            return;
        NngError error;
        lock (_lock)
        {
            error = aio.Schedule(this, null);
            if (error == NngError.None)
                _connect = aio;
        }

        if (error == NngError.None)
            _dialer.Dial(_dial);
        else
            aio.Finish(error);
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

    public override void Close() => End(NngError.Closed);

    public void OnCancel(Aio aio, object? state, NngError reason) => End(reason);

    private void OnDialed(Aio dial)
    {
        var stream = (NngStream?)dial.GetOutput(0);
        if (dial.Result != NngError.None)
        {
            Take()?.Finish(dial.Result);
            return;
        }

        var negotiation = new Negotiation(stream!, _owner.Socket.Info.Self, OnNegotiated);
        lock (_lock)
        {
            if (_connect is null)
            {
                stream!.Channel.Close();
                return;
            }

            _negotiation = negotiation;
        }

        negotiation.Start();
    }

    private void OnNegotiated(Negotiation negotiation, NngError error)
    {
        Aio? connect = Take();
        if (connect is null)
        {
            negotiation.Stream.Channel.Close();
            return;
        }

        if (error == NngError.None)
        {
            connect.SetOutput(
                0, new StreamPipe(negotiation.Stream, _format, negotiation.PeerProtocol, _owner.ReceiveMaxSize));
        }

        connect.Finish(error);
    }

    private Aio? Take()
    {
        lock (_lock)
        {
            Aio? connect = _connect;
            _connect = null;
            _negotiation = null;
            return connect;
        }
    }

    /// <summary>Ends the connect under way; what it was doing is aborted and reports to nobody.</summary>
    private void End(NngError reason)
    {
        Negotiation? negotiation;
        Aio? connect;
        lock (_lock)
        {
            negotiation = _negotiation;
            connect = _connect;
            _connect = null;
            _negotiation = null;
        }

        if (connect is null)
            return;
        negotiation?.Cancel(reason);
        _dial.Abort(reason);
        connect.Finish(reason);
    }
}
