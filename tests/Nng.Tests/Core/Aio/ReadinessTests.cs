using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nng.TestKit;
using Xunit;

namespace Nng.Tests.Core;

/// <summary>The level signal that stands for the pollable descriptors (core sheet, 3.10).</summary>
public sealed class ReadinessTests
{
    private readonly Readiness _readiness;
    private readonly List<bool> _told = [];
    private volatile bool _level;

    public ReadinessTests()
    {
        _readiness = new Readiness(() => _level);
    }

    private void Set(bool level)
    {
        _level = level;
        _readiness.Update();
    }

    [Fact]
    public void Changes_are_told_and_nothing_else()
    {
        _readiness.Changed += _told.Add;
        Set(false);
        Set(true);
        Set(true);
        Set(false);
        Assert.Equal([true, false], _told);
        _readiness.Changed -= _told.Add;
        Set(true);
        Assert.Equal(2, _told.Count);
        Assert.True(_readiness.IsSet);
    }

    [Fact]
    public void A_new_handler_learns_that_the_level_is_set()
    {
        Set(true);
        Assert.True(_readiness.IsSet);
        _readiness.Update();
        _readiness.Changed += _told.Add;
        var others = new List<bool>();
        _readiness.Changed += others.Add;
        Assert.Equal([true, true], _told);
        Assert.Equal([true], others);
    }

    /// <summary>A handler that is slow must not be left with a level of the past, nor meet another one.</summary>
    [Fact]
    public void A_change_during_a_handler_is_told_after_it()
    {
        using var inside = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        int running = 0;
        _readiness.Changed += level =>
        {
            Assert.Equal(1, Interlocked.Increment(ref running));
            lock (_told)
                _told.Add(level);
            if (_told.Count == 1)
            {
                inside.Set();
                leave.Wait(Eventually.DefaultTimeoutMs);
            }

            Interlocked.Decrement(ref running);
        };
        var first = new Thread(() => Set(true));
        first.Start();
        Assert.True(inside.Wait(Eventually.DefaultTimeoutMs));
        // Down, up and down again behind its back: only the last one matters.
        Set(false);
        Set(true);
        Set(false);
        lock (_told)
            Assert.Equal([true], _told);
        leave.Set();
        first.Join();
        Assert.Equal([true, false], _told);
    }

    [Fact]
    public async Task Whoever_waits_is_let_go_when_the_level_is_set()
    {
        Task waiting = _readiness.WaitAsync().AsTask();
        Set(false);
        Assert.False(waiting.IsCompleted);
        Set(true);
        await Eventually.Completes(waiting);
        await Eventually.Completes(_readiness.WaitAsync().AsTask());
        Set(false);
        using var stop = new CancellationTokenSource();
        Task given = _readiness.WaitAsync(stop.Token).AsTask();
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
    }

    [Fact]
    public async Task A_close_lets_everybody_go_now_and_later()
    {
        var pull = new PullSocket();
        Task waiting = pull.ReceiveReadiness.WaitAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        pull.Dispose();
        await Eventually.Completes(waiting);
        await Eventually.Completes(pull.ReceiveReadiness.WaitAsync().AsTask());
        Assert.False(pull.ReceiveReadiness.IsSet);
        Assert.Equal(NngError.Closed, Assert.Throws<NngException>(() => pull.TryReceive(out _)).Error);
    }

    [Fact]
    public void The_last_level_told_is_the_one_that_holds_whatever_the_threads_do()
    {
        const int rounds = 20_000;
        bool last = false;
        _readiness.Changed += level => last = level;
        var threads = new Thread[3];
        for (int t = 0; t < threads.Length; t++)
        {
            int seed = t;
            threads[t] = new Thread(() =>
            {
                var random = new Random(seed);
                for (int i = 0; i < rounds; i++)
                    Set(random.Next(2) == 0);
            });
            threads[t].Start();
        }

        foreach (Thread thread in threads)
            thread.Join();
        Assert.Equal(_level, last);
    }
}
