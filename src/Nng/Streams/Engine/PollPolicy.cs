using System;

namespace Nng.Streams;

/// <summary>
/// Whether a leader that has nothing to do polls before it sleeps. It does while sleeps are short, so that polling would
/// have met what ended them, and does not when polling turns out to meet nothing all the same: the peer needs this very core.
/// </summary>
/// <remarks>Threading: belongs to the leader.</remarks>
internal sealed class PollPolicy
{
    private const int MaxCredit = 8;

    /// <summary>Polls in a row that meet nothing, before polling rests.</summary>
    private const int MaxVain = 8;

    /// <summary>Sleeps without a poll while polling rests.</summary>
    private const int Rest = 64;

    /// <summary>Grows with short sleeps.</summary>
    private int _credit = 4;

    private int _vain;
    private int _resting;

    public bool IsWorthTrying => _credit > 0 && _resting == 0;

    /// <summary>A poll met something.</summary>
    public void OnMet() => _vain = 0;

    /// <summary>A poll came to its end and met nothing.</summary>
    public void OnVain()
    {
        if (++_vain < MaxVain)
            return;
        // After the rest one more is enough to know.
        _vain = MaxVain - 1;
        _resting = Rest;
    }

    /// <summary>A sleep has ended.</summary>
    /// <param name="wasShort">A poll in its place might have met what ended it.</param>
    public void OnSlept(bool wasShort)
    {
        _credit = wasShort ? Math.Min(_credit + 2, MaxCredit) : Math.Max(_credit - 1, 0);
        if (_resting > 0)
            _resting--;
    }
}
