using System.Threading;
using Nng.Core;

namespace Nng.Sp.Protocols;

/// <summary>A surveyor: one survey at a time, its deadline and the answers to it. The socket itself is one.</summary>
/// <remarks>Threading: the protocol's lock guards the fields; the protocol does the work.</remarks>
internal sealed class SurveyorContext : SpProtocolContext
{
    /// <summary>Answers queued at most (protocols sheet, 2.3).</summary>
    private const int ReplyDepth = 128;

    private static readonly OptionTable<SurveyorContext> s_options = new(
        OptionRows.Duration<SurveyorContext>(
            OptionNames.SurveyorSurveyTime, c => c.SurveyTimeMs, (c, ms) => c.SurveyTimeMs = ms));

    private readonly SurveyorProtocol _protocol;

    public SurveyorContext(SurveyorProtocol protocol, Lock gate, int surveyTimeMs)
    {
        _protocol = protocol;
        SurveyTimeMs = surveyTimeMs;
        Timer = new SurveyDeadline(this);
        Replies = new ReceiveSide(gate, protocol, ReplyDepth, ReceiveOverflow.DropNewest)
        {
            RefusalLocked = NngError.IncorrectState,
        };
        if (protocol.Socket.Policy.ReceiveFailureEndsSurvey)
        {
            Replies.WaiterFailedLocked =
                (ref CompletionList completions) => protocol.EndLocked(this, NngError.TimedOut, ref completions);
        }
    }

    /// <summary>The option <c>surveyor:survey-time</c>, sampled at each survey; -1 = no deadline.</summary>
    public int SurveyTimeMs { get; set; }

    /// <summary>The running survey; 0 = none.</summary>
    public uint SurveyId { get; set; }

    /// <summary>Answers and the receives that wait for them; refused while no survey runs.</summary>
    public ReceiveSide Replies { get; }

    public Deadline Timer { get; }

    public bool Closed { get; set; }

    public override NngError GetOption(string name, out OptionValue value) => s_options.Get(this, name, out value);

    public override NngError SetOption(string name, OptionValue value) => s_options.Set(this, name, value);

    public override NngError TrySend(Message message) => _protocol.TrySend(this, message);

    public override void Send(Aio aio) => SurveyorProtocol.Send(this, aio);

    public override NngError TryReceive(out Message? message) => Replies.TryReceive(out message);

    public override void Receive(Aio aio) => Replies.Receive(aio);

    public override void Close() => _protocol.Close(this);

    /// <summary>The end of a survey; the tag is its id.</summary>
    private sealed class SurveyDeadline(SurveyorContext context) : Deadline
    {
        public override void OnExpired() => context._protocol.OnDeadline(context, (uint)FiredTag);
    }
}
