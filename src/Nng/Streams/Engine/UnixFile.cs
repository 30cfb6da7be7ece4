using System;
using System.Runtime.InteropServices;

namespace Nng.Streams;

/// <summary>What kind of file stands at a path; the BCL does not tell sockets from other files.</summary>
internal static unsafe partial class UnixFile
{
    private const int AtFdCwd = -100;
    private const int AtSymlinkNoFollow = 0x100;
    private const uint StatxType = 1;
    private const int TypeMask = 0xf000;
    private const int SocketType = 0xc000;

    /// <summary>stx_mode in struct statx.</summary>
    private const int ModeOffset = 28;

    /// <summary>True for a socket, without following links. Other systems than Linux refuse to connect elsewhere.</summary>
    public static bool IsSocket(string path)
    {
        if (!OperatingSystem.IsLinux())
            return true;
        byte* buffer = stackalloc byte[256];
        fixed (byte* name = System.Text.Encoding.UTF8.GetBytes(path + '\0'))
        {
            if (Statx(AtFdCwd, name, AtSymlinkNoFollow, StatxType, buffer) != 0)
                return false;
        }

        return (*(ushort*)(buffer + ModeOffset) & TypeMask) == SocketType;
    }

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int Statx(int directory, byte* path, int flags, uint mask, byte* buffer);
}
