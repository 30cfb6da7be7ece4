using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nng.Sockets;
using Nng.Sp;

namespace Nng;

/// <content>Pipes, their events, and traffic.</content>
public abstract partial class NngSocket
{
    /// <summary>The pipes there are at this moment.</summary>
    public IReadOnlyList<Pipe> Pipes
    {
        get
        {
            SpPipe[] inner = Inner.PipesSnapshot();
            var pipes = new Pipe[inner.Length];
            for (int i = 0; i < pipes.Length; i++)
                pipes[i] = new Pipe(inner[i]);
            return pipes;
        }
    }

    /// <summary>Messages accepted for sending.</summary>
    public long SentMessages => Inner.Traffic.SentMessages;

    /// <summary>Body bytes accepted for sending.</summary>
    public long SentBytes => Inner.Traffic.SentBytes;

    /// <summary>Messages handed to receivers.</summary>
    public long ReceivedMessages => Inner.Traffic.ReceivedMessages;

    /// <summary>Body bytes handed to receivers.</summary>
    public long ReceivedBytes => Inner.Traffic.ReceivedBytes;

    /// <summary>Messages accepted for sending that no pipe has taken yet.</summary>
    public int UnsentMessages
    {
        get
        {
            // Twice, so that no message that moves between protocol and pipes is missed: out, or back from a lost pipe.
            int before = Inner.Protocol.UnsentCount;
            int moving = CountUnsent(Inner.PipesSnapshot());
            return Math.Max(before, Inner.Protocol.UnsentCount) + moving;
        }
    }

    /// <summary>Messages dropped on purpose, by reason.</summary>
    /// <param name="reason">Why.</param>
    public long DroppedMessages(DropReason reason) => Inner.Traffic.Drops(reason);

    /// <summary>
    /// Sets the handler of a pipe event; null clears it. One handler an event; it runs on a library thread, for one
    /// pipe in the order of <see cref="PipeEvent"/>, and must not block. Closing the pipe in
    /// <see cref="PipeEvent.AddPre"/> rejects the peer; <see cref="Pipe.CloseReason"/> tells in
    /// <see cref="PipeEvent.RemovePost"/> why it ended. C function: <c>nng_pipe_notify</c>.
    /// </summary>
    /// <param name="what">The event.</param>
    /// <param name="handler">Called with the pipe.</param>
    /// <exception cref="NngException"><see cref="NngError.Closed"/>.</exception>
    public void OnPipe(PipeEvent what, Action<Pipe>? handler)
    {
        NngError error = Inner.SetEventCallback(
            what, handler is null ? null : (pipe, _) => handler(new Pipe(pipe)));
        if (error != NngError.None)
            throw MessageFailure.Of(error, Inner);
    }

    /// <summary>Completes when at least <paramref name="count"/> peers are attached.</summary>
    /// <param name="count">1 or more.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    /// <exception cref="NngException"><see cref="NngError.Closed"/>: the socket was closed first.</exception>
    public async Task WaitForPeersAsync(int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Task changed = Inner.PeersChanged;
        while (Inner.AttachedCount < count)
        {
            if (Inner.IsClosing)
                throw MessageFailure.Of(NngError.Closed, Inner);
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            changed = Inner.PeersChanged;
        }
    }

    private static int CountUnsent(SpPipe[] pipes)
    {
        int count = 0;
        foreach (SpPipe pipe in pipes)
            count += pipe.Transport.UnsentCount;
        return count;
    }

    private protected SpContext OpenInnerContext()
    {
        NngError error = Inner.OpenContext(out SpContext? context);
        return error == NngError.None ? context! : throw MessageFailure.Of(error, Inner);
    }
}
