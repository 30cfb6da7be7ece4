using System;
using Microsoft.Extensions.Logging;

namespace Nng.Core;

/// <summary>Keeps the exceptions of a user's logger away from the library's loops.</summary>
/// <remarks>Threading: as safe as the logger inside.</remarks>
internal sealed class GuardedLogger(ILogger inner) : ILogger
{
    public ILogger Inner { get; } = inner;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel)
    {
        Callout.Enter();
        try
        {
            return Inner.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
        finally
        {
            Callout.Leave();
        }
    }

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        Callout.Enter();
        try
        {
            Inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // A message may be lost; a connection must not.
        }
        finally
        {
            Callout.Leave();
        }
    }
}
