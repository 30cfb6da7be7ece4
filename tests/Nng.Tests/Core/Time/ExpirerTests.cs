using System;
using System.Collections.Generic;
using System.Threading;
using Nng.Core;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Core;

/// <summary>The queue of deadlines, on a clock the test moves.</summary>
public sealed class ExpirerTests
{
    private readonly HandClock _clock = new();
    private readonly Expirer _expirer;
    private readonly List<int> _fired = [];

    public ExpirerTests()
    {
        _expirer = new Expirer(_clock);
    }

    private void MoveTo(long ms)
    {
        _clock.Set(ms);
        _expirer.Poke();
    }

    private int Count
    {
        get
        {
            lock (_fired)
                return _fired.Count;
        }
    }

    [Fact]
    public void Deadlines_fire_in_order_and_only_after_their_time()
    {
        var random = new Random(1);
        var due = new long[500];
        for (int i = 0; i < due.Length; i++)
        {
            due[i] = random.Next(1, 1000);
            _expirer.Arm(new Mark(this, i), due[i]);
        }

        MoveTo(500);
        int expected = Array.FindAll(due, ms => ms < 500).Length;
        Eventually.Equal(expected, () => Count);
        Eventually.Stays(() => Count == expected);
        MoveTo(2000);
        Eventually.Equal(due.Length, () => Count);
        for (int i = 1; i < _fired.Count; i++)
            Assert.True(due[_fired[i - 1]] <= due[_fired[i]]);
    }

    [Fact]
    public void A_disarmed_deadline_does_not_fire()
    {
        var kept = new Mark(this, 1);
        var gone = new Mark(this, 2);
        _expirer.Arm(gone, 10);
        _expirer.Arm(kept, 20);
        Assert.True(_expirer.Disarm(gone));
        Assert.False(_expirer.Disarm(gone));
        MoveTo(100);
        Eventually.Equal(1, () => Count);
        Assert.Equal([1], _fired);
        Assert.False(_expirer.Disarm(kept));
    }

    [Fact]
    public void Arming_again_moves_the_deadline()
    {
        var mark = new Mark(this, 1);
        _expirer.Arm(mark, 10);
        _expirer.Arm(mark, 50);
        MoveTo(20);
        Eventually.Stays(() => Count == 0);
        MoveTo(51);
        Eventually.Equal(1, () => Count);
    }

    [Fact]
    public void An_expiry_knows_what_it_was_armed_for_though_it_is_armed_again_meanwhile()
    {
        var again = new Again(_expirer);
        _expirer.Arm(again, 10, tag: 1);
        MoveTo(20);
        Eventually.Equal(1, () => again.Tags.Count);
        MoveTo(1000);
        Eventually.Equal(2, () => again.Tags.Count);
        Assert.Equal([1L, 2L], again.Tags);
    }

    [Fact]
    public void An_earlier_deadline_is_not_missed_while_the_thread_sleeps_for_a_later_one()
    {
        _expirer.Arm(new Mark(this, 1), 1_000_000);
        _expirer.Arm(new Mark(this, 2), 5_000_000);
        Eventually.Stays(() => Count == 0);
        _clock.Set(100);
        _expirer.Arm(new Mark(this, 3), 50);
        Eventually.Equal(1, () => Count);
        Assert.Equal([3], _fired);
    }

    /// <summary>Armed again, for something else, before the expiry is looked at.</summary>
    private sealed class Again(Expirer expirer) : Deadline
    {
        public List<long> Tags { get; } = [];

        public override void OnExpired()
        {
            if (Tags.Count == 0)
                expirer.Arm(this, 500, tag: 2);
            Tags.Add(FiredTag);
        }
    }

    private sealed class Mark(ExpirerTests test, int number) : Deadline
    {
        public override void OnExpired()
        {
            lock (test._fired)
                test._fired.Add(number);
        }
    }

    private sealed class HandClock : Clock
    {
        private long _now = 1;

        public override long NowMs => Volatile.Read(ref _now);

        public void Set(long ms) => Volatile.Write(ref _now, ms);
    }
}
