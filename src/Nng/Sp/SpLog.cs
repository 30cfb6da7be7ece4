using System;
using Microsoft.Extensions.Logging;
using Nng.Core;

namespace Nng.Sp;

/// <summary>The log events of the SP machinery (core sheet, 12.4). A disabled level costs a branch.</summary>
/// <remarks>Threading: safe from any thread; never called under a lock.</remarks>
internal static class SpLog
{
    private static readonly LogDefineOptions s_checked = new() { SkipEnabledCheck = true };

    private static readonly Action<ILogger, int, string, Exception?> s_dialing = LoggerMessage.Define<int, string>(
        LogLevel.Information, LogIds.Dial, "Socket {Socket}: dialing {Url}", s_checked);

    private static readonly Action<ILogger, int, string, string, Exception?> s_connectFailed =
        LoggerMessage.Define<int, string, string>(
            LogLevel.Warning, LogIds.ConnectFailed, "Socket {Socket}: cannot connect to {Url}: {Error}", s_checked);

    private static readonly Action<ILogger, int, int, NngAddress, Exception?> s_connected =
        LoggerMessage.Define<int, int, NngAddress>(
            LogLevel.Debug, LogIds.Connect, "Socket {Socket}: pipe {Pipe} connected to {Peer}", s_checked);

    private static readonly Action<ILogger, int, string, Exception?> s_listening = LoggerMessage.Define<int, string>(
        LogLevel.Information, LogIds.Listen, "Socket {Socket}: listening at {Url}", s_checked);

    private static readonly Action<ILogger, int, string, string, Exception?> s_bindFailed =
        LoggerMessage.Define<int, string, string>(
            LogLevel.Warning, LogIds.BindFailed, "Socket {Socket}: cannot listen at {Url}: {Error}", s_checked);

    private static readonly Action<ILogger, int, string, string, string, Exception?> s_acceptFailed =
        LoggerMessage.Define<int, string, string, string>(
            LogLevel.Warning,
            LogIds.AcceptFailed,
            "Socket {Socket}: cannot accept at {Url} from {Peer}: {Error}",
            s_checked);

    private static readonly Action<ILogger, int, int, NngAddress, Exception?> s_accepted =
        LoggerMessage.Define<int, int, NngAddress>(
            LogLevel.Debug, LogIds.Accept, "Socket {Socket}: pipe {Pipe} accepted from {Peer}", s_checked);

    private static readonly Action<ILogger, int, int, NngAddress, Exception?> s_pipeRejected =
        LoggerMessage.Define<int, int, NngAddress>(
            LogLevel.Debug,
            LogIds.PipeRejected,
            "Socket {Socket}: pipe {Pipe} to {Peer} was closed before it was added",
            s_checked);

    private static readonly Action<ILogger, int, int, NngAddress, int, int, Exception?> s_peerMismatch =
        LoggerMessage.Define<int, int, NngAddress, int, int>(
            LogLevel.Warning,
            LogIds.PeerMismatch,
            "Socket {Socket}: pipe {Pipe} to {Peer} refused: the peer speaks protocol {PeerProtocol}, not {Expected}",
            s_checked);

    private static readonly Action<ILogger, int, int, NngAddress, Exception?> s_pairBusy =
        LoggerMessage.Define<int, int, NngAddress>(
            LogLevel.Warning,
            LogIds.PairBusy,
            "Socket {Socket}: pipe {Pipe} to {Peer} refused: the pair already has a peer",
            s_checked);

    private static readonly Action<ILogger, int, int, NngAddress, ulong, long, string, Exception?> s_receiveMax =
        LoggerMessage.Define<int, int, NngAddress, ulong, long, string>(
            LogLevel.Warning,
            LogIds.ReceiveMax,
            "Socket {Socket}: pipe {Pipe} to {Peer} closed: a message of {Length} bytes exceeds {Limit} (option {Option})",
            s_checked);

    private static readonly Action<ILogger, int, long, string, Exception?> s_suppressed =
        LoggerMessage.Define<int, long, string>(
            LogLevel.Warning,
            LogIds.Suppressed,
            "Socket {Socket}: {Count} more warnings about peers at {Url} were not logged",
            s_checked);

    private static readonly Action<ILogger, int, PipeEvent, Exception?> s_callbackFailed =
        LoggerMessage.Define<int, PipeEvent>(
            LogLevel.Error, LogIds.CallbackFailed, "Socket {Socket}: the callback of {Event} threw", s_checked);

    private static readonly Action<ILogger, int, string, NngAddress, Exception?> s_udpInactive =
        LoggerMessage.Define<int, string, NngAddress>(
            LogLevel.Warning,
            LogIds.UdpInactive,
            "Socket {Socket}: {Url} has given up {Peer}, which was silent for too long",
            s_checked);

    private static readonly Action<ILogger, int, string, int, Exception?> s_udpLinger =
        LoggerMessage.Define<int, string, int>(
            LogLevel.Warning,
            LogIds.UdpLinger,
            "Socket {Socket}: {Url} was closed and lost {Count} datagrams that the system did not take in time",
            s_checked);

    private static readonly Action<ILogger, int, string, Exception?> s_udpFailed =
        LoggerMessage.Define<int, string>(
            LogLevel.Warning,
            LogIds.UdpFailed,
            "Socket {Socket}: {Url} failed to receive a datagram, and goes on",
            s_checked);

