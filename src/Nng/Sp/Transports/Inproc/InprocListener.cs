using System.Collections.Generic;
using System.Threading;
using Nng.Core;

namespace Nng.Sp.Transports;

/// <summary>Holds an in-process name and brings connects and accepts together, first come first served.</summary>
/// <remarks>Threading: <see cref="_lock"/> guards the queues; operations are completed after the unlock.</remarks>
internal sealed class InprocListener(SpListener owner) : SpTransportListener, IAioProvider
{
    private readonly Lock _lock = new();

    /// <summary>Connects that wait for an accept.</summary>
    private readonly AioQueue _connects = new();

    /// <summary>Who dials, per waiting connect.</summary>
    private readonly Dictionary<Aio, InprocDialer> _dialers = [];

    /// <summary>The outstanding accept; null for none.</summary>
    private Aio? _accept;

    private bool _bound;
    private bool _closed;

    public override bool LimitsMessageSize => false;

    public override string EffectiveUrl => owner.Url.Raw;

    private string Key => InprocTransport.KeyOf(owner.Url);

    public override NngError Bind()
    {
        NngError error = InprocTransport.Register(Key, this);
        if (error != NngError.None)
            return error;
        lock (_lock)
        {
            _bound = !_closed;
            if (_bound)
                return NngError.None;
        }

        // Closed meanwhile: that had nothing to unregister.
        InprocTransport.Unregister(Key, this);
        return NngError.Closed;
    }

    public override void Accept(Aio aio)
    {
        if (!aio.Begin())
            return;
        Aio? connect;
        InprocDialer? dialer = null;
        NngError error = NngError.None;
        lock (_lock)
        {
            connect = _connects.Dequeue();
            if (connect is not null)
                _dialers.Remove(connect, out dialer);
            else
                error = _closed ? NngError.Closed : aio.Schedule(this, null);
            if (connect is null && error == NngError.None)
                _accept = aio;
        }

        if (connect is not null)
            Join(dialer!, connect, aio);
        else if (error != NngError.None)
            aio.Finish(error);
    }

    /// <summary>A dialer wants in.</summary>
    public void Connect(InprocDialer dialer, Aio connect)
    {
        Aio? accept;
        NngError error = NngError.None;
        lock (_lock)
        {
            (accept, _accept) = (_accept, null);
            if (accept is null)
            {
                error = _closed ? NngError.ConnectionRefused : connect.Schedule(this, null);
                if (error == NngError.None)
                {
                    _connects.Enqueue(connect);
                    _dialers[connect] = dialer;
                }
            }
        }

        if (accept is not null)
            Join(dialer, connect, accept);
        else if (error != NngError.None)
            connect.Finish(error);
    }

    public override NngError GetOption(string name, out OptionValue value) => InprocOptions.Get(owner, name, out value);

    public override NngError SetOption(string name, OptionValue value) => InprocOptions.Set(owner, name, value);

    public override void Close()
    {
        var completions = default(CompletionList);
        bool bound;
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
            bound = _bound;
            if (_accept is not null)
                completions.Add(_accept, NngError.Closed);
            _accept = null;
            _connects.FailAll(ref completions, NngError.ConnectionRefused);
            _dialers.Clear();
        }

        if (bound)
            InprocTransport.Unregister(Key, this);
        completions.Run();
    }

    public void OnCancel(Aio aio, object? state, NngError reason)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_accept, aio))
                _accept = null;
            else if (_connects.Remove(aio))
                _dialers.Remove(aio);
            else
                return;
        }

        aio.Finish(reason);
    }

    private void Join(InprocDialer dialer, Aio connect, Aio accept)
    {
        (InprocPipe dialed, InprocPipe accepted) = InprocPipe.CreatePair(
            NngAddress.Inproc(owner.Url.Raw), dialer.Owner.Socket.Info.Self, owner.Socket.Info.Self);
        accept.SetOutput(0, accepted);
        connect.SetOutput(0, dialed);
        accept.Finish(NngError.None);
        connect.Finish(NngError.None);
    }
}
