namespace Nng.Sp;

/// <summary>
/// The choices in which the managed face and the C face differ, made when a socket is created.
/// </summary>
internal sealed record SpPolicy
{
    /// <summary>The recommended behaviour: what the managed classes use.</summary>
    public static SpPolicy Managed { get; } = new();

    /// <summary>What a correct program of the C library's 1.x line can observe.</summary>
    public static SpPolicy Compatible { get; } = new()
    {
        ReceiveMaxSize = 0,
        PollSendCancelsRequest = true,
        ReceiveFailureEndsSurvey = true,
        KeepsOldestOnShrink = true,
        RedialsRejectedAtMinimum = true,
        RespondentPollSendFails = true,
        SendsStrayHeaders = true,
        TakesAnyResendTick = true,
    };

    /// <summary>Default of the option <c>recv-size-max</c>: 1 MiB, or 0 = unlimited (transports sheet, TW-2).</summary>
    public long ReceiveMaxSize { get; init; } = 1 << 20;

    /// <summary>A polling send on req cancels the previous request even when it fails (W-21).</summary>
    public bool PollSendCancelsRequest { get; init; }

    /// <summary>A survey ends when one of its receives times out or is aborted (W-32).</summary>
    public bool ReceiveFailureEndsSurvey { get; init; }

    /// <summary>Shrinking a sub buffer keeps the oldest messages although new ones are preferred (W-15).</summary>
    public bool KeepsOldestOnShrink { get; init; }

    /// <summary>A dialer whose pipe is rejected redials at the minimum delay for ever (TW-4, W-24).</summary>
    public bool RedialsRejectedAtMinimum { get; init; }

    /// <summary>A polling send on respondent fails whether or not it would have to wait (W-28).</summary>
    public bool RespondentPollSendFails { get; init; }

    /// <summary>
    /// Cooked pair0, pub0 and push0 transmit a header that the application put on a message, and raw bus what its
    /// header has beside the pipe to leave out (W-11, W-13).
    /// </summary>
    public bool SendsStrayHeaders { get; init; }

    /// <summary>The option <c>req:resend-tick</c> takes 0 and -1 too, which count as 1 ms (W-19).</summary>
    public bool TakesAnyResendTick { get; init; }
}
