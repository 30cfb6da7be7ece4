using System;

namespace Nng.Sp;

/// <summary>The log events of the SP machinery.</summary>
internal static class SpLog
{
    public static void PipeRejected(SpPipe pipe) { }
    public static void PeerMismatch(SpPipe pipe) { }
    public static void EventCallbackFailed(SpSocket socket, PipeEvent what, Exception failure) { }
    public static void Connected(SpPipe pipe) { }
    public static void Dialing(SpDialer dialer) { }
    public static void ConnectFailed(SpDialer dialer, NngError error) { }
    public static void Listening(SpListener listener) { }
    public static void BindFailed(SpListener listener, NngError error) { }
    public static void AcceptFailed(SpListener listener, NngError error, string peer) { }
    public static void MessageTooLarge(SpPipe pipe, ulong claimed, long limit) { }
}
