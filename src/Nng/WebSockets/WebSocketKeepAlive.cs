using System;
using System.Threading;
using Nng.Core;

namespace Nng.WebSockets;

/// <summary>
/// Pings a silent peer, and gives it up when it stays silent. While nobody receives, nothing is heard and nothing is
/// judged: the silence is this side's. Nor is anything once the connection is being closed: that has a time of its own.
/// </summary>
/// <remarks>Threading: ticks run on the thread pool, one at a time.</remarks>
internal sealed class WebSocketKeepAlive(WebSocketLink link, int intervalMs, int timeoutMs) : Deadline, IThreadPoolWorkItem
{
    /// <summary>Something was received since the last tick.</summary>
    private volatile bool _heard;

    /// <summary>When a ping was sent since which nothing has been heard; -1 for none.</summary>
    private long _askedMs = -1;

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
        if (_stopped)
            return;
        bool silent = !_heard && link.IsReceiving;
        _heard = false;
        long nowMs = Expirer.Default.Clock.NowMs;
        if (!silent)
        {
            _askedMs = -1;
        }
        else if (_askedMs < 0)
        {
            _askedMs = nowMs;
            link.Ping();
        }
        else if (nowMs - _askedMs >= timeoutMs)
        {
            link.Fail(NngError.TimedOut);
            return;
        }

        long leftMs = _askedMs < 0 ? intervalMs : _askedMs + timeoutMs - nowMs;
        Arm((int)Math.Clamp(leftMs, 1, intervalMs));
    }

    private void Arm(int ms)
    {
        Expirer.Default.Arm(this, Expirer.Default.Clock.NowMs + ms);
        if (_stopped)
            Expirer.Default.Disarm(this);
    }
}
