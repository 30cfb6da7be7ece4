using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>
/// rep0 and respondent0: takes requests (surveys) in the order of arrival, one held per pipe, and sends each reply to
/// the pipe its request came from, with the request's backtrace. Contexts are independent repliers that compete.
/// </summary>
/// <remarks>
/// Rules REP-1 to REP-9 and RES-1 to RES-6 of the protocols sheet. Threading: <see cref="_lock"/> guards everything,
/// the contexts included; pipes are kicked and operations completed after the unlock.
/// </remarks>
internal sealed partial class ReplierProtocol : SpProtocol, IAioProvider
{
    private static readonly OptionTable<ReplierProtocol> s_options = new(
        OptionRows.Int32<ReplierProtocol>(OptionNames.MaxTtl, 1, 15, p => p._maxTtl, (p, n) => p._maxTtl = n));

    private readonly Lock _lock = new();
    private readonly ReplierContext _default;

    /// <summary>Pipes that hold a request, oldest arrival first.</summary>
    private readonly IntrusiveList<PipeNode> _holding = new();

    /// <summary>Receives of contexts that wait for a request; only while no pipe holds one.</summary>
    private readonly AioQueue _receivers = new();

    /// <summary>Requests that crossed more hops are dropped: 1 to 15.</summary>
    private int _maxTtl = 8;

    /// <summary>A polling reply is refused whatever the state (W-28).</summary>
    private readonly bool _pollsFail;

    public ReplierProtocol(SpSocket socket, SpProtocolInfo info)
        : base(socket)
    {
        Info = info;
        _default = new ReplierContext(this);
        _pollsFail = info == ProtocolIds.Respondent && socket.Policy.RespondentPollSendFails;
    }

    public override SpProtocolInfo Info { get; }

    public override bool IsReceiveReady
    {
        get
        {
            lock (_lock)
                return !_holding.IsEmpty;
        }
    }

    public override bool IsSendReady
    {
        get
        {
            lock (_lock)
                return _default.Asker is { } asker && (asker.Closed || !asker.Busy);
        }
    }

    public override int UnreadCount
    {
        get
        {
            lock (_lock)
                return _holding.Count;
        }
    }

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    public override NngError Attach(SpPipe pipe, out SpPipeState? state)
    {
        state = new ReplierPipe(this, pipe);
        return NngError.None;
    }

    public override SpProtocolContext OpenContext() => new ReplierContext(this);

    public override NngError TrySend(Message message) => TrySend(_default, message);

    public override void Send(Aio aio) => Send(_default, aio);

    public override NngError TryReceive(out Message? message) => TryReceive(_default, out message);

    public override void Receive(Aio aio) => Receive(_default, aio);

    public override void Close() => Close(_default);

    internal NngError TryReceive(ReplierContext context, out Message? message)
    {
        message = null;
        ReplierPipe pipe;
        lock (_lock)
        {
            if (context.Closed)
                return NngError.Closed;
            if (context.Receiver is not null || _holding.First is not { } node)
                return NngError.TryAgain;
            pipe = (ReplierPipe)node.Pipe;
            message = TakeLocked(context, pipe);
        }

        pipe.Pipe.StartReceive();
        UpdateReadiness();
        return NngError.None;
    }

    internal void Receive(ReplierContext context, Aio aio)
    {
        if (!aio.Begin())
            return;
        NngError error;
        ReplierPipe? pipe = null;
        Message? message = null;
        lock (_lock)
        {
            error = context.Closed ? NngError.Closed
                : context.Receiver is null ? NngError.None
                : aio.IsPoll ? NngError.TimedOut : NngError.IncorrectState;
            if (error == NngError.None && _holding.First is { } node)
            {
                pipe = (ReplierPipe)node.Pipe;
                message = TakeLocked(context, pipe);
            }
            else if (error == NngError.None)
            {
                error = aio.Schedule(this, context);
                if (error == NngError.None)
                {
                    context.Receiver = aio;
                    _receivers.Enqueue(aio);
                    aio.SetProviderTag(context);
                }
            }
        }

        if (message is not null)
        {
            pipe!.Pipe.StartReceive();
            aio.FinishMessage(message);
            UpdateReadiness();
        }
        else if (error != NngError.None)
        {
            aio.Finish(error);
        }
    }

    internal void Close(ReplierContext context)
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            context.Closed = true;
            context.Forget();
            if (context.Receiver is { } receiver && _receivers.Remove(receiver))
                completions.Add(receiver, NngError.Closed);
            context.Receiver = null;
            foreach (PendingReply reply in context.Replies)
            {
                reply.Pipe.Waiting.Remove(reply.Aio);
                reply.Aio.SetProviderTag(null);
                reply.Aio.Message!.ClearHeader();
                completions.Add(reply.Aio, NngError.Closed);
            }

            context.Replies.Clear();
        }

        completions.Run();
    }

    internal bool OnReceived(ReplierPipe pipe, Message message)
    {
        switch (Backtrace.ParseRequest(message, _maxTtl))
        {
            case Backtrace.Outcome.TooManyHops:
                Socket.Traffic.CountDrop(DropReason.TtlExceeded);
                message.Dispose();
                return true;
            case Backtrace.Outcome.Malformed:
                Socket.Traffic.CountDrop(DropReason.Malformed);
                message.Dispose();
                pipe.Pipe.Close(NngError.Protocol);
                return false;
        }

        Aio? receiver;
        lock (_lock)
        {
            if (pipe.Closed)
            {
                Socket.Traffic.CountDrop(DropReason.Discarded);
                message.Dispose();
                return false;
            }

            receiver = _receivers.Dequeue();
            if (receiver is null)
            {
                pipe.Held = message;
                _holding.Append(pipe.Holding);
            }
            else
            {
                var context = (ReplierContext)receiver.ProviderTag!;
                context.Receiver = null;
                context.TakeRequest(message, pipe);
                Socket.Traffic.CountReceived(message.Length);
            }
        }

        receiver?.FinishMessage(message);
        UpdateReadiness();
        return receiver is not null;
    }

    internal void OnClosed(ReplierPipe pipe)
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            pipe.Closed = true;
            if (_holding.Remove(pipe.Holding))
            {
                pipe.Held!.Dispose();
                pipe.Held = null;
                Socket.Traffic.CountDrop(DropReason.Discarded);
            }

            // Nobody is there to answer: as good as sent.
            while (pipe.Waiting.Dequeue() is { } aio)
            {
                ForgetReplyLocked(aio);
                completions.AddSent(aio, DiscardLocked(aio.Message!));
            }
        }

        completions.Run();
        UpdateReadiness();
    }

    private Message TakeLocked(ReplierContext context, ReplierPipe pipe)
    {
        _holding.Remove(pipe.Holding);
        Message message = pipe.Held!;
        pipe.Held = null;
        context.TakeRequest(message, pipe);
        Socket.Traffic.CountReceived(message.Length);
        return message;
    }

    /// <summary>Drops a reply that nobody waits for; returns the length it had.</summary>
    private long DiscardLocked(Message message)
    {
        long length = message.Length;
        message.Dispose();
        Socket.Traffic.CountDrop(DropReason.NoSuchPipe);
        return length;
    }

    private void UpdateReadiness()
    {
        SendReadiness.Update();
        ReceiveReadiness.Update();
    }
}
