using System.Collections.Generic;
using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>
/// pair1, polyamorous: any number of peers; a message goes to the pipe it names, or to the oldest. Before the first
/// peer ever attaches sends wait; from then on they never do, and what cannot be delivered is dropped.
/// </summary>
/// <remarks>Rules PP-1 to PP-9 of the protocols sheet. Threading: <see cref="_lock"/> guards everything.</remarks>
internal sealed class PairV1PolyProtocol : SpProtocol, IPairV1Statistics, IAioProvider
{
    /// <summary>Depth of each pipe's send queue (PP-1).</summary>
    private const int PipeDepth = 2;

    private static readonly OptionTable<PairV1PolyProtocol> s_options = new(
        OptionRows.Int32<PairV1PolyProtocol>(OptionNames.MaxTtl, 1, 15, p => p._maxTtl, (p, n) => p._maxTtl = n),
        OptionRows.Boolean<PairV1PolyProtocol>(OptionNames.PairPolyamorous, _ => true),
        OptionRows.Int32<PairV1PolyProtocol>(
            OptionNames.SendBuffer, 0, 8192, p => p._capacity, (p, n) => p.Resize(n)),
        OptionRows.Int32<PairV1PolyProtocol>(
            OptionNames.ReceiveBuffer, 0, 8192, p => p._receive.Capacity, (p, n) => p._receive.Resize(n, keepNewest: true)));

    private readonly Lock _lock = new();
    private readonly ReceiveSide _receive;

    /// <summary>Attached pipes, oldest first.</summary>
    private readonly List<PairV1PolyPipe> _pipes = [];

    /// <summary>Sends before the first peer: they wait once the buffer is full.</summary>
    private readonly AioQueue _senders = new();

    /// <summary>Messages accepted before the first peer.</summary>
    private MessageQueue _buffer;

    private int _capacity;
    private int _maxTtl = 8;

    /// <summary>A peer has attached once.</summary>
    private bool _met;

    private bool _closed;

    public PairV1PolyProtocol(SpSocket socket)
        : base(socket)
    {
        _receive = new ReceiveSide(_lock, this, capacity: 1, ReceiveOverflow.Hold);
    }

    public PairV1Counters Counters { get; } = new();

    public override StatSection? Statistics => PairV1Statistics.Section(this);

    public bool IsPolyamorous => true;

    public override SpProtocolInfo Info => ProtocolIds.Pair1;

    public override bool IsReceiveReady => _receive.IsReady;

    public override bool IsSendReady
    {
        get
        {
            lock (_lock)
                return _met || _buffer.Count < _capacity;
        }
    }

    public override int UnsentCount
    {
        get
        {
            lock (_lock)
            {
                int count = _buffer.Count;
                foreach (PairV1PolyPipe pipe in _pipes)
                    count += pipe.Queue.Count;
                return count;
            }
        }
    }

    public override int UnreadCount => _receive.Count;

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    public override NngError Attach(SpPipe pipe, out SpPipeState? state)
    {
        state = new PairV1PolyPipe(this, pipe);
        return NngError.None;
    }

    public override void OnRejected(NngError error) => Counters.CountRejected(error);

    public override NngError TrySend(Message message)
    {
        PairV1PolyPipe? pipe;
        lock (_lock)
        {
            if (_closed)
                return NngError.Closed;
            if (!_met && _buffer.Count >= _capacity)
                return NngError.TryAgain;
            AcceptLocked(message, out pipe);
        }

        pipe?.Pipe.Kick();
        SendReadiness.Update();
        return NngError.None;
    }

    public override void Send(Aio aio)
    {
        if (!aio.Begin())
            return;
        Message message = aio.Message!;
        long length = message.Length;
        PairV1PolyPipe? pipe = null;
        NngError error = NngError.Closed;
        bool accepted = false;
        lock (_lock)
        {
            if (!_closed)
            {
                accepted = _met || _buffer.Count < _capacity;
                error = accepted ? NngError.None : aio.Schedule(this, null);
                if (accepted)
                    AcceptLocked(message, out pipe);
                else if (error == NngError.None)
                    _senders.Enqueue(aio);
            }
        }

        pipe?.Pipe.Kick();
        if (accepted)
            aio.FinishSent(length);
        else if (error != NngError.None)
            aio.Finish(error);
        SendReadiness.Update();
    }

