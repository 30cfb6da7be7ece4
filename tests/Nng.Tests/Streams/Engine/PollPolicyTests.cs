using Nng.Streams;
using Xunit;

namespace Nng.Tests.Streams.Engine;

public sealed class PollPolicyTests
{
    private readonly PollPolicy _policy = new();

    [Fact]
    public void Long_sleeps_end_polling_and_a_short_one_brings_it_back()
    {
        Assert.True(_policy.IsWorthTrying);
        for (int i = 0; i < 100; i++)
            _policy.OnSlept(wasShort: false);
        Assert.False(_policy.IsWorthTrying);
        _policy.OnSlept(wasShort: true);
        Assert.True(_policy.IsWorthTrying);
    }

    [Fact]
    public void Polls_that_meet_nothing_are_given_up_however_short_the_sleeps()
    {
        int polls = 0;
        for (int i = 0; i < 1000; i++)
        {
            if (_policy.IsWorthTrying)
            {
                polls++;
                _policy.OnVain();
            }

            _policy.OnSlept(wasShort: true);
        }

        Assert.InRange(polls, 5, 50);
    }

    [Fact]
    public void Polling_is_tried_again_and_goes_on_when_it_meets_something()
    {
        while (_policy.IsWorthTrying)
        {
            _policy.OnVain();
            _policy.OnSlept(wasShort: true);
        }

        for (int i = 0; i < 1000 && !_policy.IsWorthTrying; i++)
            _policy.OnSlept(wasShort: true);
        Assert.True(_policy.IsWorthTrying);
        _policy.OnMet();
        _policy.OnVain();
        Assert.True(_policy.IsWorthTrying);
    }

    [Fact]
    public void A_vain_poll_among_good_ones_does_no_harm()
    {
        for (int i = 0; i < 100; i++)
        {
            Assert.True(_policy.IsWorthTrying);
            _policy.OnVain();
            _policy.OnSlept(wasShort: true);
            _policy.OnMet();
        }
    }
}
