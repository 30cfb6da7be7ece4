using System;
using System.Threading;
using System.Threading.Tasks;

namespace Nng.Streams;

/// <summary>A dial or accept as a task.</summary>
internal static class StreamRequest
{
    /// <summary>Submits an operation whose output 0 is a stream, and awaits it.</summary>
    /// <param name="submit">Starts it; every outcome goes through the aio.</param>
    /// <param name="describe">Words a failure.</param>
    /// <param name="token">Cancels it.</param>
    /// <exception cref="NngException">Why it failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static async ValueTask<NngStream> RunAsync(
        Action<Aio> submit, Func<NngError, string> describe, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var aio = new Aio(_ => done.SetResult(), inline: true) { TimeoutMs = Aio.Infinite };
        submit(aio);
        CancellationTokenRegistration registration =
            token.UnsafeRegister(static aio => ((Aio)aio!).Cancel(), aio);
        await using (registration.ConfigureAwait(false))
            await done.Task.ConfigureAwait(false);
        if (aio.Result == NngError.None)
            return (NngStream)aio.GetOutput(0)!;
        if (aio.Result == NngError.Canceled)
            token.ThrowIfCancellationRequested();
        throw new NngException(aio.Result, describe(aio.Result));
    }
}
