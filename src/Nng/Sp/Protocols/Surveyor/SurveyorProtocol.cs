using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>
/// surveyor0: sends a survey to every attached peer and takes answers to it until its deadline. A new survey ends the
/// one before. Contexts are independent surveyors.
/// </summary>
/// <remarks>Rules SUR-1 to SUR-11 of the protocols sheet. Threading: <see cref="_lock"/> guards everything, the
/// contexts included; pipes are kicked and operations completed after the unlock.</remarks>
internal sealed class SurveyorProtocol : SpProtocol
{
    private const int DefaultSurveyTimeMs = 1000;

    /// <summary>Surveys queued per pipe beside the one in flight.</summary>
    private const int PipeDepth = 8;

    private static readonly OptionTable<SurveyorProtocol> s_options = new(
        OptionRows.Int32<SurveyorProtocol>(OptionNames.MaxTtl, 1, 15, p => p._maxTtl, (p, n) => p._maxTtl = n));

    private readonly Lock _lock = new();
    private readonly SurveyorContext _default;
    private readonly RequestIds<SurveyorContext> _surveys = new();
    private readonly BroadcastSide _send;

    /// <summary>Stored, not used: answers are not counted (SUR-10).</summary>
    private int _maxTtl = 8;

    public SurveyorProtocol(SpSocket socket)
        : base(socket)
    {
        _send = new BroadcastSide(_lock, this, PipeDepth, dropOldest: false);
        _default = new SurveyorContext(this, _lock, DefaultSurveyTimeMs);
    }

    public override SpProtocolInfo Info => ProtocolIds.Surveyor;

    public override bool IsReceiveReady => _default.Replies.IsReady;

    public override bool IsSendReady => true;

    public override int UnsentCount => _send.UnsentCount;

    public override int UnreadCount => _default.Replies.Count;

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
        state = new SurveyorPipe(this, pipe);
        return NngError.None;
    }

    public override SpProtocolContext OpenContext() => new SurveyorContext(this, _lock, _default.SurveyTimeMs);

    public override NngError TrySend(Message message) => TrySend(_default, message);

    public override void Send(Aio aio) => Send(_default, aio);

    public override NngError TryReceive(out Message? message) => _default.TryReceive(out message);

    public override void Receive(Aio aio) => _default.Receive(aio);

    public override void Close() => Close(_default);

    internal NngError TrySend(SurveyorContext context, Message message)
    {
        var completions = default(CompletionList);
        BroadcastPipe[] pipes;
        lock (_lock)
        {
            if (context.Closed)
                return NngError.Closed;
            EndLocked(context, NngError.Canceled, ref completions);
            context.SurveyId = _surveys.Add(context);
            context.Replies.RefusalLocked = NngError.None;
            message.ClearHeader();
            message.AppendHeaderUInt32(context.SurveyId);
            Socket.Traffic.CountSent(message.Length);
            pipes = _send.SendLocked(message, excludedPipe: 0);
            if (context.SurveyTimeMs == 0)
                EndLocked(context, NngError.TimedOut, ref completions);
            else if (context.SurveyTimeMs > 0)
                Expirer.Default.Arm(
                    context.Timer, Expirer.Default.Clock.NowMs + context.SurveyTimeMs, context.SurveyId);
        }

        BroadcastSide.Kick(pipes);
        completions.Run();
        ReceiveReadiness.Update();
        return NngError.None;
    }

    /// <summary>A survey never waits.</summary>
    internal static void Send(SurveyorContext context, Aio aio)
    {
        if (!aio.Begin())
            return;
        long length = aio.Message!.Length;
        NngError error = context.TrySend(aio.Message);
        if (error == NngError.None)
            aio.FinishSent(length);
        else
            aio.Finish(error);
    }

    internal void Close(SurveyorContext context)
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            context.Closed = true;
            EndLocked(context, NngError.Closed, ref completions);
            context.Replies.CloseLocked(ref completions);
        }

        completions.Run();
    }

    /// <summary>The deadline of a survey passed: it ends, if it is still the running one.</summary>
    internal void OnDeadline(SurveyorContext context, uint surveyId)
    {
        var completions = default(CompletionList);
        lock (_lock)
        {
            if (context.SurveyId != surveyId)
                return;
            EndLocked(context, NngError.TimedOut, ref completions);
        }

        completions.Run();
        ReceiveReadiness.Update();
    }

    internal void OnStarted(SurveyorPipe pipe) => _send.Add(pipe);

    internal bool OnReceived(SurveyorPipe pipe, Message message)
    {
        if (!Backtrace.TryPeekWord(message.Body, out uint id))
        {
            Socket.Traffic.CountDrop(DropReason.Malformed);
            message.Dispose();
            pipe.Pipe.Close(NngError.Protocol);
            return false;
        }

        message.Trim(4);
        message.AppendHeaderUInt32(id);
        var completions = default(CompletionList);
        lock (_lock)
        {
            if (_surveys.Find(id) is { } context)
            {
                context.Replies.OfferLocked(message, ref completions);
            }
            else
            {
                Socket.Traffic.CountDrop(DropReason.Unsolicited);
                message.Dispose();
            }
        }

        completions.Run();
        ReceiveReadiness.Update();
        return true;
    }

    internal void OnSendReady(SurveyorPipe pipe) => _send.OnReady(pipe);

    internal void OnClosed(SurveyorPipe pipe)
    {
        lock (_lock)
        {
            pipe.Closed = true;
            _send.RemoveLocked(pipe);
        }
    }

    /// <summary>Ends the running survey: its waiting receives get the error, its answers go, its id is free (W-35).</summary>
    internal void EndLocked(SurveyorContext context, NngError error, ref CompletionList completions)
    {
        if (context.SurveyId == 0)
            return;
        Expirer.Default.Disarm(context.Timer);
        _surveys.Remove(context.SurveyId);
        context.SurveyId = 0;
        context.Replies.ResetLocked(ref completions, error);
        context.Replies.RefusalLocked = NngError.IncorrectState;
    }
}
