using System.Net.Sockets;

namespace Nng.Streams;

/// <summary>Socket errors to the library's: the POSIX column on every platform (core sheet, W-2).</summary>
internal static class SocketErrorMap
{
    public static NngError ToNngError(this SocketError error) => error switch
    {
        SocketError.Success => NngError.None,
        SocketError.WouldBlock or SocketError.IOPending or SocketError.InProgress or SocketError.TryAgain
            => NngError.TryAgain,
        SocketError.ConnectionReset => NngError.ConnectionReset,
        SocketError.ConnectionAborted => NngError.ConnectionAborted,
        SocketError.ConnectionRefused => NngError.ConnectionRefused,
        SocketError.Shutdown or SocketError.NotConnected or SocketError.NotSocket or SocketError.Disconnecting
            => NngError.Closed,
        SocketError.OperationAborted or SocketError.Interrupted => NngError.Closed,
        SocketError.TimedOut => NngError.TimedOut,
        SocketError.AccessDenied => NngError.PermissionDenied,
        SocketError.AddressAlreadyInUse => NngError.AddressInUse,
        SocketError.AddressNotAvailable or SocketError.HostNotFound or SocketError.NoData
            or SocketError.NoRecovery or SocketError.TypeNotFound or SocketError.DestinationAddressRequired
            => NngError.AddressInvalid,
        SocketError.AddressFamilyNotSupported or SocketError.ProtocolFamilyNotSupported
            or SocketError.ProtocolNotSupported or SocketError.ProtocolOption or SocketError.OperationNotSupported
            or SocketError.SocketNotSupported or SocketError.ProtocolType => NngError.NotSupported,
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.HostDown
            or SocketError.NetworkDown or SocketError.NetworkReset => NngError.Unreachable,
        SocketError.TooManyOpenSockets => NngError.OutOfFiles,
        SocketError.NoBufferSpaceAvailable => NngError.OutOfMemory,
        SocketError.InvalidArgument or SocketError.Fault => NngError.InvalidArgument,
        SocketError.MessageSize => NngError.MessageTooLarge,
        _ => NngError.SystemFlag | (NngError)((int)error & 0x0fffffff),
    };

    /// <summary>The error of an exception out of the sockets API.</summary>
    public static NngError ToNngError(this SocketException failure) => failure.SocketErrorCode.ToNngError();
}
