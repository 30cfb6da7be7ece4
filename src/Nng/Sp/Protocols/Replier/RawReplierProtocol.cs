using System.Collections.Generic;
using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>
/// rep0 and respondent0, raw: requests come with the arrival pipe's id and the backtrace in the header; replies go to
/// the pipe that the first header word names. A sender never waits: what has no pipe or no room is dropped.
/// </summary>
/// <remarks>
/// Rules XREP-1 to XREP-5 and XRES-1 of the protocols sheet. Threading: <see cref="_lock"/> guards everything.
/// </remarks>
internal sealed class RawReplierProtocol : SpProtocol
{
    private static readonly OptionTable<RawReplierProtocol> s_options = new(
        OptionRows.Int32<RawReplierProtocol>(OptionNames.MaxTtl, 1, 15, p => p._maxTtl, (p, n) => p._maxTtl = n),
        OptionRows.Int32<RawReplierProtocol>(
            OptionNames.ReceiveBuffer, 0, 8192, p => p._receive.Capacity, (p, n) => p._receive.Resize(n, keepNewest: true)));

    private readonly Lock _lock = new();
    private readonly int _depth;
    private readonly ReceiveSide _receive;
    private readonly Dictionary<int, RawReplierPipe> _pipes = [];
    private int _maxTtl = 8;
    private bool _closed;

    /// <param name="socket">The socket.</param>
    /// <param name="info">The cooked identity.</param>
    /// <param name="depth">Replies queued per pipe: 64 for rep, 2 for respondent.</param>
    public RawReplierProtocol(SpSocket socket, SpProtocolInfo info, int depth)
        : base(socket)
    {
        Info = info.AsRaw();
        _depth = depth;
        _receive = new ReceiveSide(_lock, this, capacity: 1, ReceiveOverflow.Hold);
    }

    public override SpProtocolInfo Info { get; }

    public override bool IsReceiveReady => _receive.IsReady;

    public override bool IsSendReady => true;

    public override int UnsentCount
    {
        get
        {
            lock (_lock)
            {
                int count = 0;
                foreach (RawReplierPipe pipe in _pipes.Values)
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
        state = new RawReplierPipe(this, pipe);
        return NngError.None;
    }

    public override NngError TrySend(Message message)
    {
        RawReplierPipe? pipe;
        lock (_lock)
        {
            if (_closed)
                return NngError.Closed;
            Socket.Traffic.CountSent(message.Length);
            pipe = DispatchLocked(message);
        }

        pipe?.Pipe.Kick();
        return NngError.None;
    }

    public override void Send(Aio aio)
    {
        if (!aio.Begin())
            return;
        long length = aio.Message!.Length;
        NngError error = TrySend(aio.Message);
        if (error == NngError.None)
            aio.FinishSent(length);
        else
            aio.Finish(error);
    }

    public override NngError TryReceive(out Message? message) => _receive.TryReceive(out message);

    public override void Receive(Aio aio) => _receive.Receive(aio);

    public override void Close()
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            _closed = true;
            _receive.CloseLocked(ref completions);
        }

        completions.Run();
    }

    internal void OnStarted(RawReplierPipe pipe)
    {
        lock (_lock)
        {
            if (!pipe.Closed)
                _pipes[pipe.Pipe.Id] = pipe;
        }
    }

    internal bool OnReceived(RawReplierPipe pipe, Message message)
    {
        // The own pipe's id comes first and does not count as a hop (C-37).
        message.AppendHeaderUInt32((uint)pipe.Pipe.Id);
        Backtrace.Outcome outcome = Backtrace.ParseRequest(message, _maxTtl);
        if (outcome == Backtrace.Outcome.Parsed)
            return _receive.OnReceived(pipe, message);
        message.Dispose();
        if (outcome == Backtrace.Outcome.TooManyHops)
        {
            Socket.Traffic.CountDrop(DropReason.TtlExceeded);
            return true;
        }

        Socket.Traffic.CountDrop(DropReason.Malformed);
        pipe.Pipe.Close(NngError.Protocol);
        return false;
    }

    internal void OnSendReady(RawReplierPipe pipe)
    {
        lock (_lock)
        {
            if (pipe.Closed)
                return;
            pipe.Queue.OnReady(pipe.Pipe);
        }

        pipe.Pipe.Kick();
    }

    internal void OnClosed(RawReplierPipe pipe)
    {
        lock (_lock)
        {
            pipe.Closed = true;
            Socket.Traffic.CountDrop(DropReason.Unsent, pipe.Queue.Count);
            pipe.Queue.Clear();
            _pipes.Remove(pipe.Pipe.Id);
            _receive.RemoveLocked(pipe);
        }

        ReceiveReadiness.Update();
    }

    /// <summary>Gives a reply to its pipe or drops it; returns the pipe to kick.</summary>
    private RawReplierPipe? DispatchLocked(Message message)
    {
        if (message.HeaderLength < 4 || !_pipes.TryGetValue((int)message.TrimHeaderUInt32(), out RawReplierPipe? pipe))
        {
            message.Dispose();
            Socket.Traffic.CountDrop(DropReason.NoSuchPipe);
            return null;
        }

        if (!pipe.Queue.Offer(pipe.Pipe, message, _depth, dropOldest: false))
            Socket.Traffic.CountDrop(DropReason.SendQueueFull);
        return pipe;
    }
}
