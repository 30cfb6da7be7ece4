using System;
using System.Collections.Generic;
using System.Threading;
using Nng.TestKit;
using Xunit;

namespace Nng.Stress.Tests;

/// <summary>Blocking calls need no thread of the pool: they work while all its threads are taken.</summary>
public sealed class BlockedCallsTests : IDisposable
{
    private const int Rounds = 500;

    /// <summary>More than there are threads, so that each thread that comes free is taken at once.</summary>
    private static readonly int s_items = Environment.ProcessorCount * 8;

    private readonly ManualResetEventSlim _release = new();
    private readonly CountdownEvent _left = new(1);
    private readonly (int Workers, int Ports) _before;

    /// <summary>Items that got a thread of the pool, out of <see cref="s_items"/>; the rest waits for one.</summary>
    private int _taken;

    public BlockedCallsTests()
    {
        ThreadPool.GetMaxThreads(out int workers, out int ports);
        _before = (workers, ports);
    }

    public void Dispose()
    {
        _release.Set();
        _left.Signal();
        _left.Wait(Eventually.DefaultTimeoutMs);
        ThreadPool.SetMaxThreads(_before.Workers, _before.Ports);
    }

    [Theory]
    [InlineData("inproc")]
    [InlineData("tcp")]
    [InlineData("ipc")]
    public void Round_trips_go_on_while_the_pool_is_stuck(string scheme)
    {
        using var req = new ReqSocket();
        using var rep = new RepSocket();
        req.Dial(rep.Listen(ScratchUrl.For(scheme)).Url);
        Eventually.Equal(1, () => rep.Pipes.Count);
        TakeThePool();
        var service = new Thread(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                using Message request = rep.Receive(TimeSpan.FromSeconds(10));
                rep.Send(request.Body);
            }
        });
        service.Start();
        for (int i = 0; i < Rounds; i++)
        {
            req.Send(BitConverter.GetBytes(i), TimeSpan.FromSeconds(10));
            using Message reply = req.Receive(TimeSpan.FromSeconds(10));
            Assert.Equal(i, BitConverter.ToInt32(reply.Body));
        }

        Assert.True(service.Join(Eventually.DefaultTimeoutMs));
        ThePoolWasStuck();
    }

    [Fact]
    public void Timeouts_and_the_close_reach_blocked_threads_while_the_pool_is_stuck()
    {
        using var pull = new PullSocket();
        var outcomes = new List<NngError>();
        TakeThePool();
        List<Thread> threads = [];
        for (int i = 0; i < 20; i++)
        {
            TimeSpan timeout = i % 2 == 0 ? TimeSpan.FromMilliseconds(1) : Timeout.InfiniteTimeSpan;
            threads.Add(new Thread(() =>
            {
                NngError error = Assert.Throws<NngException>(() => pull.Receive(timeout)).Error;
                lock (outcomes)
                    outcomes.Add(error);
            }));
            threads[i].Start();
        }

        Eventually.Equal(10, () => Count(outcomes));
        Assert.All(outcomes, error => Assert.Equal(NngError.TimedOut, error));
        pull.Dispose();
        Eventually.Equal(20, () => Count(outcomes));
        Assert.Equal(10, outcomes.FindAll(error => error == NngError.Closed).Count);
        ThePoolWasStuck();
    }

    private static int Count(List<NngError> outcomes)
    {
        lock (outcomes)
            return outcomes.Count;
    }

    /// <summary>Occupies every thread of the pool until the end of the test.</summary>
    private void TakeThePool()
    {
        Assert.True(ThreadPool.SetMaxThreads(Environment.ProcessorCount, _before.Ports));
        for (int i = 0; i < s_items; i++)
        {
            _left.AddCount();
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    Interlocked.Increment(ref _taken);
                    _release.Wait();
                    _left.Signal();
                },
                null);
        }

        Eventually.True(() => Volatile.Read(ref _taken) > 0, "the pool is taken");
    }

    /// <summary>There were always items that waited for a thread, so none was free.</summary>
    private void ThePoolWasStuck() => Assert.True(Volatile.Read(ref _taken) < s_items);
}
