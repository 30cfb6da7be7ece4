using System;

namespace Nng.Core;

/// <summary>Operating-system error numbers of Linux to the library's (core sheet, 1.3).</summary>
internal static class NngErrorMap
{
    /// <summary>The error of an errno value; those without a counterpart keep their number under the flag.</summary>
    public static NngError FromErrno(int errno) => errno switch
    {
        0 => NngError.None,
        4 => NngError.Interrupted,
        22 or 36 => NngError.InvalidArgument,
        12 or 105 => NngError.OutOfMemory,
        1 or 13 => NngError.PermissionDenied,
        98 => NngError.AddressInUse,
        99 => NngError.AddressInvalid,
        11 => NngError.TryAgain,
        16 => NngError.Busy,
        111 => NngError.ConnectionRefused,
        104 => NngError.ConnectionReset,
        113 or 101 => NngError.Unreachable,
        2 => NngError.NotFound,
        103 => NngError.ConnectionAborted,
        // Not connected and shut down, 107 and 108, as the socket API's own errors are mapped (W-2).
        9 or 32 or 107 or 108 => NngError.Closed,
        17 => NngError.AlreadyExists,
        71 => NngError.Protocol,
        93 or 97 or 92 or 38 or 95 => NngError.NotSupported,
        62 or 110 => NngError.TimedOut,
        28 or 27 or 122 => NngError.OutOfSpace,
        23 or 24 => NngError.OutOfFiles,
        // Negative numbers, as some resolvers use, would lose the flag (W-1).
        _ => NngError.SystemFlag | (NngError)(Math.Abs((long)errno) & 0x0fffffff),
    };
}
