using System.Threading;
using Nng.Core;

namespace Nng.Sp;

/// <summary>Connects to one address and keeps connected: one pipe at a time, redialled with random back-off.</summary>
/// <remarks>
/// Threading: <see cref="SpEndpoint.Gate"/> guards the state. One connect is outstanding at most. Its completion and
/// the redial timer run on library threads.
/// </remarks>
internal sealed class SpDialer : SpEndpoint
{
    private static readonly OptionTable<SpDialer> s_options = new(
        OptionRows.Duration<SpDialer>(
            OptionNames.ReconnectTimeMin, d => d._backoff.MinMs, (d, ms) => d.SetMin(ms)),
        OptionRows.Duration<SpDialer>(
            OptionNames.ReconnectTimeMax, d => d._backoff.MaxMs, (d, ms) => d.SetMax(ms)));

    private readonly Aio _connect;
    private readonly RedialTimer _timer;
    private SpTransportDialer _inner = null!;

    /// <summary>The synchronous starter that waits for the first attempt; null for none.</summary>
    private Starter? _starter;

    /// <summary>Delays of the redials.</summary>
    private RedialBackoff _backoff = new(1000, 0);

    private int _id;

    public SpDialer(SpSocket socket, NngUrl url)
        : base(socket, url)
    {
        _connect = new Aio(OnConnected, inline: true);
        _timer = new RedialTimer(this);
    }

    public override int Id => _id;

    protected override SpTransportEndpoint Inner => _inner;

    public void Bind(SpTransportDialer inner) => _inner = inner;

    /// <summary>
    /// Starts in the background: attempts repeat until the dialer is closed.
    /// </summary>
    public NngError Start()
    {
        NngError error = BeginStart(null);
        if (error == NngError.None)
            Connect();
        return error;
    }

    /// <summary>
    /// Starts and completes <paramref name="aio"/> with the result of the first attempt; after a failure the
    /// dialer is idle again.
    /// </summary>
    public void Start(Aio aio)
    {
        if (!aio.Begin())
            return;
        var starter = new Starter(this, aio);
        NngError error = aio.Schedule(starter, null);
        if (error == NngError.None)
            error = BeginStart(starter);
        if (error != NngError.None)
            aio.Finish(error);
        else
            Connect();
    }

    public override void Publish()
    {
        _id = SpRegistry.Dialers.Add(this);
        PublishStatistics();
    }

    internal override void OnPipeAttached(SpPipe pipe, bool accepted)
    {
        base.OnPipeAttached(pipe, accepted);
        Starter? starter;
        lock (Gate)
        {
            (starter, _starter) = (_starter, null);
            if (accepted || Socket.Policy.RedialsRejectedAtMinimum)
                _backoff.Reset();
        }

        starter?.Aio.Finish(NngError.None);
    }

    internal override void OnPipeRemoved(SpPipe pipe)
    {
        base.OnPipeRemoved(pipe);
        ScheduleRedial();
    }

    protected override void Unpublish()
    {
        UnpublishStatistics();
        SpRegistry.Dialers.Remove(_id);
    }

    protected override void OnClosing()
    {
        Starter? starter;
        lock (Gate)
            (starter, _starter) = (_starter, null);
        Expirer.Default.Disarm(_timer);
        starter?.Aio.Finish(NngError.Closed);
        _connect.Abort(NngError.Closed);
    }

    protected override NngError GetOwnOption(string name, out OptionValue value) =>
        s_options.Get(this, name, out value);

    protected override NngError SetOwnOption(string name, OptionValue value) => s_options.Set(this, name, value);

    private NngError BeginStart(Starter? starter)
    {
        lock (Gate)
        {
            if (IsClosed)
                return NngError.Closed;
            if (Started)
                return NngError.IncorrectState;
            Started = true;
            _starter = starter;
        }

        SpLog.Dialing(this);
        return NngError.None;
    }

    private void Connect()
    {
        if (IsClosed)
            return;
        _inner.Connect(_connect);
        // A cancel that came before the attempt found none to abort.
        NngError canceled;
        lock (Gate)
            canceled = _starter?.Canceled ?? NngError.None;
        if (IsClosed)
            canceled = NngError.Closed;
        if (canceled != NngError.None)
            _connect.Abort(canceled);
    }

    private void OnConnected(Aio aio)
    {
        NngError error = aio.Result;
        if (error == NngError.None)
        {
            var transport = (SpTransportPipe)aio.GetOutput(0)!;
            Counters.CountConnection();
            new SpPipe(this, transport).Attach();
            return;
        }

        Counters.Count(error);
        Starter? starter;
        lock (Gate)
        {
            (starter, _starter) = (_starter, null);
            if (starter is not null)
                Started = false;
        }

        if (!IsClosed)
            SpLog.ConnectFailed(this, error);
        if (starter is not null)
            starter.Aio.Finish(error);
        else
            ScheduleRedial();
    }

    private void ScheduleRedial()
    {
        lock (Gate)
        {
            if (IsClosed || !Started || Socket.IsClosing)
                return;
            int delayMs = _backoff.Next(SecureRandom.NextUInt32());
            if (delayMs >= 0)
                Expirer.Default.Arm(_timer, Expirer.Default.Clock.NowMs + delayMs);
        }
    }

    private void SetMin(int milliseconds)
    {
        lock (Gate)
            _backoff.MinMs = milliseconds;
    }

    private void SetMax(int milliseconds)
    {
        lock (Gate)
            _backoff.MaxMs = milliseconds;
    }

    /// <summary>Fires when it is time to dial again.</summary>
    private sealed class RedialTimer(SpDialer dialer) : Deadline, IThreadPoolWorkItem
    {
        public override void OnExpired() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

        public void Execute() => dialer.Connect();
    }

    /// <summary>Who waits for the first attempt. A cancel aborts the attempt, which reports to the starter.</summary>
    private sealed class Starter(SpDialer dialer, Aio aio) : IAioProvider
    {
        public Aio Aio { get; } = aio;

        /// <summary>Why the start was cancelled; guarded by the dialer's gate.</summary>
        public NngError Canceled { get; private set; }

        public void OnCancel(Aio aio, object? state, NngError reason)
        {
            bool current;
            lock (dialer.Gate)
            {
                Canceled = reason;
                current = ReferenceEquals(dialer._starter, this);
            }

            if (current)
                dialer._connect.Abort(reason);
        }
    }
}
