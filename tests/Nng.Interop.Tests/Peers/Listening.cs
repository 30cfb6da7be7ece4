using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Threading.Tasks;
using Nng.TestKit;

namespace Nng.Interop.Tests.Peers;

/// <summary>
/// Waits until a process listens at an address, without connecting: a libnng 1.5.2 listener for ipc does not serve the
/// next client after one that left without a word.
/// </summary>
internal static class Listening
{
    private const string UnixSockets = "/proc/net/unix";

    /// <summary>The column of the flags, and the flag of a listening socket (__SO_ACCEPTCON).</summary>
    private const int FlagsColumn = 3;
    private const int Accepts = 0x10000;

    public static Task WaitAsync(string url) =>
        Eventually.TrueAsync(() => IsListening(url), $"somebody listens at {url}", timeoutMs: Party.TimeoutMs);

    private static bool IsListening(string url)
    {
        string rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        if (url.StartsWith("tcp", StringComparison.Ordinal) || url.StartsWith("ws:", StringComparison.Ordinal))
            return IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Contains(IPEndPoint.Parse(rest));
        if (!File.Exists(UnixSockets))
            return File.Exists(rest);
        string name = url.StartsWith("abstract", StringComparison.Ordinal) ? "@" + rest : rest;
        return File.ReadLines(UnixSockets).Any(
            line => line.EndsWith(" " + name, StringComparison.Ordinal) && (Flags(line) & Accepts) != 0);
    }

    private static int Flags(string line) =>
        int.Parse(line.Split(' ')[FlagsColumn], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
