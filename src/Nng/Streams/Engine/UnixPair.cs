using System;
using System.Runtime.InteropServices;
using Nng.Core;

namespace Nng.Streams;

/// <summary>The system's pairs of connected Unix sockets.</summary>
internal static unsafe partial class UnixPair
{
    private const int AfUnix = 1;
    private const int SockStream = 1;

    public static NngError Create(out (int First, int Second) pair)
    {
        int* descriptors = stackalloc int[2];
        int type = OperatingSystem.IsLinux() ? SockStream | LinuxNative.SockCloExec : SockStream;
        int result = SocketPair(AfUnix, type, 0, descriptors);
        pair = result == 0 ? (descriptors[0], descriptors[1]) : default;
        return result == 0 ? NngError.None : NngErrorMap.FromErrno(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    private static partial int SocketPair(int domain, int type, int protocol, int* descriptors);
}
