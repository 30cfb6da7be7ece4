using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.Sp;

/// <summary>
/// A socket's machinery: owns the protocol, endpoints, pipes and contexts, the generic options and the pipe events.
/// </summary>
/// <remarks>
/// Threading: all members are safe from any thread. <see cref="_lock"/> guards the lists, the stored options and the
/// closing flag; it is never held while a protocol, a transport or user code is called.
/// </remarks>
internal sealed partial class SpSocket
{
    private readonly Lock _lock = new();
    private readonly List<SpEndpoint> _endpoints = [];
    private readonly List<SpPipe> _pipes = [];
    private readonly List<SpContext> _contexts = [];

    /// <summary>
    /// Held while an option is given to the endpoints there are, and while a new one gets what is stored and enters: each
    /// has every value. Taken before <see cref="_lock"/>.
    /// </summary>
    private readonly Lock _optionsOrder = new();

    /// <summary>Finds the transport of a URL scheme; the composition lives above this room.</summary>
    private readonly System.Func<string, SpTransport?> _transports;

    /// <summary>Set once, by the close that wins.</summary>
    private bool _closing;

    /// <summary>What was accepted is still sent, but nothing new: set before a close that drains.</summary>
    private bool _draining;

    /// <summary>The pipes there are see their end, and no others come.</summary>
    private bool _parting;

    private WaitDriver? _driver;

    public SpSocket(
        System.Func<SpSocket, SpProtocol> protocol, SpPolicy policy, System.Func<string, SpTransport?> transports)
    {
        Policy = policy;
        _transports = transports;
        _options = new SpSocketOptions(policy);
        Protocol = protocol(this);
        Id = SpRegistry.Sockets.Add(this);
        Name = Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        PublishStatistics();
    }

    public int Id { get; }

    public SpPolicy Policy { get; }

    public SpProtocol Protocol { get; }

    public SpProtocolInfo Info => Protocol.Info;

    /// <summary>For people; the option <c>socket-name</c>.</summary>
    public string Name { get; set; }

    public int SendTimeoutMs { get; set; } = Aio.Infinite;

    public int ReceiveTimeoutMs { get; set; } = Aio.Infinite;

    public SpTraffic Traffic { get; } = new();

    /// <summary>Pipes refused by a callback or the protocol.</summary>
    public long Rejects => Volatile.Read(ref _rejects);

    private long _rejects;

    public bool IsClosing => Volatile.Read(ref _closing);

    /// <summary>The socket takes no more messages to send: it drains before it closes, or is closing.</summary>
    public bool RefusesSends => Volatile.Read(ref _draining);

    /// <summary>The loop that a thread blocked on this socket may drive: that of the newest pipe.</summary>
    public WaitDriver? Driver => Volatile.Read(ref _driver);

    public int PipeCount
    {
        get
        {
            lock (_lock)
                return _pipes.Count;
        }
    }

    /// <summary>Pipes that the protocol has accepted.</summary>
    public int AttachedCount => Volatile.Read(ref _attached);

    private int _attached;

    /// <summary>Completes at the next change of <see cref="AttachedCount"/>, or when the socket closes.</summary>
    public Task PeersChanged
    {
        get
        {
            lock (_lock)
                return (_peersChanged ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private TaskCompletionSource? _peersChanged;

    /// <summary>A pipe was accepted, or one that had been is gone.</summary>
    internal void CountAttached(int change)
    {
        TaskCompletionSource? changed;
        lock (_lock)
        {
            _attached += change;
            (changed, _peersChanged) = (_peersChanged, null);
        }

        changed?.TrySetResult();
    }

    /// <summary>The pipes attached now.</summary>
    public SpPipe[] PipesSnapshot()
    {
        lock (_lock)
            return [.. _pipes];
    }

    public SpEndpoint[] EndpointsSnapshot()
    {
        lock (_lock)
            return [.. _endpoints];
    }

    public void CountReject() => Interlocked.Increment(ref _rejects);

    /// <summary>Opens a context.</summary>
    public NngError OpenContext(out SpContext? context)
    {
        context = null;
        if (IsClosing)
            return NngError.Closed;
        SpProtocolContext? inner = Protocol.OpenContext();
        if (inner is null)
            return NngError.NotSupported;
        var opened = new SpContext(this, inner);
        lock (_lock)
        {
            if (!_closing)
            {
                _contexts.Add(opened);
                context = opened;
                return NngError.None;
            }
        }

        opened.Close();
        return NngError.Closed;
    }

    internal void Forget(SpContext context)
    {
        lock (_lock)
            _contexts.Remove(context);
    }

    /// <summary>
    /// Creates an endpoint for a URL: closed, syntax (checked by the caller), scheme, the transport's rules, then the
    /// options stored on the socket.
    /// </summary>
    public NngError CreateDialer(NngUrl url, out SpDialer? dialer)
    {
        dialer = null;
        if (IsClosing)
            return NngError.Closed;
        if (_transports(url.Scheme) is not { } transport)
            return NngError.NotSupported;
        var created = new SpDialer(this, url);
        NngError error = transport.CreateDialer(created, out SpTransportDialer? inner);
        if (error != NngError.None)
            return error;
        created.Bind(inner!);
        error = Add(created);
        if (error == NngError.None)
            dialer = created;
        return error;
    }

    /// <inheritdoc cref="CreateDialer"/>
    public NngError CreateListener(NngUrl url, out SpListener? listener)
    {
        listener = null;
        if (IsClosing)
            return NngError.Closed;
        if (_transports(url.Scheme) is not { } transport)
            return NngError.NotSupported;
        var created = new SpListener(this, url);
        NngError error = transport.CreateListener(created, out SpTransportListener? inner);
        if (error != NngError.None)
            return error;
        created.Bind(inner!);
        error = Add(created);
        if (error == NngError.None)
            listener = created;
        return error;
    }

    internal void Forget(SpEndpoint endpoint)
    {
        lock (_lock)
            _endpoints.Remove(endpoint);
    }

    /// <summary>Enters a pipe whose handshake succeeded; false when the socket is closing, or about to.</summary>
    internal bool TryEnter(SpPipe pipe)
    {
        lock (_lock)
        {
            if (_closing || _parting)
                return false;
            _pipes.Add(pipe);
        }

        if (pipe.Transport.WaitDriver is { } driver)
            Volatile.Write(ref _driver, driver);
        return true;
    }

    /// <summary>A pipe has been removed for good (its last event has run).</summary>
    internal void Forget(SpPipe pipe)
    {
        bool last;
        lock (_lock)
        {
            _pipes.Remove(pipe);
            last = _stopped && _pipes.Count == 0;
        }

        if (last)
            FinishClose();
    }

    private NngError Add(SpEndpoint endpoint)
    {
        NngError error;
        lock (_optionsOrder)
        {
            error = _options.ApplyAll(endpoint);
            if (error == NngError.None)
            {
                lock (_lock)
                {
                    if (_closing)
                        error = NngError.Closed;
                    else
                        _endpoints.Add(endpoint);
                }
            }
        }

        if (error == NngError.None)
            endpoint.Publish();
        else
            endpoint.Close();
        return error;
    }
}
