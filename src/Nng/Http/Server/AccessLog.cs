using System;
using System.Collections.Generic;
using System.Threading;

namespace Nng.Http;

/// <summary>Takes records from any thread and hands them to the application on the pool, in order, one at a time.</summary>
/// <remarks>Threading: <see cref="_lock"/> guards the queue. When the application cannot follow, records are dropped.</remarks>
internal sealed class AccessLog(Action<HttpAccessRecord> sink) : IThreadPoolWorkItem
{
    /// <summary>Records that wait at most; a flood of requests must not fill the memory.</summary>
    private const int MaxWaiting = 64 * 1024;

    private readonly Lock _lock = new();
    private List<HttpAccessRecord> _waiting = [];
    private List<HttpAccessRecord> _writing = [];
    private bool _running;

    public void Add(in HttpAccessRecord record)
    {
        lock (_lock)
        {
            if (_waiting.Count < MaxWaiting)
                _waiting.Add(record);
            if (_running)
                return;
            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        while (true)
        {
            lock (_lock)
            {
                if (_waiting.Count == 0)
                {
                    _running = false;
                    return;
                }

                (_waiting, _writing) = (_writing, _waiting);
            }

            foreach (HttpAccessRecord record in _writing)
                Write(record);
            _writing.Clear();
        }
    }

    private void Write(in HttpAccessRecord record)
    {
        try
        {
            sink(record);
        }
        catch (Exception failure)
        {
            HttpLog.AccessLogFailed(failure);
        }
    }
}
