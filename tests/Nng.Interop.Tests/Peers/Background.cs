using System;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Interop.Tests.Peers;

/// <summary>Runs what blocks on a thread of its own: the pool has few, and other tests need them.</summary>
internal static class Background
{
    public static Task Run(Action step) => Task.Factory.StartNew(
        step, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public static Task<T> Run<T>(Func<T> step) => Task.Factory.StartNew(
        step, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
