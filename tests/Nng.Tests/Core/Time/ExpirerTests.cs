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