    public override NngError TryReceive(out Message? message) => _receive.TryReceive(out message);

    public override void Receive(Aio aio) => _receive.Receive(aio);

    public override void Close()
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            _closed = true;
            _senders.FailAll(ref completions, NngError.Closed);
            Socket.Traffic.CountDrop(DropReason.Unsent, _buffer.Count);
            _buffer.Clear();
            _receive.CloseLocked(ref completions);
        }

        completions.Run();
    }

    void IAioProvider.OnCancel(Aio aio, object? state, NngError reason)
    {
        lock (_lock)
        {
            if (!_senders.Remove(aio))
                return;
        }

        aio.Finish(reason);
    }

    internal void OnStarted(PairV1PolyPipe pipe)
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            if (pipe.Closed || _closed)
                return;
            _pipes.Add(pipe);
            _met = true;
            while (_buffer.Dequeue() is { } message)
                DispatchLocked(message);
            while (_senders.Dequeue() is { } sender)
            {
                Message message = sender.Message!;
                completions.AddSent(sender, message.Length);
                AcceptLocked(message, out _);
            }
        }

        pipe.Pipe.Kick();
        completions.Run();
        SendReadiness.Update();
    }

    internal bool OnReceived(PairV1PolyPipe pipe, Message message)
    {
        if (PairV1Hops.Parse(message, _maxTtl) is not { } dropped)
            return _receive.OnReceived(pipe, message);
        Socket.Traffic.CountDrop(dropped);
        message.Dispose();
        if (dropped != DropReason.Malformed)
            return true;
        pipe.Pipe.Close(NngError.Protocol);
        return false;
    }

    internal void OnSendReady(PairV1PolyPipe pipe)
    {
        lock (_lock)
        {
            if (pipe.Closed)
                return;
            pipe.Queue.OnReady(pipe.Pipe);
        }

        pipe.Pipe.Kick();
    }

    internal void OnClosed(PairV1PolyPipe pipe)
    {
        lock (_lock)
        {
            pipe.Closed = true;
            Socket.Traffic.CountDrop(DropReason.Unsent, pipe.Queue.Count);
            pipe.Queue.Clear();
            _pipes.Remove(pipe);
            _receive.RemoveLocked(pipe);
        }

        ReceiveReadiness.Update();
    }

    private void AcceptLocked(Message message, out PairV1PolyPipe? pipe)
    {
        Socket.Traffic.CountSent(message.Length);
        pipe = null;
        if (_met)
            pipe = DispatchLocked(message);
        else
            _buffer.Enqueue(message);
    }

    /// <summary>Gives a message to its pipe or drops it; returns the pipe to kick.</summary>
    private PairV1PolyPipe? DispatchLocked(Message message)
    {
        PairV1PolyPipe? pipe = FindLocked(message.PipeId);
        PairV1Hops.Start(message);
        if (pipe is null)
        {
            message.Dispose();
            Socket.Traffic.CountDrop(DropReason.NoSuchPipe);
        }
        else if (!pipe.Queue.Offer(pipe.Pipe, message, PipeDepth, dropOldest: false))
        {
            Socket.Traffic.CountDrop(DropReason.SendQueueFull);
        }

        return pipe;
    }

    private PairV1PolyPipe? FindLocked(int pipeId)
    {
        if (pipeId == 0)
            return _pipes.Count > 0 ? _pipes[0] : null;
        foreach (PairV1PolyPipe pipe in _pipes)
        {
            if (pipe.Pipe.Id == pipeId)
                return pipe;
        }

        return null;
    }

    private void Resize(int capacity)
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            _capacity = capacity;
            Socket.Traffic.CountDrop(DropReason.Discarded, _buffer.Count - capacity);
            _buffer.KeepNewest(capacity);
            while (!_met && _buffer.Count < capacity && _senders.Dequeue() is { } sender)
            {
                Message message = sender.Message!;
                completions.AddSent(sender, message.Length);
                AcceptLocked(message, out _);
            }
        }

        completions.Run();
        SendReadiness.Update();
    }
}
