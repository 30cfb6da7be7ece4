namespace Nng.Core;

/// <summary>The provider of sleeps: expiry is the success of a whole sleep and the failure of one cut short.</summary>
internal sealed class AioSleep : IAioProvider
{
    public static readonly AioSleep Whole = new(cut: false);

    public static readonly AioSleep Cut = new(cut: true);

    private readonly bool _cut;

    private AioSleep(bool cut)
    {
        _cut = cut;
    }

    /// <summary>What a sleep ends with when <paramref name="reason"/> ended it.</summary>
    public static NngError Outcome(bool cut, NngError reason) =>
        reason == NngError.TimedOut && !cut ? NngError.None : reason;

    public void OnCancel(Aio aio, object? state, NngError reason) => aio.Finish(Outcome(_cut, reason));
}
