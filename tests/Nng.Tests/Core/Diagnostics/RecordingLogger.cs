using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using Microsoft.Extensions.Logging;

namespace Nng.Tests.Core;

/// <summary>Keeps what is logged, for tests of log events.</summary>
internal sealed class RecordingLogger(LogLevel minimum = LogLevel.Trace) : ILogger
{
    public ConcurrentQueue<Entry> Entries { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= minimum;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = new Dictionary<string, object?>();
        if (state is IReadOnlyList<KeyValuePair<string, object?>> pairs)
        {
            foreach ((string key, object? value) in pairs)
                values[key] = value;
        }

        Entries.Enqueue(new Entry(logLevel, eventId, formatter(state, exception), values, exception));
    }

    internal sealed record Entry(
        LogLevel Level, EventId Id, string Text, Dictionary<string, object?> Values, Exception? Exception);
}
