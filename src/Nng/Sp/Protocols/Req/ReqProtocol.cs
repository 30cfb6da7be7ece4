using System.Collections.Generic;
using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>
/// req0: sends a request to one idle peer, keeps a copy, and takes the first matching reply from any. A request whose
/// pipe is lost, or that stays unanswered for the resend time, is sent again. Contexts are independent requesters.
/// </summary>
/// <remarks>Rules REQ-1 to REQ-21 of the protocols sheet. Threading: <see cref="_lock"/> guards everything, the
/// contexts included; pipes are kicked and operations completed after the unlock.</remarks>
internal sealed partial class ReqProtocol : SpProtocol, IAioProvider
{
    private const int DefaultResendTimeMs = 60_000;
    private const int DefaultTickMs = 1000;

    private static readonly OptionTable<ReqProtocol> s_options = new(
        OptionRows.Int32<ReqProtocol>(OptionNames.MaxTtl, 1, 15, p => p._maxTtl, (p, n) => p._maxTtl = n),
        new OptionRow<ReqProtocol>
        {
            Name = OptionNames.ReqResendTick,
            Type = OptionType.Duration,
            Min = -1,
            Get = p => OptionValue.Duration(p._tickMs),
            Set = (p, value) => p.SetTick(value.Int),
        });

    private readonly Lock _lock = new();
    private readonly ReqContext _default;
    private readonly RequestIds<ReqContext> _requests = new();

    /// <summary>Pipes that can take a request, longest idle first.</summary>
    private readonly IntrusiveList<PipeNode> _idle = new();

    /// <summary>Contexts whose request is to be sent or sent again, in order.</summary>
    private readonly IntrusiveList<ReqContext> _queue = new();

    private readonly ResendTicker _ticker;

    private int _tickMs = DefaultTickMs;

    /// <summary>Stored, not used: replies are not counted (REQ-19).</summary>
    private int _maxTtl = 8;

    private bool _closed;

    public ReqProtocol(SpSocket socket)
        : base(socket)
    {
        _default = new ReqContext(this, DefaultResendTimeMs);
        _ticker = new ResendTicker(this);
    }

    public override SpProtocolInfo Info => ProtocolIds.Req;

    public override bool IsReceiveReady
    {
        get
        {
            lock (_lock)
                return _default.State == ReqState.Replied;
        }
    }

    public override bool IsSendReady
    {
        get
        {
            lock (_lock)
                return !_idle.IsEmpty;
        }
    }

    public override int UnsentCount
    {
        get
        {
            lock (_lock)
            {
                int count = 0;
                for (ReqContext? context = _queue.First; context is not null; context = ((IListNode<ReqContext>)context).Next)
                {
                    if (IsUnsent(context))
                        count++;
                }

                return count;
            }
        }
    }

    public override bool SendsAgain => true;

    public override int UnreadCount => IsReceiveReady ? 1 : 0;

    public override NngError GetOption(string name, out OptionValue value)
    {
        NngError error = s_options.Get(this, name, out value);
        return error == NngError.NotSupported ? _default.GetOption(name, out value) : error;
    }

    public override NngError SetOption(string name, OptionValue value)
    {
        NngError error = s_options.Set(this, name, value);
        return error == NngError.NotSupported ? _default.SetOption(name, value) : error;
    }

    public override NngError Attach(SpPipe pipe, out SpPipeState? state)
    {
        state = new ReqPipe(this, pipe);
        return NngError.None;
    }

    public override SpProtocolContext OpenContext() => new ReqContext(this, _default.ResendTimeMs);

    /// <summary>Gives an idle context the options of a fresh one.</summary>
    public void Renew(ReqContext context) => context.ResendTimeMs = _default.ResendTimeMs;

    public override NngError TrySend(Message message) => TrySend(_default, message);

    public override void Send(Aio aio) => Send(_default, aio);

    public override NngError TryReceive(out Message? message) => TryReceive(_default, out message);

    public override void Receive(Aio aio) => Receive(_default, aio);

    public override void Close()
    {
        lock (_lock)
            _closed = true;
        Expirer.Default.Disarm(_ticker);
        Close(_default);
    }

    internal NngError TrySend(ReqContext context, Message message)
    {
        var completions = default(CompletionList);
        var kicks = default(ReqKick);
        NngError error = NngError.None;
        lock (_lock)
        {
            if (context.Closed)
                return NngError.Closed;
            if (_idle.IsEmpty)
                error = NngError.TryAgain;
            if (error == NngError.None || Socket.Policy.PollSendCancelsRequest)
                AbandonLocked(context, NngError.Canceled, ref completions);
            if (error == NngError.None)
            {
                SubmitLocked(context, message);
                RunQueueLocked(ref completions, ref kicks);
            }
        }

        kicks.Run();
        completions.Run();
        UpdateReadiness();
        return error;
    }

