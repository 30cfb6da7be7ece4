using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.Http;

/// <summary>An operation that is carried out by asynchronous code; what that returns is output 0.</summary>
internal sealed class AioTask : IAioProvider
{
    private readonly CancellationTokenSource _cancel = new();

    /// <summary>Why the operation was asked to end; none while it may go on.</summary>
    private volatile NngError _reason;

    private AioTask()
    {
    }

    /// <summary>Submits; every outcome goes through the aio.</summary>
    /// <param name="aio">Idle.</param>
    /// <param name="work">Throws its failures; leaves nothing behind when it is cancelled.</param>
    public static void Run(Aio aio, Func<CancellationToken, ValueTask<object?>> work)
    {
        ArgumentNullException.ThrowIfNull(aio);
        if (!aio.Begin())
            return;
        var task = new AioTask();
        NngError error = aio.IsOver ? NngError.TimedOut : aio.Schedule(task, null);
        if (error != NngError.None)
            aio.Finish(error);
        else
            _ = task.RunAsync(aio, work);
    }

    void IAioProvider.OnCancel(Aio aio, object? state, NngError reason)
    {
        _reason = reason;
        _cancel.Cancel();
    }

    private async Task RunAsync(Aio aio, Func<CancellationToken, ValueTask<object?>> work)
    {
        NngError error = NngError.None;
        object? output = null;
        try
        {
            output = await work(_cancel.Token).ConfigureAwait(false);
        }
        catch (NngException failure)
        {
            error = failure.Error;
        }
        catch (OperationCanceledException)
        {
            error = _reason == NngError.None ? NngError.Canceled : _reason;
        }
        catch (OutOfMemoryException)
        {
            error = NngError.OutOfMemory;
        }

        aio.SetOutput(0, output);
        aio.Finish(error);
    }
}
