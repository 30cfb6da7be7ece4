using System;

namespace Nng.CApi;

/// <summary>Turns what an export may meet into its result: no exception ever crosses into C.</summary>
internal static class Guard
{
    /// <summary>The error number of an exception.</summary>
    public static int Code(Exception failure) => failure switch
    {
        NngException own => (int)own.Error,
        OutOfMemoryException => (int)NngError.OutOfMemory,
        OverflowException => (int)NngError.OutOfMemory,
        ObjectDisposedException => (int)NngError.Closed,
        ArgumentException => (int)NngError.InvalidArgument,
        NotSupportedException => (int)NngError.NotSupported,
        UnauthorizedAccessException => (int)NngError.PermissionDenied,
        System.IO.FileNotFoundException or System.IO.DirectoryNotFoundException => (int)NngError.NotFound,
        _ => (int)NngError.Internal,
    };
}
