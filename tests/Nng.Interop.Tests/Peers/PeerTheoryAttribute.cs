using System;
using System.IO;
using Xunit;

namespace Nng.Interop.Tests.Peers;

/// <summary>A theory that needs a C peer: skipped where it is not installed, but never in CI, where it must be.</summary>
internal sealed class PeerTheoryAttribute : TheoryAttribute
{
    public PeerTheoryAttribute(string peer)
    {
        bool installed = peer switch
        {
            "libnng" => Libnng.IsInstalled,
            "libnanomsg" => Libnanomsg.IsInstalled,
            _ => IsOnPath(peer),
        };
        if (!installed && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = $"{peer} is not installed.";
    }

    private static bool IsOnPath(string tool)
    {
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator))
        {
            if (File.Exists(Path.Combine(folder, tool)))
                return true;
        }

        return false;
    }
}
