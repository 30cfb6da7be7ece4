using System.Threading;
using System.Threading.Tasks;

namespace Nng.Sp;

/// <content>Closing: endpoints, contexts, pipes, protocol; each finishes whatever waits on it.</content>
internal sealed partial class SpSocket
{
    /// <summary>Completed when the last pipe is gone and the protocol is closed.</summary>
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly ManualResetEventSlim _closedEvent = new(false);

    private int _finished;

    /// <summary>Completes when a close has finished.</summary>
    public Task Closed => _closed.Task;

    /// <summary>From now on sends are refused with <see cref="NngError.Closed"/>; those that wait already go on.</summary>
    public void BeginDrain() => Volatile.Write(ref _draining, true);

    /// <summary>
    /// Starts closing: nothing new is accepted, endpoints stop, every pending operation ends with
    /// <see cref="NngError.Closed"/>. False when someone else closed before. Does not block.
    /// </summary>
    public bool BeginClose()
    {
        SpEndpoint[] endpoints;
        SpContext[] contexts;
        SpPipe[] pipes;
        lock (_lock)
        {
            if (_closing)
                return false;
            Volatile.Write(ref _closing, true);
            Volatile.Write(ref _draining, true);
            endpoints = [.. _endpoints];
            contexts = [.. _contexts];
            pipes = [.. _pipes];
        }

        CountAttached(0);
        foreach (SpEndpoint endpoint in endpoints)
            endpoint.Close();
        foreach (SpContext context in contexts)
            context.Close();
        Protocol.Close();
        Protocol.ReceiveReadiness.Close();
        Protocol.SendReadiness.Close();
        foreach (SpPipe pipe in pipes)
            pipe.Close(NngError.Closed);
        bool none;
        lock (_lock)
            none = _pipes.Count == 0;
        if (none)
            FinishClose();
        return true;
    }

    /// <summary>
    /// Closes and waits until every pipe's last event has run, except when called from a pipe event: events of two
    /// sockets that wait for each other could not end otherwise. False when the socket was closed before.
    /// </summary>
    public bool Close()
    {
        bool first = BeginClose();
        if (!SpPipe.IsInEvent)
            _closedEvent.Wait();
        return first;
    }

    private void FinishClose()
    {
        if (Interlocked.Exchange(ref _finished, 1) != 0)
            return;
        UnpublishStatistics();
        SpRegistry.Sockets.Remove(Id);
        _closedEvent.Set();
        _closed.TrySetResult();
    }
}
