using System;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;
using Nng.Sockets;
using Nng.Sp;

namespace Nng;

/// <content>Draining and closing.</content>
public abstract partial class NngSocket
{
    /// <summary>How often a drain looks whether it is done.</summary>
    private const int DrainStepMs = 2;

    /// <summary>How long closed connections may take to give up the write that they were in.</summary>
    private const int LastWriteMs = 1000;

    /// <summary>
    /// Completes at a moment when everything accepted for sending has been handed to the operating system, or to the
    /// peer on inproc. It does not mean that the peer has received it; and while others go on sending, or nobody is
    /// connected to take a buffered message, that moment may not come.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    /// <exception cref="NngException"><see cref="NngError.Closed"/>: the socket is closed, or was closed first.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        if (!await DrainAsync(long.MaxValue, cancellationToken).ConfigureAwait(false))
            throw MessageFailure.Of(NngError.Closed, Inner);
    }

    /// <summary>
    /// Takes no more messages to send, waits until those accepted are sent, for at most
    /// <paramref name="drainTimeout"/>, then closes the socket and says what was not sent. Receiving goes on until the
    /// close. Safe from callbacks: from within a pipe event, a readiness handler or a logger it does not wait for that
    /// to end.
    /// </summary>
    /// <param name="drainTimeout">Zero closes at once; <see cref="Timeout.InfiniteTimeSpan"/> waits without limit.</param>
    /// <returns>What was left behind; after another close only what this one saw.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or more than 24 days.</exception>
    public Task<CloseResult> CloseAsync(TimeSpan drainTimeout)
    {
        int timeoutMs = Durations.ToMilliseconds(drainTimeout);
        long dueMs = timeoutMs < 0 ? long.MaxValue : Clock.System.NowMs + timeoutMs;
        return CloseAsync(dueMs, waits: !Callout.IsRunning);
    }

    private async Task<CloseResult> CloseAsync(long dueMs, bool waits)
    {
        long before = DroppedMessages(DropReason.Unsent);
        Inner.BeginDrain();
        await DrainAsync(dueMs, CancellationToken.None).ConfigureAwait(false);
        SpPipe[] pipes = Inner.PipesSnapshot();
        Inner.BeginClose();
        GC.SuppressFinalize(this);
        if (waits)
            await Inner.Closed.ConfigureAwait(false);
        // A connection that was writing drops the rest when that write has come back.
        for (int waited = 0; CountUnsent(pipes) > 0 && waited < LastWriteMs; waited += DrainStepMs)
            await Aio.SleepAsync(DrainStepMs).ConfigureAwait(false);
        long unsent = DroppedMessages(DropReason.Unsent) - before;
        return new CloseResult((int)Math.Min(unsent, int.MaxValue), unsent == 0);
    }

    /// <summary>Waits until nothing is unsent; false when the time is over or the socket closes.</summary>
    private async ValueTask<bool> DrainAsync(long dueMs, CancellationToken cancellationToken)
    {
        while (!Inner.IsClosing)
        {
            foreach (SpPipe pipe in Inner.PipesSnapshot())
                pipe.Transport.Flush();
            if (UnsentMessages == 0)
                return true;
            cancellationToken.ThrowIfCancellationRequested();
            if (Clock.System.NowMs >= dueMs)
                return false;
            await Aio.SleepAsync(DrainStepMs).ConfigureAwait(false);
        }

        return false;
    }
}
