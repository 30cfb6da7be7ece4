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

    /// <summary>
    /// Tells the log of an exception that has no result to become: the program used an operation that is under way
    /// already, or finished one that is not, or memory ran out.
    /// </summary>
    public static void Report(Exception failure) => CLogger.Misused(failure);
}