    public static void Dialing(SpDialer dialer)
    {
        if (NngLog.For(LogLevel.Information) is { } log)
            s_dialing(log, dialer.Socket.Id, dialer.Url.Raw, null);
    }

    public static void ConnectFailed(SpDialer dialer, NngError error)
    {
        if (NngLog.For(LogLevel.Warning) is { } log)
            s_connectFailed(log, dialer.Socket.Id, dialer.Url.Raw, error.Text(), null);
    }

    /// <summary>A pipe is up, dialled or accepted.</summary>
    public static void Connected(SpPipe pipe)
    {
        if (NngLog.For(LogLevel.Debug) is not { } log)
            return;
        var write = pipe.Endpoint is SpDialer ? s_connected : s_accepted;
        write(log, pipe.Socket.Id, pipe.Id, pipe.Transport.RemoteAddress, null);
    }

    public static void Listening(SpListener listener)
    {
        if (NngLog.For(LogLevel.Information) is { } log)
            s_listening(log, listener.Socket.Id, listener.EffectiveUrl, null);
    }

    public static void BindFailed(SpListener listener, NngError error)
    {
        if (NngLog.For(LogLevel.Warning) is { } log)
            s_bindFailed(log, listener.Socket.Id, listener.Url.Raw, error.Text(), null);
    }

    public static void AcceptFailed(SpListener listener, NngError error, string peer)
    {
        if (ForComplaint(listener) is { } log)
            s_acceptFailed(log, listener.Socket.Id, listener.Url.Raw, peer, error.Text(), null);
    }

    /// <summary>The same for a peer whose name costs something, and is asked for only if it is logged.</summary>
    public static void AcceptFailed<T1, T2>(
        SpListener listener, NngError error, T1 first, T2 second, Func<T1, T2, string> name)
    {
        if (ForComplaint(listener) is { } log)
            s_acceptFailed(log, listener.Socket.Id, listener.Url.Raw, name(first, second), error.Text(), null);
    }

    /// <summary>A UDP peer has been silent for too long and is given up.</summary>
    public static void UdpInactive(SpEndpoint endpoint, NngAddress peer)
    {
        if (ForComplaint(endpoint) is { } log)
            s_udpInactive(log, endpoint.Socket.Id, endpoint.Url.Raw, peer, null);
    }

    /// <summary>The system did not take a closed UDP endpoint's last datagrams in time.</summary>
    public static void UdpLinger(SpEndpoint endpoint, int lost)
    {
        if (NngLog.For(LogLevel.Warning) is { } log)
            s_udpLinger(log, endpoint.Socket.Id, endpoint.Url.Raw, lost, null);
    }

    /// <summary>A datagram was lost to an error that is not the system's.</summary>
    public static void UdpFailed(SpEndpoint endpoint, Exception failure)
    {
        if (ForComplaint(endpoint) is { } log)
            s_udpFailed(log, endpoint.Socket.Id, endpoint.Url.Raw, failure);
    }

    /// <summary>The add-pre callback closed the pipe.</summary>
    public static void PipeRejected(SpPipe pipe)
    {
        if (NngLog.For(LogLevel.Debug) is { } log)
            s_pipeRejected(log, pipe.Socket.Id, pipe.Id, pipe.Transport.RemoteAddress, null);
    }

    public static void PeerMismatch(SpPipe pipe)
    {
        if (ForComplaint(pipe.Endpoint) is { } log)
        {
            s_peerMismatch(
                log, pipe.Socket.Id, pipe.Id, pipe.Transport.RemoteAddress, pipe.PeerProtocol, pipe.Socket.Info.Peer, null);
        }
    }

    /// <summary>A pair that has its peer was met by another one.</summary>
    public static void PairBusy(SpPipe pipe)
    {
        if (ForComplaint(pipe.Endpoint) is { } log)
            s_pairBusy(log, pipe.Socket.Id, pipe.Id, pipe.Transport.RemoteAddress, null);
    }

    /// <summary>A peer claims a message longer than this side takes.</summary>
    /// <param name="pipe">The pipe, about to be closed.</param>
    /// <param name="length">The length claimed.</param>
    /// <param name="limit">The limit in force on the pipe.</param>
    public static void MessageTooLarge(SpPipe pipe, ulong length, long limit)
    {
        if (ForComplaint(pipe.Endpoint) is { } log)
        {
            s_receiveMax(
                log,
                pipe.Socket.Id,
                pipe.Id,
                pipe.Transport.RemoteAddress,
                length,
                limit,
                OptionNames.ReceiveMaxSize,
                null);
        }
    }

    public static void EventCallbackFailed(SpSocket socket, PipeEvent what, Exception failure)
    {
        if (NngLog.For(LogLevel.Error) is { } log)
            s_callbackFailed(log, socket.Id, what, failure);
    }

    /// <summary>The logger for a warning that a peer can cause as often as it likes; null when it has been too often.</summary>
    private static ILogger? ForComplaint(SpEndpoint endpoint)
    {
        if (NngLog.For(LogLevel.Warning) is not { } log || !endpoint.Complaints.TryPass(out long suppressed))
            return null;
        if (suppressed > 0)
            s_suppressed(log, endpoint.Socket.Id, suppressed, endpoint.Url.Raw, null);
        return log;
    }
}
