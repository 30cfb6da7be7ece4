using System.Threading;
using Nng.Core;

namespace Nng.Sp;

/// <summary>One connection to one peer: binds a transport's connection to a protocol's pipe state.</summary>
/// <remarks>
/// Threading: safe from any thread. Events are serialised: add-pre, add-post (if accepted), remove-post. Where
/// somebody listens they run on the thread pool, and never on a transport's thread. Close is idempotent; its first reason wins.
/// </remarks>
internal sealed class SpPipe : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();

    /// <summary>Where the life stands; see <see cref="Step"/>.</summary>
    private Step _step;

    /// <summary>A thread is inside the events of this pipe; the removal is then its job.</summary>
    private bool _running;

    private bool _entered;
    private int _closeReason = -1;
    private SpPipeState? _state;
    private int _detached;

    /// <summary>The socket counts it among its peers; belongs to the thread that runs the events.</summary>
    private bool _counted;

    /// <summary>Where the statistics are published; null before the protocol has admitted the pipe.</summary>
    private StatScope? _scope;

    public SpPipe(SpEndpoint endpoint, SpTransportPipe transport)
    {
        Endpoint = endpoint;
        Socket = endpoint.Socket;
        Transport = transport;
        Id = SpRegistry.Pipes.Add(this);
        transport.Attach(this);
    }

    private enum Step
    {
        Created,
        Attached,
        Removed,
    }

    public int Id { get; }

    public SpSocket Socket { get; }

    /// <summary>The dialer or listener that made the pipe.</summary>
    public SpEndpoint Endpoint { get; }

    public SpTransportPipe Transport { get; }

    public ushort PeerProtocol => Transport.PeerProtocol;

    /// <summary>Header and body bytes moved.</summary>
    public SpTraffic Traffic { get; } = new();

    public bool IsClosed => Volatile.Read(ref _closeReason) >= 0;

    /// <summary>Why the pipe was closed; <see cref="NngError.None"/> while it is open.</summary>
    public NngError CloseReason => IsClosed ? (NngError)_closeReason : NngError.None;

    /// <summary>Protocol, under its lock: hands a message to the transport; see <see cref="SpTransportPipe.Post"/>.</summary>
    public bool Post(Message message)
    {
        Traffic.CountSent(message.HeaderLength + message.Length);
        return Transport.Post(message);
    }

    /// <summary>Protocol, after the unlock: moves what was posted.</summary>
    public void Kick() => Transport.Kick();

    /// <summary>Protocol, without locks: asks for messages; see <see cref="SpTransportPipe.StartReceive"/>.</summary>
    public void StartReceive() => Transport.StartReceive();

    /// <summary>Transport: a message has arrived; true asks for the next one.</summary>
    public bool Deliver(Message message)
    {
        if (_state is not { } state || IsClosed)
        {
            message.Dispose();
            Socket.Traffic.CountDrop(DropReason.Discarded);
            return false;
        }

        message.PipeId = Id;
        Traffic.CountReceived(message.Length);
        return state.OnReceived(message);
    }

    /// <summary>Transport: the pipe can take a message again.</summary>
    public void OnSendReady() => _state?.OnSendReady();

    /// <summary>Transport: messages that were posted are dropped, because the pipe is closed.</summary>
    public void CountUnsent(int messages)
    {
        if (!Socket.Protocol.SendsAgain || Socket.IsClosing)
            Socket.Traffic.CountDrop(DropReason.Unsent, messages);
    }

    /// <summary>Closes the pipe for a reason: <see cref="NngError.Closed"/> if this side wanted it.</summary>
    public void Close(NngError reason)
    {
        if (Interlocked.CompareExchange(ref _closeReason, (int)reason, -1) != -1)
            return;
        // First the protocol: it gives the pipe nothing more, and its place is free before the peer can come again.
        Detach();
        Transport.Close();
        if (reason is not (NngError.Closed or NngError.Canceled))
            Endpoint.CountPipeError(reason);
        lock (_lock)
        {
            // Whoever runs the earlier events finds the pipe closed and removes it.
            if (_running || _step == Step.Created && !_entered)
                return;
            _running = true;
        }

        if (Socket.HasEvents)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        else
            Remove(tells: false);
    }

    /// <summary>Endpoint: offers the pipe to callback and protocol; events run elsewhere if somebody listens.</summary>
    public void Attach()
    {
        if (!Socket.TryEnter(this))
        {
            Close(NngError.Closed);
            SpRegistry.Pipes.Remove(Id);
            Endpoint.OnPipeRemoved(this);
            return;
        }

        lock (_lock)
        {
            _entered = true;
            _running = true;
        }

        Endpoint.OnPipeEntered(this);
        if (Socket.HasEvents)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        else
            RunAttach(tells: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (_step == Step.Created)
            RunAttach(tells: true);
        else
            Remove(tells: true);
    }

    /// <summary>Reads an option: the connection's, then the endpoint's, then the socket's.</summary>
    public NngError GetOption(string name, out OptionValue value)
    {
        NngError error = Transport.GetOption(name, out value);
        return error == NngError.NotSupported ? Endpoint.ReadOption(name, out value) : error;
    }

    /// <param name="tells">
    /// Callbacks may run on this thread. On a transport's none may: who registers one meanwhile hears of the next step.
    /// </param>
    private void RunAttach(bool tells)
    {
        if (tells)
            RaiseEvent(PipeEvent.AddPre);
        bool accepted = TryAdmit();
        if (accepted)
        {
            _counted = true;
            Socket.CountAttached(1);
            if (tells && !IsClosed)
                RaiseEvent(PipeEvent.AddPost);
        }
        else
            Close(NngError.Closed);
        Endpoint.OnPipeAttached(this, accepted);
        lock (_lock)
        {
            _step = Step.Attached;
            if (!IsClosed)
            {
                _running = false;
                return;
            }
        }

        if (!tells && Socket.HasEvents)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        else
            Remove(tells);
    }

    private bool TryAdmit()
    {
        if (IsClosed)
        {
            SpLog.PipeRejected(this);
            CountReject();
            return false;
        }

        NngError error = NngError.Protocol;
        if (PeerProtocol == Socket.Info.Peer)
            error = Socket.Protocol.Attach(this, out _state);
        else
            SpLog.PeerMismatch(this);
        if (error == NngError.Busy)
            SpLog.PairBusy(this);
        if (error != NngError.None)
        {
            Socket.Protocol.OnRejected(error);
            CountReject();
            Close(error);
            return false;
        }

        // The state must be seen by whoever closes from now on: store before load, as on the other side.
        Interlocked.MemoryBarrier();
        if (IsClosed)
        {
            // Closed while the protocol admitted it: the state may have missed its call.
            Detach();
            return true;
        }

        Publish();
        _state!.Start();
        return true;
    }

    /// <summary>Tells the protocol once; both the closing and the admitting thread may come here.</summary>
    private void Detach()
    {
        if (Volatile.Read(ref _state) is { } state && Interlocked.Exchange(ref _detached, 1) == 0)
            state.OnClosed();
    }

    private void CountReject()
    {
        Socket.CountReject();
        Endpoint.CountReject();
    }

    private void Remove(bool tells)
    {
        if (_counted)
            Socket.CountAttached(-1);
        if (tells)
            RaiseEvent(PipeEvent.RemovePost);
        lock (_lock)
            _step = Step.Removed;
        Unpublish();
        SpRegistry.Pipes.Remove(Id);
        Endpoint.OnPipeRemoved(this);
        Socket.Forget(this);
    }

    private void RaiseEvent(PipeEvent what)
    {
        Callout.Enter();
        try
        {
            Socket.RaiseEvent(this, what);
        }
        finally
        {
            Callout.Leave();
        }
    }

    private void Publish()
    {
        _scope = SpStatistics.Of(this);
        StatTree.Root.Add(_scope);
    }

    private void Unpublish()
    {
        if (_scope is not null)
            StatTree.Root.Remove(_scope);
    }
}
