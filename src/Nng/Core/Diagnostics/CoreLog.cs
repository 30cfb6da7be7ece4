using System;
using Microsoft.Extensions.Logging;

namespace Nng.Core;

/// <summary>The log events of the library as a whole.</summary>
internal static class CoreLog
{
    private static readonly LogDefineOptions s_checked = new() { SkipEnabledCheck = true };

    private static readonly Action<ILogger, string, Exception?> s_initialized = LoggerMessage.Define<string>(
        LogLevel.Information, LogIds.Init, "Nng for .NET {Version} is ready", s_checked);

    private static readonly Action<ILogger, string, Exception?> s_unknownEngine = LoggerMessage.Define<string>(
        LogLevel.Warning,
        LogIds.UnknownEngine,
        "No I/O engine is called {Name}, only epoll and portable; the default is taken",
        s_checked);

    private static readonly Action<ILogger, string, Exception?> s_callbackFailed = LoggerMessage.Define<string>(
        LogLevel.Error, LogIds.CallbackFailed, "The callback of {Owner} threw", s_checked);

    /// <summary>A logger has been set.</summary>
    public static void Initialized(ILogger logger)
    {
        if (logger.IsEnabled(LogLevel.Information))
            s_initialized(logger, NngVersion.Text, null);
    }

    /// <summary>The engine was chosen by a name that none has.</summary>
    public static void UnknownEngine(string name)
    {
        if (NngLog.For(LogLevel.Warning) is { } log)
            s_unknownEngine(log, name, null);
    }

    /// <summary>An exception came out of user code that the library had called; it goes no further.</summary>
    public static void CallbackFailed(string owner, Exception failure)
    {
        if (NngLog.For(LogLevel.Error) is { } log)
            s_callbackFailed(log, owner, failure);
    }
}
