using System;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Stress.Tests.Hostile;

/// <summary>Attacks by a few threads at a time.</summary>
internal static class AttackPool
{
    /// <summary>Makes the attacks numbered from 0; completes when all are over, and fails as the first that failed.</summary>
    public static Task RunAsync(int attackers, int count, Action<int> attack)
    {
        int next = -1;
        var tasks = new Task[attackers];
        for (int i = 0; i < tasks.Length; i++)
        {
            tasks[i] = Task.Factory.StartNew(
                () =>
                {
                    for (int n = Interlocked.Increment(ref next); n < count; n = Interlocked.Increment(ref next))
                        attack(n);
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }

        return Task.WhenAll(tasks);
    }
}
