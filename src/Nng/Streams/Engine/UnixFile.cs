using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace Nng.Streams;

/// <summary>Which socket file stands at a path; the BCL does not tell sockets from other files.</summary>
internal static unsafe partial class UnixFile
{
    private const int AtFdCwd = -100;
    private const int AtSymlinkNoFollow = 0x100;

    /// <summary>STATX_TYPE and STATX_INO.</summary>
    private const uint Wanted = 0x101;

    private const int TypeMask = 0xf000;
    private const int SocketType = 0xc000;
    private const int RegularType = 0x8000;
    private const int DirectoryType = 0x4000;

    // Offsets in struct statx: stx_mode, stx_ino, stx_dev_major and stx_dev_minor together.
    private const int ModeOffset = 28;
    private const int NumberOffset = 32;
    private const int DeviceOffset = 136;

    /// <summary>
    /// The identity of the socket at a path, links not followed; null for another kind of file or none. Systems other
    /// than Linux do not tell sockets from files here: they refuse to connect to files instead.
    /// </summary>
    public static FileIdentity? FindSocket(string path)
    {
        if (!OperatingSystem.IsLinux())
            return FindByTime(path);
        byte* buffer = stackalloc byte[256];
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            if (Statx(AtFdCwd, name, AtSymlinkNoFollow, Wanted, buffer) != 0)
                return null;
        }

        return (*(ushort*)(buffer + ModeOffset) & TypeMask) == SocketType
            ? new FileIdentity(*(ulong*)(buffer + DeviceOffset), *(ulong*)(buffer + NumberOffset))
            : null;
    }

    /// <summary>
    /// Whether a path, links followed, leads to something that is neither a file nor a directory: a pipe, a socket, a
    /// device. False where that cannot be found out.
    /// </summary>
    public static bool IsSpecial(string path)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        byte* buffer = stackalloc byte[256];
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            if (Statx(AtFdCwd, name, 0, Wanted, buffer) != 0)
                return false;
        }

        return (*(ushort*)(buffer + ModeOffset) & TypeMask) is not (RegularType or DirectoryType);
    }

    private static FileIdentity? FindByTime(string path)
    {
        var info = new FileInfo(path);
        return info.Exists && info.LinkTarget is null ? new FileIdentity(0, (ulong)info.CreationTimeUtc.Ticks) : null;
    }

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int Statx(int directory, byte* path, int flags, uint mask, byte* buffer);
}
