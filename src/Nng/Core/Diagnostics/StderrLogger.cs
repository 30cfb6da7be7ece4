using System;
using System.Globalization;
using System.IO;
using System.Threading;
using Microsoft.Extensions.Logging;
using Nng.Core;

namespace Nng;

/// <summary>
/// Writes one line an event to standard error: <c>[LEVEL ]: HH:MM:SS.mmm: MSGID: text</c>, coloured on a terminal. C
/// function: <c>nng_stderr_logger</c>.
/// </summary>
/// <remarks>
/// Colour is left out when the environment has <c>NO_COLOR</c> or <c>NNG_LOG_NO_COLOR</c>. At level
/// <see cref="LogLevel.Debug"/> a line with the date comes first and whenever the day has changed. Threading: safe
/// from any thread; lines are never mixed.
/// </remarks>
public sealed class StderrLogger : ILogger
{
    private readonly Lock _lock = new();
    private readonly LogLevel _minimum;
    private readonly TextWriter _writer;
    private readonly TimeProvider _time;
    private readonly bool _color;

    /// <summary>The local day of the last date line.</summary>
    private DateOnly _day;

    /// <summary>Creates the logger.</summary>
    /// <param name="minimum">Events below this level are dropped.</param>
    public StderrLogger(LogLevel minimum = LogLevel.Information)
        : this(
            minimum,
            Console.Error,
            WantsColor(Console.IsErrorRedirected, OperatingSystem.IsWindows(), Environment.GetEnvironmentVariable),
            TimeProvider.System)
    {
    }

    internal StderrLogger(LogLevel minimum, TextWriter writer, bool color, TimeProvider time)
    {
        _minimum = minimum;
        _writer = writer;
        _color = color;
        _time = time;
    }

    /// <summary>Scopes are not written.</summary>
    /// <typeparam name="TState">The type of the scope's state.</typeparam>
    /// <param name="state">The scope's state.</param>
    /// <returns>Always null.</returns>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= _minimum && logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (!IsEnabled(logLevel))
            return;
        string text = formatter(state, exception);
        if (exception is not null)
            text = $"{text} ({exception.GetType().Name}: {exception.Message})";
        string level = LevelName(logLevel, eventId);
        DateTimeOffset now = _time.GetLocalNow();
        lock (_lock)
        {
            if (IsEnabled(LogLevel.Debug))
                WriteDayLocked(now);
            WriteLocked(now, level, eventId.Name, text);
        }
    }

    /// <summary>Whether to colour (core sheet, 12.3): on a terminal, unless the environment says no.</summary>
    internal static bool WantsColor(bool redirected, bool windows, Func<string, string?> environment) =>
        !redirected
        && environment("NO_COLOR") is null
        && environment("NNG_LOG_NO_COLOR") is null
        && (windows || !string.IsNullOrEmpty(environment("TERM")));

    private static string LevelName(LogLevel level, EventId id) => level switch
    {
        LogLevel.Critical or LogLevel.Error => "ERROR",
        LogLevel.Warning => "WARN",
        LogLevel.Information when id.Name == LogIds.Init.Name => "NOTICE",
        LogLevel.Information => "INFO",
        LogLevel.Debug or LogLevel.Trace => "DEBUG",
        _ => "NONE",
    };

    private static string ColorOf(string level) => level switch
    {
        "ERROR" => "\e[31m",
        "WARN" => "\e[33m",
        "NOTICE" => "\e[1m",
        "DEBUG" => "\e[36m",
        _ => string.Empty,
    };

    private void WriteDayLocked(DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.DateTime);
        if (day == _day)
            return;
        _day = day;
        string text = now.ToString("yyyy-MM-dd 'UTC'zzz", CultureInfo.InvariantCulture);
        WriteLocked(now, "DEBUG", LogIds.Date.Name, text);
    }

    private void WriteLocked(DateTimeOffset now, string level, string? id, string text)
    {
        string color = _color ? ColorOf(level) : string.Empty;
        string time = now.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        string prefix = string.IsNullOrEmpty(id) ? string.Empty : id + ": ";
        _writer.WriteLine(
            $"{color}[{level,-6}]: {time}: {prefix}{text.TrimEnd('\r', '\n')}{(color.Length > 0 ? "\e[0m" : string.Empty)}");
    }
}
