using System;
using System.IO;

namespace Nng.Interop.Tests.Peers;

/// <summary>
/// The C implementations' command line tools, by their absolute path: a bare name would first be looked for beside this
/// process, where our own nngcat lies.
/// </summary>
internal static class PeerTool
{
    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The first executable of that name in a folder of PATH, or null.</summary>
    public static string? Find(string tool)
    {
        string folders = Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
        foreach (string folder in folders.Split(Path.PathSeparator))
        {
            if (!Path.IsPathRooted(folder))
                continue;
            string file = Path.Combine(folder, tool);
            if (File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Executable) != 0))
                return file;
        }

        return null;
    }

    /// <summary>As <see cref="Find"/>, for a test that cannot go on without it.</summary>
    public static string PathOf(string tool) =>
        Find(tool) ?? throw new FileNotFoundException($"The peer {tool} is in no folder of PATH.");
}
