using System;
using System.Runtime.InteropServices;

namespace Nng.Streams;

/// <summary>
/// Keeps strangers from taking the last descriptors of the process. The runtime needs some at times of its own choosing
/// (starting a thread opens files under /proc) and ends the process when it gets none; so accepting pauses before.
/// </summary>
/// <remarks>
/// The system gives the lowest free number, so a number near the limit tells that few are left. Threading: safe from any
/// thread.
/// </remarks>
internal static partial class DescriptorReserve
{
    /// <summary>Descriptors left to the runtime and the application, where the limit is not smaller than 256.</summary>
    private const int Count = 32;

    /// <summary>RLIMIT_NOFILE.</summary>
    private static readonly int s_resource = OperatingSystem.IsLinux() ? 7 : 8;

    /// <summary>The limit can be asked for as it is done here.</summary>
    private static bool HasLimit => !OperatingSystem.IsWindows() && Environment.Is64BitProcess;

    /// <summary>Whether a descriptor of that number is one of the last that a limit allows.</summary>
    public static bool Includes(long descriptor, ulong limit) =>
        (ulong)descriptor >= limit - Math.Min(Count, limit / 8);

    /// <summary>Whether the descriptor just made is one of the last.</summary>
    public static bool Includes(long descriptor) =>
        HasLimit && GetLimit(s_resource, out Limit limit) == 0 && Includes(descriptor, limit.Current);

    /// <summary>Whether the next descriptor would be one of the last.</summary>
    /// <param name="open">An open descriptor.</param>
    public static bool IsNext(int open)
    {
        if (!HasLimit)
            return false;
        int probe = MakeProbe(open);
        if (probe < 0)
            return true;
        _ = CloseDescriptor(probe);
        return Includes(probe);
    }

    /// <summary>
    /// A further descriptor; negative for none. On Linux a program that another thread starts meanwhile does not inherit
    /// it (K-2).
    /// </summary>
    public static int MakeProbe(int open)
    {
        const int duplicateCloseOnExec = 1030;
        return OperatingSystem.IsLinux() ? Control(open, duplicateCloseOnExec, 0) : Duplicate(open);
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseDescriptor(int descriptor);

    /// <summary>struct rlimit.</summary>
    private struct Limit
    {
        public ulong Current;
        public ulong Maximum;
    }
}
