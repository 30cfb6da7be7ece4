using System;
using Nng.Interop.Tests.Tls;

namespace Nng.Interop.Tests.Peers;

/// <summary>Which C implementations are here.</summary>
internal static class Peer
{
    /// <summary>CI installs every peer, so that a missing one is a failure there.</summary>
    public static bool IsPromised { get; } = Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Why a test that needs the peers is skipped; null where it runs: they are here, or promised.</summary>
    public static string? SkipReason(params string[] peers)
    {
        string[] missing = IsPromised ? [] : Array.FindAll(peers, peer => !IsInstalled(peer));
        return missing.Length == 0 ? null : $"Not installed: {string.Join(", ", missing)}.";
    }

    /// <summary>A library by its name without suffix, or a tool on PATH.</summary>
    public static bool IsInstalled(string peer) => peer switch
    {
        "libnng" => Libnng.IsInstalled,
        "libnanomsg" => Libnanomsg.IsInstalled,
        "libssl" => OpenSsl.IsInstalled,
        _ => PeerTool.Find(peer) is not null,
    };
}
