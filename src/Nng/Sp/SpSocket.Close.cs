using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.Sp;

/// <content>Closing: endpoints, contexts, pipes, protocol; each finishes whatever waits on it.</content>
internal sealed partial class SpSocket
{
    /// <summary>Completed when the last pipe is gone and the protocol is closed.</summary>
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly ManualResetEventSlim _closedEvent = new(false);

    private int _finished;

    /// <summary>Everything but the pipes has ended; guarded by the lock.</summary>
    private bool _stopped;

    /// <summary>Whom to call when the socket starts to close; guarded by the lock.</summary>
    private readonly List<Action> _closeWatchers = [];

    /// <summary>Completes when a close has finished.</summary>
    public Task Closed => _closed.Task;

    /// <summary>
    /// Has the watcher called once, without locks, when the socket starts to close; false when it is closing already.
    /// </summary>
    public bool TryWatchClose(Action watcher)
    {
        lock (_lock)
        {
            if (!_closing)
                _closeWatchers.Add(watcher);
            return !_closing;
        }
    }

    /// <summary>Takes a watcher back; it may just be being called.</summary>
    public void UnwatchClose(Action watcher)
    {
        lock (_lock)
            _closeWatchers.Remove(watcher);
    }

    /// <summary>From now on sends are refused with <see cref="NngError.Closed"/>; those that wait already go on.</summary>
    public void BeginDrain() => Volatile.Write(ref _draining, true);

    /// <summary>
    /// From now on no pipe comes: a peer that is told the end of the one it has, and dials again at once, is not let in
    /// by a socket that is about to close.
    /// </summary>
    public void BeginParting()
    {
        lock (_lock)
            _parting = true;
    }

    /// <summary>
    /// Starts closing: nothing new is accepted, endpoints stop, every pending operation ends with
    /// <see cref="NngError.Closed"/>. False when someone else closed before. Does not block.
    /// </summary>
    public bool BeginClose()
    {
        SpEndpoint[] endpoints;
        SpContext[] contexts;
        SpPipe[] pipes;
        Action[] watchers;
        lock (_lock)
        {
            if (_closing)
                return false;
            Volatile.Write(ref _closing, true);
            Volatile.Write(ref _draining, true);
            endpoints = [.. _endpoints];
            contexts = [.. _contexts];
            pipes = [.. _pipes];
            watchers = [.. _closeWatchers];
        }

        CountAttached(0);
        foreach (SpEndpoint endpoint in endpoints)
            endpoint.Close();
        foreach (SpContext context in contexts)
            context.Close();
        Protocol.Close();
        Protocol.ReceiveReadiness.Close();
        Protocol.SendReadiness.Close();
        foreach (Action watcher in watchers)
            watcher();
        foreach (SpPipe pipe in pipes)
            pipe.Close(NngError.Closed);
        bool none;
        lock (_lock)
        {
            _stopped = true;
            none = _pipes.Count == 0;
        }

        if (none)
            FinishClose();
        return true;
    }

    /// <summary>
    /// Closes and waits until every pipe's last event has run, except when called from a pipe event or another
    /// callout: events of two sockets that wait for each other could not end otherwise. False when the socket was closed before.
    /// </summary>
    public bool Close()
    {
        bool first = BeginClose();
        if (!Callout.IsRunning)
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
