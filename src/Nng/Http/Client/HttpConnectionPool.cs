using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Nng.Core;

namespace Nng.Http;

/// <summary>Connections to one origin that are kept for further exchanges; the one used last is used next.</summary>
/// <remarks>Threading: safe from any thread; <see cref="_lock"/> guards the idle ones.</remarks>
internal sealed class HttpConnectionPool : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Func<CancellationToken, ValueTask<HttpConnection>> _connect;
    private readonly SemaphoreSlim _places;
    private readonly int _idleTimeoutMs;
    private readonly Sweep _sweep;

    /// <summary>Connections nobody uses, oldest first, with the time of their return.</summary>
    private readonly List<(HttpConnection Connection, long SinceMs)> _idle = [];

    /// <summary>The sweep is armed.</summary>
    private bool _sweeping;

    private bool _closed;

    public HttpConnectionPool(
        Func<CancellationToken, ValueTask<HttpConnection>> connect, int maxConnections, int idleTimeoutMs)
    {
        _connect = connect;
        _places = new SemaphoreSlim(maxConnections);
        _idleTimeoutMs = idleTimeoutMs;
        _sweep = new Sweep(this);
    }

    /// <summary>A connection for one exchange, to be given back with <see cref="Return"/> whatever becomes of it.</summary>
    /// <param name="fresh">Not one that was used before.</param>
    /// <param name="token">Gives up waiting or connecting.</param>
    /// <returns>The connection, and whether it was used before.</returns>
    public async ValueTask<(HttpConnection Connection, bool IsUsed)> RentAsync(bool fresh, CancellationToken token)
    {
        await _places.WaitAsync(token).ConfigureAwait(false);
        try
        {
            if (!fresh && TakeIdle() is { } idle)
                return (idle, true);
            return (await _connect(token).ConfigureAwait(false), false);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    /// <summary>Takes a connection back.</summary>
    /// <param name="connection">Rented.</param>
    /// <param name="reusable">The exchange has ended well, and both sides keep the connection.</param>
    public void Return(HttpConnection connection, bool reusable)
    {
        bool kept = false;
        lock (_lock)
        {
            if (reusable && !_closed && _idleTimeoutMs != 0 && !connection.IsClosed)
            {
                kept = true;
                _idle.Add((connection, Aio.NowMs));
                ArmLocked();
            }
        }

        if (!kept)
            connection.Close();
        _places.Release();
    }

    public void Dispose()
    {
        List<(HttpConnection Connection, long SinceMs)> idle;
        lock (_lock)
        {
            _closed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        foreach ((HttpConnection connection, _) in idle)
            connection.Close();
    }

    /// <summary>The newest idle connection that is still good: a server that has closed its end says so by now.</summary>
    private HttpConnection? TakeIdle()
    {
        while (true)
        {
            HttpConnection connection;
            lock (_lock)
            {
                if (_idle.Count == 0)
                    return null;
                connection = _idle[^1].Connection;
                _idle.RemoveAt(_idle.Count - 1);
            }

            if (!connection.IsClosed && connection.IsQuiet)
                return connection;
            connection.Close();
        }
    }

    private void ArmLocked()
    {
        if (_sweeping || _idle.Count == 0 || _idleTimeoutMs < 0)
            return;
        _sweeping = true;
        Expirer.Default.Arm(_sweep, _idle[0].SinceMs + _idleTimeoutMs);
    }

    private void CloseExpired()
    {
        var expired = new List<HttpConnection>();
        lock (_lock)
        {
            _sweeping = false;
            long now = Aio.NowMs;
            while (_idle.Count > 0 && _idle[0].SinceMs + _idleTimeoutMs <= now)
            {
                expired.Add(_idle[0].Connection);
                _idle.RemoveAt(0);
            }

            ArmLocked();
        }

        foreach (HttpConnection connection in expired)
            connection.Close();
    }

    /// <summary>The oldest idle connection has reached its age.</summary>
    private sealed class Sweep(HttpConnectionPool pool) : Deadline, IThreadPoolWorkItem
    {
        public override void OnExpired() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

        public void Execute() => pool.CloseExpired();
    }
}