    internal void Send(ReqContext context, Aio aio)
    {
        if (!aio.Begin())
            return;
        var completions = default(CompletionList);
        var kicks = default(ReqKick);
        lock (_lock)
        {
            NngError error = context.Closed ? NngError.Closed
                : _idle.IsEmpty ? aio.Schedule(this, context) : NngError.None;
            if (error == NngError.None || (error == NngError.TimedOut && Socket.Policy.PollSendCancelsRequest))
                AbandonLocked(context, NngError.Canceled, ref completions);
            if (error == NngError.None)
            {
                context.Sender = aio;
                SubmitLocked(context, aio.Message!);
                RunQueueLocked(ref completions, ref kicks);
            }
            else
            {
                completions.Add(aio, error);
            }
        }

        kicks.Run();
        completions.Run();
        UpdateReadiness();
    }

    internal NngError TryReceive(ReqContext context, out Message? message)
    {
        message = null;
        NngError error;
        lock (_lock)
            error = TakeLocked(context, out message);
        if (error == NngError.None)
            ReceiveReadiness.Update();
        return error;
    }

    internal void Receive(ReqContext context, Aio aio)
    {
        if (!aio.Begin())
            return;
        Message? message;
        NngError error;
        lock (_lock)
        {
            error = TakeLocked(context, out message);
            if (error == NngError.TryAgain)
            {
                error = context.Receiver is null ? aio.Schedule(this, context) : NngError.IncorrectState;
                if (error == NngError.None)
                {
                    context.Receiver = aio;
                    return;
                }
            }
        }

        if (message is not null)
        {
            aio.FinishMessage(message);
            ReceiveReadiness.Update();
        }
        else
        {
            aio.Finish(error);
        }
    }

    internal void Close(ReqContext context)
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            context.Closed = true;
            AbandonLocked(context, NngError.Closed, ref completions);
        }

        completions.Run();
    }

    void IAioProvider.OnCancel(Aio aio, object? state, NngError reason)
    {
        var context = (ReqContext)state!;
        var completions = default(CompletionList);
        lock (_lock)
        {
            // The operation gets its reason; its partner of the same request is cancelled with it.
            if (ReferenceEquals(context.Sender, aio))
                ReturnSenderLocked(context, reason, ref completions);
            else if (ReferenceEquals(context.Receiver, aio))
                FailReceiverLocked(context, reason, ref completions);
            else
                return;
            AbandonLocked(context, NngError.Canceled, ref completions);
        }

        completions.Run();
        UpdateReadiness();
    }

    internal void OnIdle(ReqPipe pipe)
    {
        var completions = default(CompletionList);
        var kicks = default(ReqKick);
        lock (_lock)
        {
            if (pipe.Closed || _closed)
                return;
            _idle.Append(pipe.Idle);
            ContinueQueueLocked(ref completions, ref kicks);
        }

        kicks.Run();
        completions.Run();
        SendReadiness.Update();
    }

    internal bool OnReceived(ReqPipe pipe, Message message)
    {
        if (!Backtrace.TryPeekWord(message.Body, out uint id))
        {
            Socket.Traffic.CountDrop(DropReason.Malformed);
            message.Dispose();
            pipe.Pipe.Close(NngError.Protocol);
            return false;
        }

        message.Trim(4);
        Aio? receiver = null;
        lock (_lock)
        {
            ReqContext? context = pipe.Closed ? null : _requests.Find(id);
            if (context is null || context.State != ReqState.Sent)
            {
                Socket.Traffic.CountDrop(DropReason.Unsolicited);
                message.Dispose();
                return true;
            }

            ForgetRequestLocked(context);
            (receiver, context.Receiver) = (context.Receiver, null);
            if (receiver is null)
            {
                context.Reply = message;
                context.State = ReqState.Replied;
            }
            else
            {
                Socket.Traffic.CountReceived(message.Length);
            }
        }

        receiver?.FinishMessage(message);
        if (receiver is null)
            ReceiveReadiness.Update();
        return true;
    }

    internal void OnClosed(ReqPipe pipe)
    {
        var completions = default(CompletionList);
        var kicks = default(ReqKick);
        lock (_lock)
        {
            pipe.Closed = true;
            _idle.Remove(pipe.Idle);
            foreach (ReqContext context in CarriedByLocked(pipe))
                OnCarrierLostLocked(context, ref completions);
            ContinueQueueLocked(ref completions, ref kicks);
        }

        kicks.Run();
        completions.Run();
        UpdateReadiness();
    }

    private NngError SetTick(int milliseconds)
    {
        if (milliseconds < 1 && !Socket.Policy.TakesAnyResendTick)
            return NngError.InvalidArgument;
        _tickMs = milliseconds;
        return NngError.None;
    }

    private List<ReqContext> CarriedByLocked(ReqPipe pipe)
    {
        var carried = new List<ReqContext>();
        foreach (ReqContext context in _requests.Owners)
        {
            if (ReferenceEquals(context.Carrier, pipe))
                carried.Add(context);
        }

        return carried;
    }

    private void UpdateReadiness()
    {
        SendReadiness.Update();
        ReceiveReadiness.Update();
    }
}
