using Nng.Core;

namespace Nng.Sp.Protocols;

/// <content>Replies.</content>
internal sealed partial class ReplierProtocol
{
    internal NngError TrySend(ReplierContext context, Message message)
    {
        ReplierPipe? kick;
        lock (_lock)
        {
            if (_pollsFail && !context.Closed)
                return NngError.TryAgain;
            NngError error = CheckLocked(context);
            if (error != NngError.None)
                return error;
            if (IsBusy(context))
                return NngError.TryAgain;
            kick = ReplyLocked(context, message);
        }

        kick?.Pipe.Kick();
        UpdateReadiness();
        return NngError.None;
    }

    internal void Send(ReplierContext context, Aio aio)
    {
        if (!aio.Begin())
            return;
        Message message = aio.Message!;
        long length = message.Length;
        ReplierPipe? kick = null;
        bool sent = false;
        NngError error;
        lock (_lock)
        {
            error = _pollsFail && aio.IsPoll && !context.Closed ? NngError.TimedOut : CheckLocked(context);
            if (error == NngError.None && !IsBusy(context))
            {
                kick = ReplyLocked(context, message);
                sent = true;
            }
            else if (error == NngError.None)
            {
                var reply = new PendingReply(context, context.Asker!, aio, context.Taken);
                error = aio.Schedule(this, reply);
                if (error == NngError.None)
                    WaitLocked(reply, message);
            }
        }

        kick?.Pipe.Kick();
        if (sent)
            aio.FinishSent(length);
        else if (error != NngError.None)
            aio.Finish(error);
        UpdateReadiness();
    }

    internal void OnSendReady(ReplierPipe pipe)
    {
        var completions = default(CompletionList);
        bool posted = false;
        lock (_lock)
        {
            if (pipe.Closed)
                return;
            pipe.Busy = false;
            while (!pipe.Busy && pipe.Waiting.Dequeue() is { } aio)
            {
                ForgetReplyLocked(aio);
                Message message = aio.Message!;
                Socket.Traffic.CountSent(message.Length);
                completions.AddSent(aio, message.Length);
                pipe.Busy = !pipe.Pipe.Post(message);
                posted = true;
            }
        }

        if (posted)
            pipe.Pipe.Kick();
        completions.Run();
        SendReadiness.Update();
    }

    void IAioProvider.OnCancel(Aio aio, object? state, NngError reason)
    {
        lock (_lock)
        {
            if (state is ReplierContext receiving)
            {
                if (!_receivers.Remove(aio))
                    return;
                receiving.Receiver = null;
            }
            else
            {
                var reply = (PendingReply)state!;
                if (!reply.Pipe.Waiting.Remove(aio))
                    return;
                ForgetReplyLocked(aio);
                // The reply was not sent: it is owed again, unless a newer request was taken (W-22).
                if (reply.Context.Asker is null && reply.Context.Taken == reply.Taken)
                    reply.Context.Owe(aio.Message!, reply.Pipe);
                aio.Message!.ClearHeader();
            }
        }

        aio.Finish(reason);
        UpdateReadiness();
    }

    private static NngError CheckLocked(ReplierContext context) =>
        context.Closed ? NngError.Closed : context.Asker is null ? NngError.IncorrectState : NngError.None;

    private static bool IsBusy(ReplierContext context) => !context.Asker!.Closed && context.Asker.Busy;

    /// <summary>Sends the reply owed, which uses up the right; to a pipe that is gone it is as good as sent.</summary>
    private ReplierPipe? ReplyLocked(ReplierContext context, Message message)
    {
        ReplierPipe asker = context.Asker!;
        context.Forget();
        Socket.Traffic.CountSent(message.Length);
        if (asker.Closed)
        {
            DiscardLocked(message);
            return null;
        }

        context.Address(message);
        asker.Busy = !asker.Pipe.Post(message);
        return asker;
    }

    private static void WaitLocked(PendingReply reply, Message message)
    {
        reply.Context.Address(message);
        reply.Context.Forget();
        reply.Context.Replies.Add(reply);
        reply.Pipe.Waiting.Enqueue(reply.Aio);
        reply.Aio.SetProviderTag(reply);
    }

    private static void ForgetReplyLocked(Aio aio)
    {
        var reply = (PendingReply)aio.ProviderTag!;
        reply.Context.Replies.Remove(reply);
        aio.SetProviderTag(null);
    }
}
