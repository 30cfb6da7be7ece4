using System.Threading;
using Nng.Core;

namespace Nng.WebSockets;

/// <summary>
/// Pings a silent peer, and gives it up when it stays silent. While nobody receives, nothing is heard and nothing is
/// judged: the silence is this side's.
/// </summary>
/// <remarks>Threading: ticks run on the thread pool, one at a time.</remarks>
internal sealed class WebSocketKeepAlive(WebSocketLink link, int intervalMs, int timeoutMs) : Deadline, IThreadPoolWorkItem
{
    /// <summary>Something was received since the last tick.</summary>
    private volatile bool _heard;

    /// <summary>A ping has been sent and nothing has been heard since.</summary>
    private bool _asked;

    private bool _started;

    private volatile bool _stopped;

    /// <summary>Begins to look; further calls do nothing. The receiver calls it.</summary>
    public void Start()
    {
        if (_started)
            return;
        _started = true;
        Arm(intervalMs);
    }

    public void Stop()
    {
        _stopped = true;
        Expirer.Default.Disarm(this);
    }

    /// <summary>The receiver has received something.</summary>
    public void OnHeard() => _heard = true;

    public override void OnExpired() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    public void Execute()
    {
        bool silent = !_heard && link.IsReceiving;
        _heard = false;
        if (silent && _asked)
        {
            link.Fail(NngError.TimedOut);
            return;
        }

        _asked = silent;
        if (silent)
            link.Ping();
        Arm(silent ? timeoutMs : intervalMs);
    }

    private void Arm(int ms)
    {
        Expirer.Default.Arm(this, Expirer.Default.Clock.NowMs + ms);
        if (_stopped)
            Expirer.Default.Disarm(this);
    }
}
