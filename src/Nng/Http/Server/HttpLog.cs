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

    private static readonly Action<ILogger, string, NngAddress, string, Exception?> s_tlsFailed =
        LoggerMessage.Define<string, NngAddress, string>(
            LogLevel.Warning, LogIds.AcceptFailed, "HTTP server on {Url}: TLS with {Peer} failed: {Error}", s_checked);

    private static readonly Action<ILogger, long, string, Exception?> s_suppressed = LoggerMessage.Define<long, string>(
        LogLevel.Warning,
        LogIds.Suppressed,
        "{Count} more warnings about clients of the HTTP server on {Url} were not logged",
        s_checked);

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

    /// <summary>A client was refused by TLS, or refused it; clients can cause this as often as they like.</summary>
    public static void TlsFailed(SharedServer server, NngAddress peer, NngError error)
    {
        if (NngLog.For(LogLevel.Warning) is not { } logger || !server.Complaints.TryPass(out long suppressed))
            return;
        if (suppressed > 0)
            s_suppressed(logger, suppressed, server.Url.Raw, null);
        s_tlsFailed(logger, server.Url.Raw, peer, error.Text(), null);
    }
}
