using System;
using Microsoft.Extensions.Logging;
using Nng.Core;

namespace Nng.Http;

/// <summary>The log events of HTTP servers.</summary>
internal static class HttpLog
{
    private static readonly LogDefineOptions s_checked = new() { SkipEnabledCheck = true };

    private static readonly Action<ILogger, string, Exception?> s_listening = LoggerMessage.Define<string>(
        LogLevel.Information, LogIds.Listen, "HTTP server listens on {Url}", s_checked);

    private static readonly Action<ILogger, string, string, Exception?> s_handlerFailed =
        LoggerMessage.Define<string, string>(
            LogLevel.Error, LogIds.CallbackFailed, "HTTP handler {Handler} failed on {Target}", s_checked);

    private static readonly Action<ILogger, Exception?> s_accessLogFailed = LoggerMessage.Define(
        LogLevel.Error, LogIds.CallbackFailed, "The access log of an HTTP server failed", s_checked);

    private static readonly Action<ILogger, Exception?> s_abortFailed = LoggerMessage.Define(
        LogLevel.Error, LogIds.CallbackFailed, "A callback on the end of an HTTP request failed", s_checked);

    private static readonly Action<ILogger, string, string, Exception?> s_acceptFailed =
        LoggerMessage.Define<string, string>(
            LogLevel.Warning, LogIds.AcceptFailed, "HTTP server cannot accept on {Url}: {Reason}", s_checked);

    public static void Listening(NngUrl url)
    {
        if (NngLog.For(LogLevel.Information) is { } logger)
            s_listening(logger, url.Raw, null);
    }

    public static void HandlerFailed(HttpHandler handler, string target, Exception failure)
    {
        if (NngLog.For(LogLevel.Error) is { } logger)
            s_handlerFailed(logger, handler.ToString(), target, failure);
    }

    public static void AccessLogFailed(Exception failure)
    {
        if (NngLog.For(LogLevel.Error) is { } logger)
            s_accessLogFailed(logger, failure);
    }

    public static void AbortFailed(Exception failure)
    {
        if (NngLog.For(LogLevel.Error) is { } logger)
            s_abortFailed(logger, failure);
    }

    public static void AcceptFailed(NngUrl url, NngError error)
    {
        if (NngLog.For(LogLevel.Warning) is { } logger)
            s_acceptFailed(logger, url.Raw, error.Text(), null);
    }
}
