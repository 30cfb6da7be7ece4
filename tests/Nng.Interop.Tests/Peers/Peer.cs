using System;

namespace Nng.Interop.Tests.Peers;

/// <summary>Which C implementations are here.</summary>
internal static class Peer
{
    /// <summary>Why a test that needs the peer is skipped; null where it runs: the peer is here, or CI promises it.</summary>
    public static string? SkipReason(string peer) => IsInstalled(peer) || Environment.GetEnvironmentVariable("CI") == "true"
        ? null
        : $"{peer} is not installed.";

    /// <summary>A library by its name without suffix, or a tool on PATH.</summary>
    public static bool IsInstalled(string peer) => peer switch
    {
        "libnng" => Libnng.IsInstalled,
        "libnanomsg" => Libnanomsg.IsInstalled,
        _ => PeerTool.Find(peer) is not null,
    };
}
