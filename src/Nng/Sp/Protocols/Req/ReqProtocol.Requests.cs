using System;
using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <content>The life of a request; all under the lock.</content>
internal sealed partial class ReqProtocol
{
    /// <summary>The request was accepted and its pipe is gone: it waits for another one.</summary>
    private static bool IsUnsent(ReqContext context) => context.State == ReqState.Sent && context.Carrier is null;

    /// <summary>A new request takes its id and its place in the queue (REQ-1).</summary>
    private void SubmitLocked(ReqContext context, Message message)
    {
        context.RequestId = _requests.Add(context);
        message.ClearHeader();
        message.AppendHeaderUInt32(context.RequestId);
        context.Request = message;
        context.State = ReqState.Queued;
        context.DueMs = Expirer.Default.Clock.NowMs + context.ResendTimeMs;
        _queue.Append(context);
    }

    /// <summary>
    /// Gives requests that waited to idle pipes. Those of an endpoint that is closed are about to close, one after the other:
    /// what one of them carried must not go to the next.
    /// </summary>
    private void ContinueQueueLocked(ref CompletionList completions, ref ReqKick kicks)
    {
        if (_queue.IsEmpty)
            return;
        PipeNode? next;
        for (PipeNode? node = _idle.First; node is not null; node = next)
        {
            next = node.Next;
            if (node.Pipe.Pipe.Endpoint.IsClosed)
                _idle.Remove(node);
        }

        RunQueueLocked(ref completions, ref kicks);
    }

    /// <summary>Gives queued requests to idle pipes while there are both (REQ-6).</summary>
    private void RunQueueLocked(ref CompletionList completions, ref ReqKick kicks)
    {
        while (_idle.First is { } node && _queue.RemoveFirst() is { } context)
        {
            var pipe = (ReqPipe)node.Pipe;
            TransmitLocked(context, pipe, ref completions);
            kicks.Add(pipe);
        }
    }

    private void TransmitLocked(ReqContext context, ReqPipe pipe, ref CompletionList completions)
    {
        Message message = context.Request!;
        if (context.State == ReqState.Queued)
        {
            Socket.Traffic.CountSent(message.Length);
            if (context.Sender is { } sender)
                completions.AddSent(sender, message.Length);
            context.Sender = null;
            context.State = ReqState.Sent;
        }
        else
        {
            context.DueMs = Expirer.Default.Clock.NowMs + context.ResendTimeMs;
        }

        context.Carrier = pipe;
        // Without resending nobody needs a copy.
        if (context.Resends)
        {
            message = message.Share();
            _ticker.StartLocked();
        }
        else
        {
            context.Request = null;
        }

        if (pipe.Pipe.Post(message))
            _idle.RotateFirst();
        else
            _idle.Remove(pipe.Idle);
    }

    /// <summary>What a receive finds without waiting; <see cref="NngError.TryAgain"/> while the reply is awaited.</summary>
    private NngError TakeLocked(ReqContext context, out Message? message)
    {
        message = null;
        if (context.Closed)
            return NngError.Closed;
        switch (context.State)
        {
            case ReqState.Replied:
                message = context.Reply;
                context.Reply = null;
                context.State = ReqState.Idle;
                Socket.Traffic.CountReceived(message!.Length);
                return NngError.None;
            case ReqState.Reset:
                context.State = ReqState.Idle;
                return NngError.ConnectionReset;
            case ReqState.Idle:
                return NngError.IncorrectState;
            default:
                return NngError.TryAgain;
        }
    }

    /// <summary>Ends whatever the context was doing; what waits gets the error.</summary>
    private void AbandonLocked(ReqContext context, NngError error, ref CompletionList completions)
    {
        if (context.Sender is not null)
            ReturnSenderLocked(context, error, ref completions);
        if (context.Receiver is not null)
            FailReceiverLocked(context, error, ref completions);
        if (error == NngError.Closed && IsUnsent(context))
            Socket.Traffic.CountDrop(DropReason.Unsent);
        if (context.State is ReqState.Queued or ReqState.Sent)
            ForgetRequestLocked(context);
        if (context.Reply is { } unread)
        {
            unread.Dispose();
            context.Reply = null;
            Socket.Traffic.CountDrop(DropReason.Discarded);
        }

        context.State = ReqState.Idle;
    }

    /// <summary>A waiting send fails and has its message back, without header.</summary>
    private static void ReturnSenderLocked(ReqContext context, NngError error, ref CompletionList completions)
    {
        context.Request!.ClearHeader();
        context.Request = null;
        completions.Add(context.Sender!, error);
        context.Sender = null;
    }

    private static void FailReceiverLocked(ReqContext context, NngError error, ref CompletionList completions)
    {
        completions.Add(context.Receiver!, error);
        context.Receiver = null;
    }

    /// <summary>The request is answered or abandoned: id, copy and carrier go.</summary>
    private void ForgetRequestLocked(ReqContext context)
    {
        _requests.Remove(context.RequestId);
        _queue.Remove(context);
        context.Request?.Dispose();
        context.Request = null;
        context.Carrier = null;
        context.State = ReqState.Idle;
    }

    /// <summary>
    /// The pipe that carried the request is gone: send it again, or report it (REQ-14). Pipes close before contexts when the
    /// socket closes: then the request is dropped, and it is no reset (W-20).
    /// </summary>
    private void OnCarrierLostLocked(ReqContext context, ref CompletionList completions)
    {
        context.Carrier = null;
        if (context.Resends && context.Request is not null && !Socket.IsClosing)
        {
            context.DueMs = Expirer.Default.Clock.NowMs + context.ResendTimeMs;
            if (!_queue.Contains(context))
                _queue.Append(context);
            return;
        }

        ForgetRequestLocked(context);
        NngError error = Socket.IsClosing ? NngError.Closed : NngError.ConnectionReset;
        if (context.Receiver is not null)
            FailReceiverLocked(context, error, ref completions);
        else
            context.State = ReqState.Reset;
    }

    /// <summary>Queues every request that is due again; stops ticking when none is left to watch (W-2).</summary>
    private void ResendDue()
    {
        var completions = default(CompletionList);
        var kicks = default(ReqKick);
        bool watched = false;
        lock (_lock)
        {
            long now = Expirer.Default.Clock.NowMs;
            foreach (ReqContext context in _requests.Owners)
            {
                if (!context.Resends)
                    continue;
                watched = true;
                if (context.State == ReqState.Sent && now > context.DueMs && context.Request is not null
                    && !_queue.Contains(context))
                    _queue.Append(context);
            }

            if (!_closed)
                ContinueQueueLocked(ref completions, ref kicks);
            _ticker.ContinueLocked(watched && !_closed);
        }

        kicks.Run();
        completions.Run();
        SendReadiness.Update();
    }

    /// <summary>Looks for due requests at every tick, while there are any to watch.</summary>
    private sealed class ResendTicker(ReqProtocol protocol) : Deadline, IThreadPoolWorkItem
    {
        /// <summary>Armed, or on its way through the pool; guarded by the protocol's lock.</summary>
        private bool _active;

        public void StartLocked()
        {
            if (!_active)
                ContinueLocked(true);
        }

        public void ContinueLocked(bool active)
        {
            _active = active;
            if (active)
                Expirer.Default.Arm(this, Expirer.Default.Clock.NowMs + Math.Max(1, protocol._tickMs));
        }

        public override void OnExpired() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

        public void Execute() => protocol.ResendDue();
    }
}
