using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Sp;

namespace Nng;

/// <content>Draining and closing.</content>
public abstract partial class NngSocket
{
    /// <summary>How often a drain looks whether it is done.</summary>
    private const int DrainStepMs = 2;

    /// <summary>
    /// Completes when every message accepted so far has been handed to the operating system, or to the peer on inproc.
    /// It does not mean that the peer has received it.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        while (!Inner.IsClosing)
        {
            foreach (SpPipe pipe in Inner.PipesSnapshot())
                pipe.Transport.Flush();
            if (UnsentMessages == 0)
                return;
            cancellationToken.ThrowIfCancellationRequested();
            await Aio.SleepAsync(DrainStepMs).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Waits until what was accepted is sent, for at most <paramref name="drainTimeout"/>, then closes the socket and
    /// says what was not sent.
    /// </summary>
    /// <param name="drainTimeout">Zero closes at once; <see cref="Timeout.InfiniteTimeSpan"/> waits without limit.</param>
    /// <returns>What was left behind.</returns>
    public async Task<CloseResult> CloseAsync(TimeSpan drainTimeout)
    {
        using var limit = new CancellationTokenSource();
        int timeoutMs = Durations.ToMilliseconds(drainTimeout);
        if (timeoutMs >= 0)
            limit.CancelAfter(timeoutMs);
        try
        {
            await FlushAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // What is left is reported below.
        }

        int unsent = UnsentMessages;
        await DisposeAsync().ConfigureAwait(false);
        return new CloseResult(unsent, unsent == 0);
    }
}
