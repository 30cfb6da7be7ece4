using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>
/// push0: each message goes to exactly one peer. Idle pipes take turns; a slow peer delays nobody else. When no pipe
/// is idle a message waits in the buffer, and beyond that the sender waits.
/// </summary>
/// <remarks>
/// Rules PUSH-1 to PUSH-10 of the protocols sheet. Threading: <see cref="_lock"/> guards everything; pipes are kicked
/// and operations completed after the unlock.
/// </remarks>
internal sealed class PushProtocol : SpProtocol
{
    private static readonly SpProtocolInfo s_raw = ProtocolIds.Push.AsRaw();

    private static readonly OptionTable<PushProtocol> s_options = new(
        OptionRows.Int32<PushProtocol>(OptionNames.SendBuffer, 0, 8192, p => p._capacity, (p, n) => p.Resize(n)));

    private readonly Lock _lock = new();
    private readonly bool _raw;

    /// <summary>Pipes that can take a message, longest idle first.</summary>
    private readonly IntrusiveList<PushPipe> _ready = new();

    /// <summary>Sends that wait for a pipe or for room in the buffer, oldest first.</summary>
    private readonly AioQueue _senders = new();

    /// <summary>Accepted messages that no pipe has taken; only while no pipe is ready.</summary>
    private MessageQueue _buffer;

    /// <summary>The option <c>send-buffer</c>: 0 to 8192 messages.</summary>
    private int _capacity;

    private bool _closed;

    public PushProtocol(SpSocket socket, bool raw)
        : base(socket)
    {
        _raw = raw;
    }

    public override SpProtocolInfo Info => _raw ? s_raw : ProtocolIds.Push;

    public override bool IsReceiveReady => false;

    public override bool IsSendReady
    {
        get
        {
            lock (_lock)
                return !_ready.IsEmpty || _buffer.Count < _capacity;
        }
    }

    public override int UnsentCount
    {
        get
        {
            lock (_lock)
                return _buffer.Count;
        }
    }

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    public override NngError Attach(SpPipe pipe, out SpPipeState? state)
    {
        state = new PushPipe(this, pipe);
        return NngError.None;
    }

    public override NngError TrySend(Message message)
    {
        PushPipe? pipe = null;
        lock (_lock)
        {
            if (_closed)
                return NngError.Closed;
            if (!TryAcceptLocked(message, ref pipe))
                return NngError.TryAgain;
        }

        Finish(pipe);
        return NngError.None;
    }

    public override void Send(Aio aio)
    {
        if (!aio.Begin())
            return;
        Message message = aio.Message!;
        long length = message.Length;
        PushPipe? pipe = null;
        NngError error = NngError.Closed;
        bool accepted = false;
        lock (_lock)
        {
            if (!_closed)
            {
                accepted = TryAcceptLocked(message, ref pipe);
                error = accepted ? NngError.None : aio.Schedule(Canceler.Instance, this);
                if (!accepted && error == NngError.None)
                    _senders.Enqueue(aio);
            }
        }

        if (accepted)
        {
            Finish(pipe);
            aio.FinishSent(length);
        }
        else if (error != NngError.None)
        {
            aio.Finish(error);
        }
    }

    public override NngError TryReceive(out Message? message)
    {
        message = null;
        return NngError.NotSupported;
    }

    public override void Receive(Aio aio) => Refuse(aio);

    public override void Close()
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            _closed = true;
            _senders.FailAll(ref completions, NngError.Closed);
            _buffer.Clear();
        }

        completions.Run();
    }

    /// <summary>A pipe can take a message: gives it what waits, or it waits its turn.</summary>
    internal void OnReady(PushPipe pipe)
    {
        var completions = default(CompletionList);
        bool posted = false;
        lock (_lock)
        {
            if (pipe.Closed || _closed)
                return;
            bool idle = true;
            while (idle && NextLocked(ref completions) is { } message)
            {
                posted = true;
                idle = pipe.Pipe.Post(message);
            }

            if (idle)
                _ready.Append(pipe);
        }

        if (posted)
            pipe.Pipe.Kick();
        completions.Run();
        SendReadiness.Update();
    }

    internal void OnClosed(PushPipe pipe)
    {
        lock (_lock)
        {
            pipe.Closed = true;
            _ready.Remove(pipe);
        }

        SendReadiness.Update();
    }

    private void Finish(PushPipe? pipe)
    {
        pipe?.Pipe.Kick();
        SendReadiness.Update();
    }

    /// <summary>Takes a message if it need not wait; the pipe to kick comes back.</summary>
    private bool TryAcceptLocked(Message message, ref PushPipe? pipe)
    {
        pipe = _ready.First;
        if (pipe is null && _buffer.Count >= _capacity)
            return false;
        if (!_raw)
            message.ClearHeader();
        Socket.Traffic.CountSent(message.Length);
        if (pipe is null)
            _buffer.Enqueue(message);
        else if (pipe.Pipe.Post(message))
            _ready.RotateFirst();
        else
            _ready.Remove(pipe);
        return true;
    }

    /// <summary>The next message to transmit; a waiting sender moves up into the buffer.</summary>
    private Message? NextLocked(ref CompletionList completions)
    {
        Message? message = _buffer.Dequeue();
        if (_senders.IsEmpty)
            return message;
        Message moved = AcceptWaiterLocked(ref completions);
        if (message is null)
            return moved;
        _buffer.Enqueue(moved);
        return message;
    }

    private Message AcceptWaiterLocked(ref CompletionList completions)
    {
        Aio sender = _senders.Dequeue()!;
        Message message = sender.Message!;
        if (!_raw)
            message.ClearHeader();
        Socket.Traffic.CountSent(message.Length);
        completions.AddSent(sender, message.Length);
        return message;
    }

    /// <summary>Growing admits waiting senders (W-4); shrinking drops the newest (PUSH-8).</summary>
    private void Resize(int capacity)
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            _capacity = capacity;
            while (_buffer.Count < capacity && !_senders.IsEmpty)
                _buffer.Enqueue(AcceptWaiterLocked(ref completions));
            for (int dropped = _buffer.Count - capacity; dropped > 0; dropped--)
                Socket.Traffic.CountDrop(DropReason.Discarded);
            _buffer.KeepOldest(capacity);
        }

        completions.Run();
        SendReadiness.Update();
    }

    private sealed class Canceler : IAioProvider
    {
        public static readonly Canceler Instance = new();

        public void OnCancel(Aio aio, object? state, NngError reason)
        {
            var push = (PushProtocol)state!;
            lock (push._lock)
            {
                if (!push._senders.Remove(aio))
                    return;
            }

            aio.Finish(reason);
        }
    }
}
