using System.Threading;
using Nng.Core;

namespace Nng.Sp;

/// <summary>Accepts connections at one address for the life of the listener.</summary>
/// <remarks>
/// Threading: <see cref="SpEndpoint.Gate"/> guards the state. One accept is outstanding at most; completions that
/// come at once are drained in a loop, not by recursion.
/// </remarks>
internal sealed class SpListener : SpEndpoint
{
    /// <summary>Pause after an unexpected error of the listening descriptor (core sheet 5.5).</summary>
    private const int CoolDownMs = 100;

    private readonly Aio _accept;
    private readonly CoolDown _coolDown;
    private SpTransportListener _inner = null!;
    /// <summary>1 while a thread is in the accept loop; 2 when the loop must go around again.</summary>
    private int _loop;

    private int _id;

    public SpListener(SpSocket socket, NngUrl url)
        : base(socket, url)
    {
        _accept = new Aio(OnAccepted, inline: true);
        _coolDown = new CoolDown(this);
    }

    public override int Id => _id;

    /// <summary>The URL with the real port.</summary>
    public string EffectiveUrl => _inner.EffectiveUrl;

    protected override SpTransportEndpoint Inner => _inner;

    public void Bind(SpTransportListener inner) => _inner = inner;

    /// <summary>Binds, and accepts in the background.</summary>
    public NngError Start()
    {
        lock (Gate)
        {
            if (IsClosed)
                return NngError.Closed;
            if (Started)
                return NngError.IncorrectState;
            Started = true;
        }

        NngError error = _inner.Bind();
        if (error != NngError.None)
        {
            SpLog.BindFailed(this, error);
            lock (Gate)
                Started = false;
            return error;
        }

        SpLog.Listening(this);
        Accept();
        return NngError.None;
    }

    /// <summary>Transport: a peer failed its handshake; counted and logged, nothing waits for it (TW-3).</summary>
    public void OnNegotiationFailed(NngError error, NngAddress peer)
    {
        Counters.Count(error);
        SpLog.AcceptFailed(this, error, peer.ToString() ?? string.Empty);
    }

    /// <summary>The listening descriptor failed; accepting goes on after a pause.</summary>
    public void OnAcceptFailed(NngError error)
    {
        Counters.Count(error);
        SpLog.AcceptFailed(this, error, "the listening descriptor");
    }

    public override void Publish()
    {
        _id = SpRegistry.Listeners.Add(this);
        PublishStatistics();
    }

    protected override void Unpublish()
    {
        UnpublishStatistics();
        SpRegistry.Listeners.Remove(_id);
    }

    protected override void OnClosing()
    {
        Expirer.Default.Disarm(_coolDown);
        _accept.Abort(NngError.Closed);
        _inner.Close();
    }

    private void Accept()
    {
        // Whoever finds the loop running leaves the next round to it.
        if (Interlocked.Exchange(ref _loop, 2) != 0)
            return;
        do
        {
            Volatile.Write(ref _loop, 1);
            if (!IsClosed)
                _inner.Accept(_accept);
        }
        while (Interlocked.CompareExchange(ref _loop, 0, 1) != 1);
    }

    private void OnAccepted(Aio aio)
    {
        NngError error = aio.Result;
        if (error == NngError.None)
        {
            Counters.CountConnection();
            new SpPipe(this, (SpTransportPipe)aio.GetOutput(0)!).Attach();
            Accept();
            return;
        }

        if (IsClosed || error is NngError.Closed or NngError.Canceled)
            return;
        OnAcceptFailed(error);
        Expirer.Default.Arm(_coolDown, Expirer.Default.Clock.NowMs + CoolDownMs);
    }

    /// <summary>Fires when accepting goes on after an error.</summary>
    private sealed class CoolDown(SpListener listener) : Deadline, IThreadPoolWorkItem
    {
        public override void OnExpired() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

        public void Execute() => listener.Accept();
    }
}
