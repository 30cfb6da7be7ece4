using System.Collections.Generic;
using System.Threading;
using Nng.Core;

namespace Nng.Sp;

/// <summary>What dialers and listeners share: URL, options, pipes, error counters, closing.</summary>
/// <remarks>Threading: safe from any thread; <see cref="Gate"/> guards the derived class's state.</remarks>
internal abstract class SpEndpoint
{
    private readonly List<SpPipe> _pipes = [];
    private int _closed;

    /// <summary>Where the statistics are published; null before and after.</summary>
    private StatScope? _scope;

    protected SpEndpoint(SpSocket socket, NngUrl url)
    {
        Socket = socket;
        Url = url;
    }

    public SpSocket Socket { get; }

    /// <summary>The URL given at creation.</summary>
    public NngUrl Url { get; }

    public abstract int Id { get; }

    public SpEndpointCounters Counters { get; } = new();

    /// <summary>How many warnings its peers may cause.</summary>
    public LogThrottle Complaints { get; } = new(Clock.System);

    /// <summary>A start has succeeded or is under way.</summary>
    public bool IsStarted
    {
        get
        {
            lock (Gate)
                return Started;
        }
    }

    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>The largest message accepted by pipes made from now on; 0 = unlimited. Transports read it.</summary>
    public long ReceiveMaxSize { get; set; }

    public int PipeCount
    {
        get
        {
            lock (Gate)
                return _pipes.Count;
        }
    }

    protected Lock Gate { get; } = new();

    /// <summary>Set by a start, taken back when one that is waited for fails; guarded by <see cref="Gate"/>.</summary>
    protected bool Started { get; set; }

    protected abstract SpTransportEndpoint Inner { get; }

    public void CountReject() => Counters.CountReject();

    public void CountPipeError(NngError error) => Counters.Count(error);

    public NngError GetOption(string name, out OptionValue value)
    {
        value = default;
        return IsClosed ? NngError.NotFound : ReadOption(name, out value);
    }

    /// <summary>Also of an endpoint that is closed: its pipes have its options until they are gone.</summary>
    internal NngError ReadOption(string name, out OptionValue value)
    {
        NngError error = GetOwnOption(name, out value);
        if (error != NngError.NotSupported)
            return error;
        error = Inner.GetOption(name, out value);
        if (error != NngError.NotSupported)
            return error;
        if (name == OptionNames.Url)
        {
            value = OptionValue.Text(Url.Raw);
            return NngError.None;
        }

        return Socket.GetOption(name, out value);
    }

    public NngError SetOption(string name, OptionValue value)
    {
        if (IsClosed)
            return NngError.NotFound;
        if (name == OptionNames.Url)
            return NngError.ReadOnly;
        NngError error = SetOwnOption(name, value);
        return error == NngError.NotSupported ? Inner.SetOption(name, value) : error;
    }

    /// <summary>
    /// Stops the endpoint and closes its pipes without waiting for them; <see cref="NngError.NotFound"/> when it was
    /// closed before.
    /// </summary>
    public NngError Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return NngError.NotFound;
        OnClosing();
        SpPipe[] pipes;
        lock (Gate)
            pipes = [.. _pipes];
        foreach (SpPipe pipe in pipes)
            pipe.Close(NngError.Closed);
        Unpublish();
        Socket.Forget(this);
        return NngError.None;
    }

    /// <summary>Makes the endpoint visible: id and statistics.</summary>
    public abstract void Publish();

    internal void OnPipeEntered(SpPipe pipe)
    {
        bool closed;
        lock (Gate)
        {
            _pipes.Add(pipe);
            closed = IsClosed;
        }

        if (closed)
            pipe.Close(NngError.Closed);
    }

    /// <summary>The pipe's add events are over.</summary>
    internal virtual void OnPipeAttached(SpPipe pipe, bool accepted)
    {
        if (accepted)
            SpLog.Connected(pipe);
    }

    /// <summary>The pipe is gone for good.</summary>
    internal virtual void OnPipeRemoved(SpPipe pipe)
    {
        lock (Gate)
            _pipes.Remove(pipe);
    }

    protected abstract void Unpublish();

    protected void PublishStatistics()
    {
        _scope = SpStatistics.Of(this, Inner.LimitsMessageSize, Inner.Statistics);
        StatTree.Root.Add(_scope);
        // Closed meanwhile: its own removal came too early.
        if (IsClosed)
            Unpublish();
    }

    protected void UnpublishStatistics()
    {
        if (_scope is not null)
            StatTree.Root.Remove(_scope);
    }

    /// <summary>The derived class stops timers, fails starters and ends what the transport is doing.</summary>
    protected abstract void OnClosing();

    protected virtual NngError GetOwnOption(string name, out OptionValue value)
    {
        value = default;
        return NngError.NotSupported;
    }

    protected virtual NngError SetOwnOption(string name, OptionValue value) => NngError.NotSupported;
}
