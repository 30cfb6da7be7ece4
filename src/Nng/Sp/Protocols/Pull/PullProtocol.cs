using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>
/// pull0: takes messages from all peers in turn. Each pipe holds one message that nobody has asked for yet and reads
/// no further, which is the back-pressure. Pipes with a message are served in the order of arrival.
/// </summary>
/// <remarks>
/// Rules PULL-1 to PULL-6 of the protocols sheet. Threading: <see cref="_lock"/> guards everything; pipes are asked
/// for more and operations completed after the unlock.
/// </remarks>
internal sealed class PullProtocol : SpProtocol
{
    private static readonly SpProtocolInfo s_raw = ProtocolIds.Pull.AsRaw();

    private readonly Lock _lock = new();
    private readonly bool _raw;

    /// <summary>Pipes that hold a message, oldest arrival first.</summary>
    private readonly IntrusiveList<PullPipe> _holding = new();

    /// <summary>Receives that wait for a message; only while no pipe holds one.</summary>
    private readonly AioQueue _receivers = new();

    private bool _closed;

    public PullProtocol(SpSocket socket, bool raw)
        : base(socket)
    {
        _raw = raw;
    }

    public override SpProtocolInfo Info => _raw ? s_raw : ProtocolIds.Pull;

    public override bool IsReceiveReady
    {
        get
        {
            lock (_lock)
                return !_holding.IsEmpty;
        }
    }

    public override bool IsSendReady => false;

    public override int UnreadCount
    {
        get
        {
            lock (_lock)
                return _holding.Count;
        }
    }

    public override NngError Attach(SpPipe pipe, out SpPipeState? state)
    {
        state = new PullPipe(this, pipe);
        return NngError.None;
    }

    public override NngError TrySend(Message message) => NngError.NotSupported;

    public override void Send(Aio aio) => Refuse(aio);

    public override NngError TryReceive(out Message? message)
    {
        message = null;
        PullPipe pipe;
        lock (_lock)
        {
            if (_closed)
                return NngError.Closed;
            if (_holding.First is not { } first)
                return NngError.TryAgain;
            pipe = first;
            message = TakeLocked(pipe);
        }

        Continue(pipe);
        return NngError.None;
    }

    public override void Receive(Aio aio)
    {
        if (!aio.Begin())
            return;
        PullPipe? pipe = null;
        Message? message = null;
        NngError error = NngError.Closed;
        lock (_lock)
        {
            if (!_closed)
            {
                pipe = _holding.First;
                if (pipe is not null)
                    message = TakeLocked(pipe);
                error = pipe is null ? aio.Schedule(Canceler.Instance, this) : NngError.None;
                if (pipe is null && error == NngError.None)
                    _receivers.Enqueue(aio);
            }
        }

        if (message is not null)
        {
            Continue(pipe!);
            aio.FinishMessage(message);
        }
        else if (error != NngError.None)
        {
            aio.Finish(error);
        }
    }

    public override void Close()
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            _closed = true;
            _receivers.FailAll(ref completions, NngError.Closed);
            while (_holding.First is { } pipe)
                DropHeldLocked(pipe);
        }

        completions.Run();
    }

    /// <summary>A message has arrived: a waiting receive gets it, or the pipe holds it.</summary>
    internal bool OnReceived(PullPipe pipe, Message message)
    {
        Aio? receiver;
        lock (_lock)
        {
            if (pipe.Closed || _closed)
            {
                message.Dispose();
                return false;
            }

            receiver = _receivers.Dequeue();
            if (receiver is null)
            {
                pipe.Held = message;
                _holding.Append(pipe);
            }
            else
            {
                Socket.Traffic.CountReceived(message.Length);
            }
        }

        if (receiver is null)
        {
            ReceiveReadiness.Update();
            return false;
        }

        receiver.FinishMessage(message);
        return true;
    }

    internal void OnClosed(PullPipe pipe)
    {
        lock (_lock)
        {
            pipe.Closed = true;
            DropHeldLocked(pipe);
        }

        ReceiveReadiness.Update();
    }

    private Message TakeLocked(PullPipe pipe)
    {
        Message message = pipe.Held!;
        pipe.Held = null;
        _holding.Remove(pipe);
        Socket.Traffic.CountReceived(message.Length);
        return message;
    }

    private void DropHeldLocked(PullPipe pipe)
    {
        if (!_holding.Remove(pipe))
            return;
        pipe.Held!.Dispose();
        pipe.Held = null;
        Socket.Traffic.CountDrop(DropReason.Discarded);
    }

    private void Continue(PullPipe pipe)
    {
        pipe.Pipe.StartReceive();
        ReceiveReadiness.Update();
    }

    private sealed class Canceler : IAioProvider
    {
        public static readonly Canceler Instance = new();

        public void OnCancel(Aio aio, object? state, NngError reason)
        {
            var pull = (PullProtocol)state!;
            lock (pull._lock)
            {
                if (!pull._receivers.Remove(aio))
                    return;
            }

            aio.Finish(reason);
        }
    }
}
